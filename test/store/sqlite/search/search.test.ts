import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../../../src/lib/log.ts';
import type { Query } from '../../../../src/note/search/query.ts';
import { momentOf, secondOf } from '../../../../src/store/rules/moment.ts';
import { openDatabase } from '../../../../src/store/sqlite/open-database.ts';
import { checkpointBelow, hasCheckpoint } from '../../../../src/store/sqlite/search/scan-checkpoints.ts';
import { createSearch } from '../../../../src/store/sqlite/search/search.ts';
import { createTimeBoxedScan } from '../../../../src/store/sqlite/search/time-boxed-scan.ts';
import { createWordIndex } from '../../../../src/store/sqlite/search/word-index.ts';
import { note, query, type Sketch, T0 } from '../../../contract/store-notes.fixture.ts';

const DAY = 86_400;
/** A note whose id starts so has a checkpoint below it. */
const AT_CHECKPOINT = 'ffbff';

let db: DatabaseSync;
beforeEach(() => {
  db = openDatabase(':memory:', silentLog);
});
afterEach(() => db.close());

function archived(sketches: readonly Sketch[]): readonly number[] {
  const batch = createWordIndex(db).batch();
  const insert = db.prepare(
    `INSERT INTO note (moment, id, key, created_at, post_type, event) VALUES (?, ?, ?, ?, 'note', '')`,
  );
  const moments = sketches.map((sketch) => {
    const made = note(sketch);
    const moment = momentOf(made.createdAt, made.id);
    insert.run(moment, made.id, made.id, made.createdAt);
    batch.add(moment, made);
    return moment;
  });
  batch.write();
  return moments;
}

const idAtCheckpoint = (n: number): string => AT_CHECKPOINT + n.toString(16).padStart(59, '0');

/** Notes a day apart with all words, but adjacent only in the oldest; every tenth has a checkpoint. */
const apart = (count: number, word = 'tin'): readonly Sketch[] => [
  { name: 'oldest', words: `${word} ore`, at: T0 },
  ...Array.from({ length: count }, (_, n) => ({
    name: `n${n}`,
    words: `ore ${word}`,
    at: T0 + (n + 1) * DAY,
    ...(n % 10 === 0 ? { id: idAtCheckpoint(n) } : {}),
  })),
];

/** A clock that advances each time it is read. */
const clock = (stepMs: number): (() => number) => {
  let nowMs = 0;
  return () => (nowMs += stepMs);
};
const asked = (parts: Partial<Query>): Query => query(parts);

test('one note in a thousand has a checkpoint below it', () => {
  const moments = Array.from({ length: 100_000 }, (_, n) => momentOf(T0, note({ name: `${n}` }).id));
  const share = moments.filter(hasCheckpoint).length / moments.length;
  expect(share).toBeGreaterThan(1 / 1_500);
  expect(share).toBeLessThan(1 / 700);
});

test('a checkpoint exists once, below its second, and is never found', () => {
  const moments = archived(
    [0, 1, 2].map((n) => ({ name: `${n}`, words: 'ore', id: idAtCheckpoint(n) })).slice(0, 1),
  );
  archived([
    { name: 'same second', words: 'ore', id: `${AT_CHECKPOINT.replace('ffb', 'ff7')}${'0'.repeat(59)}` },
  ]);
  const rows = db.prepare(`SELECT rowid FROM words WHERE words MATCH '"·milestone"'`).all();
  expect(rows).toEqual([{ rowid: checkpointBelow(moments[0] ?? 0) }]);
  const { moments: found } = createSearch(db, clock(0))(asked({ without: ['tin'] }), undefined);
  expect(found).toHaveLength(2);
});

test('a scan stays within its range', () => {
  archived(apart(3_000));
  let looks = 0;
  const look = createTimeBoxedScan(db, () => (looks += 1));
  const match = '"tin ore" OR "·milestone"';
  const range = { from: momentOf(T0 + 1_000 * DAY, 'f'), to: momentOf(T0 + 2_000 * DAY, 'f') };
  expect(look({ ...range, match, limit: 9 }, Infinity)).toEqual({ moments: [] });
  // Plus a few random ones.
  expect(looks).toBeGreaterThanOrEqual(100 - 16);
  expect(looks).toBeLessThan(110 - 16);
});

test('a scan that runs out of time ends at a checkpoint', () => {
  archived(apart(300));
  const look = createTimeBoxedScan(db, clock(1));
  const { moments, end = 0 } = look(
    { from: 0, to: Number.MAX_SAFE_INTEGER, match: '("ore" OR "·milestone")', limit: 1_000 },
    3,
  );
  // The first sixteen checkpoints are passed in any case; the time is up at the nineteenth.
  expect(secondOf(end)).toBe(T0 + (291 - 18 * 10) * DAY);
  expect(moments.map((moment) => (secondOf(moment) - T0) / DAY)).toEqual(
    Array.from({ length: 190 }, (_, n) => 300 - n),
  );
});

test('a phrase of common words is found anywhere', () => {
  const [oldest] = archived(apart(1_500));
  expect(createSearch(db, clock(0))(asked({ phrases: ['tin ore'] }), undefined)).toEqual({
    moments: [oldest],
    more: false,
  });
});

test('a search that runs out of time can be continued', () => {
  const [oldest] = archived(apart(1_500));
  const search = createSearch(db, clock(1));
  let before = Number.POSITIVE_INFINITY;
  let rounds = 0;
  for (;;) {
    const { moments, since } = search(asked({ phrases: ['tin ore'], before }), undefined);
    rounds += 1;
    expect(moments).toEqual(since === undefined ? [oldest] : []);
    if (since === undefined) break;
    expect(since).toBeLessThan(before);
    before = since;
  }
  expect(rounds).toBeGreaterThan(3);
  expect(rounds).toBeLessThan(10);
});

test.each<[string, Partial<Query>]>([
  ['words of which few notes have one', { words: ['ore', 'copper'] }],
  ['a phrase with a word that few notes have', { phrases: ['copper ore'] }],
  ['a hashtag that few notes have', { hashtags: ['mine'], words: ['ore'] }],
])('no time is too short for %s', (_, parts) => {
  const [oldest] = archived([
    { name: 'copper', words: 'copper ore', hashtags: ['mine'], at: T0 - 5_000 * DAY },
    ...apart(1_500),
  ]);
  const found = createSearch(db, clock(1_000))(asked(parts), undefined);
  expect(found).toEqual({ moments: [oldest], more: false });
});

test('exactly a thousand hits have no more', () => {
  archived(Array.from({ length: 1_000 }, (_, n) => ({ name: `h${n}`, words: 'zinc', at: T0 + n })));
  const search = createSearch(db, clock(0));
  expect(search(asked({ words: ['zinc'] }), undefined)).toMatchObject({ more: false });
  archived([{ name: 'one more', words: 'zinc', at: T0 - 1 }]);
  const { moments, more } = search(asked({ words: ['zinc'] }), undefined);
  expect([moments.length, more]).toEqual([1_000, true]);
});

test('with common words, notes with all of them in the title come first', () => {
  const both = apart(1_500).map((sketch) => ({
    ...sketch,
    ...(sketch.name === 'n7' ? { title: 'Ore: tin' } : {}),
  }));
  archived([...both, { name: 'one', words: 'ore', title: 'Tin', at: T0 + 8 * DAY + 1 }]);
  // By recency alone the other ones would win.
  const wanted = asked({ words: ['tin', 'ore'], before: T0 + 12 * DAY });
  const { moments } = createSearch(db, clock(0))(wanted, undefined);
  expect(moments.slice(0, 3).map((moment) => (secondOf(moment) - T0) / DAY)).toEqual([8, 11, 10]);
});
