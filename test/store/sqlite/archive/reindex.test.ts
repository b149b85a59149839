import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Log, silentLog } from '../../../../src/lib/log.ts';
import { eventToNote } from '../../../../src/note/event-to-note.ts';
import { datedAt, type VerifiedEvent } from '../../../../src/note/note.ts';
import type { Query } from '../../../../src/note/search/query.ts';
import { momentOf } from '../../../../src/store/rules/moment.ts';
import { MIGRATIONS, migrate } from '../../../../src/store/sqlite/migrations/migrate.ts';
import { openStore } from '../../../../src/store/sqlite/open-store.ts';
import { query, T0 } from '../../../contract/store-notes.fixture.ts';

/** The last schema without spellings. */
const BEFORE = 12;

let path: string;
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'postrider-rereading-')), 'notes.db');
});
afterEach(() => rm(join(path, '..'), { recursive: true }));

/** A note as that version archived and indexed it. */
interface Stored {
  readonly content: string;
  readonly tokens: string;
  /** Tokens of hashtags. */
  readonly tags: string;
}
const hex = (hashtag: string): string => `··${Buffer.from(hashtag).toString('hex')}`;
const STORED: readonly Stored[] = [
  { content: 'U.S. tariffs by e-mail', tokens: 'u s tariffs by e mail', tags: '' },
  { content: '今天#中国 的', tokens: '今天 天中 中国 国 的', tags: '' },
  { content: 'Wide #ＡＩ', tokens: 'wide ai', tags: `ai ${hex('ａｉ')}` },
  { content: 'Plain #gold', tokens: 'plain gold', tags: `gold ${hex('gold')}` },
];

function fileBefore(count: number): void {
  const db = new DatabaseSync(path);
  migrate(db, MIGRATIONS.slice(0, BEFORE));
  const insert = db.prepare(
    `INSERT INTO note (moment, id, key, created_at, post_type, event) VALUES (?, ?, ?, ?, 'note', ?)`,
  );
  const index = db.prepare(
    `INSERT INTO words (rowid, title, body, tags, characters) VALUES (?, '', ?, ?, '')`,
  );
  db.exec('BEGIN');
  for (let n = 0; n < count; n += 1) {
    const { content, tokens, tags } = STORED[n] ?? { content: `ore ${n}`, tokens: `ore ${n}`, tags: '' };
    const id = n.toString(16).padStart(4, '0').repeat(16);
    const event = { id, pubkey: 'a'.repeat(64), created_at: T0 - n, kind: 1, tags: [], content, sig: '0' };
    const moment = momentOf(event.created_at, id);
    insert.run(moment, id, id, event.created_at, JSON.stringify(event));
    index.run(BigInt(moment), tokens, `${tags} ·all ·note`.trim());
  }
  db.exec('COMMIT');
  db.close();
}

/** An edited article as that version archived it, by the date of the edit. */
function articleBefore(
  d: string,
  editedAt: number,
  publishedAt: number,
  { content = d, postType = 'missive' } = {},
): string {
  const db = new DatabaseSync(path);
  if (db.prepare('PRAGMA user_version').get()?.['user_version'] === 0)
    migrate(db, MIGRATIONS.slice(0, BEFORE));
  const id = Buffer.from(d).toString('hex').padEnd(64, '0');
  const tags = [
    ['d', d],
    ['title', `Harbour works #${publishedAt % 10}`],
    ['published_at', `${publishedAt}`],
  ];
  const event = { id, pubkey: 'a'.repeat(64), created_at: editedAt, kind: 30023, tags, content, sig: '0' };
  const moment = momentOf(editedAt, id);
  const key = `30023:${event.pubkey}:${d}`;
  db.prepare(
    `INSERT INTO note (moment, id, key, created_at, post_type, event) VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(moment, id, key, editedAt, postType, JSON.stringify(event));
  db.prepare(`INSERT INTO words (rowid, title, body, tags, characters) VALUES (?, '', ?, ?, '')`).run(
    BigInt(moment),
    d,
    `·all ·${postType}`,
  );
  db.prepare('INSERT INTO seen (moment, relay) VALUES (?, ?)').run(moment, `wss://${d}.example`);
  db.prepare('INSERT INTO series (moment, name) VALUES (?, ?)').run(moment, 'what it was');
  db.close();
  return id;
}

async function reread() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const log: Log = { ...silentLog, info: (event) => void (event === 'note.reindexed' && resolve()) };
  const store = openStore({ path, log, noteFrom: (event: VerifiedEvent) => eventToNote(event) });
  await promise;
  const contents = async (parts: Partial<Query>) =>
    (await store.archive.search(query(parts), { count: 9 })).notes.map(({ event }) => event.content);
  return { store, contents };
}

test('old notes are reindexed for spellings and hashtags', async () => {
  fileBefore(450);
  const { store, contents } = await reread();
  expect(await contents({ words: ['US', 'tariffs'] })).toEqual([STORED[0]?.content]);
  expect(await contents({ phrases: ['tariffs by email'] })).toEqual([STORED[0]?.content]);
  expect(await contents({ hashtags: ['中国'] })).toEqual([STORED[1]?.content]);
  expect(await contents({ hashtags: ['ai'] })).toEqual([STORED[2]?.content]);
  expect(await contents({ hashtags: ['gold'] })).toEqual([STORED[3]?.content]);
  expect(await contents({ words: ['ore', '440'] })).toEqual(['ore 440']);
  expect((await store.archive.hashtags('', 9)).map(({ tag }) => tag)).toEqual(
    ['gold', 'ai', '中国'].toSorted(),
  );
  await store.close();
});

test('an old edited article moves to the place of its publication', async () => {
  fileBefore(300);
  const [first, second] = [
    articleBefore('one', T0 + 900, T0 - 250),
    articleBefore('two', T0 + 800, T0 - 251),
  ];
  const { store, contents } = await reread();
  const latest = await store.archive.latest({ count: 400 });
  expect(latest.map(datedAt)).toEqual(latest.map(datedAt).toSorted((a, b) => b - a));
  expect(latest.length).toBe(302);
  expect(await store.stats.totals()).toMatchObject({ notes: 302, lastAt: T0 });
  expect((await store.archive.latest({ count: 9, postType: 'missive' })).map(({ id }) => id)).toEqual([
    first,
    second,
  ]);
  expect(await store.archive.latest({ count: 9, postType: 'reply' })).toEqual([]);
  expect(await contents({ words: ['harbour'] })).toEqual(['one', 'two']);
  expect(await store.archive.relaysOf(first)).toEqual(['wss://one.example']);
  expect(await store.archive.series()).toMatchObject([{ name: 'harbour works', count: 2, lastAt: T0 - 250 }]);
  expect(
    (await store.archive.notesInSeries('harbour works', { count: 9 })).notes.map(({ id }) => id),
  ).toEqual([first, second]);
  expect(
    (await store.archive.search(query({ words: ['one'] }), { count: 9, postType: 'missive' })).total,
  ).toBe(1);
  await store.close();
});

test('an old article is found by what was not indexed before', async () => {
  const content = '| Pier | Depth |\n| --- | --- |\n| 1 \\| 2 | shallow |';
  articleBefore('table', T0, T0, { content });
  for (const [n, d] of ['first', 'second', 'third'].entries())
    articleBefore(d, T0 - n, T0 - n, { content: 'The tide comes in.\n\n'.repeat(8_000) });
  const { store, contents } = await reread();
  expect(await contents({ words: ['shallow'] })).toEqual([content]);
  // Even if the articles are long; then fewer are reindexed per step.
  expect(await store.archive.notesInSeries('harbour works', { count: 1 })).toMatchObject({ total: 4 });
  await store.close();
});
