import { mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Fields, type Log, silentLog } from '../../../src/lib/log.ts';
import { firstMomentAt } from '../../../src/store/rules/moment.ts';
import { MIGRATIONS, migrate } from '../../../src/store/sqlite/migrations/migrate.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { note, noteOf, old, query, T0 } from '../../contract/store-notes.fixture.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postrider-open-'));
  path = join(folder, 'test.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (at = path, log: Log = silentLog) => openStore({ path: at, log, noteFrom: noteOf });
const withFile = (run: (db: DatabaseSync) => void): void => {
  const db = new DatabaseSync(path);
  run(db);
  db.close();
};
/** A database large enough to be damaged. */
const filled = async (): Promise<void> => {
  const store = open();
  await store.journal.accept(
    Array.from({ length: 200 }, (_, n) => old({ name: `${n}`, words: `ore ${n} `.repeat(100) })),
  );
  await store.close();
};

test('a missing folder is created', async () => {
  const deep = join(folder, 'a', 'b', 'test.db');
  await open(deep).close();
  expect(statSync(deep).isFile()).toBe(true);
});

test('a store in memory needs no file', async () => {
  const store = open(':memory:');
  expect(await store.journal.accept([old({ words: 'a' })])).toEqual(['added']);
  await store.close();
  await store.close();
});

test.each<[string, () => void, RegExp]>([
  ['a folder below a file', () => writeFileSync(path, ''), /its folder can't be created/],
  [
    'a folder in place of the file',
    () => mkdirSync(join(path, 'x.db'), { recursive: true }),
    /can't be opened or created/,
  ],
])('%s is explained', (_, prepare, message) => {
  prepare();
  expect(() => open(join(path, 'x.db'))).toThrow(message);
});

test('a file that is no database is explained and left alone', () => {
  writeFileSync(path, 'These are my notes on ore. '.repeat(200));
  expect(() => open()).toThrow(`can't open "${path}": the file is not a database`);
  expect(statSync(path).size).toBe(5_400);
});

test('a damaged file is explained', async () => {
  await filled();
  truncateSync(path, Math.floor(statSync(path).size / 8192) * 4096);
  expect(() => open()).toThrow(/the file is damaged; restore a backup/);
});

test("another program's database is refused and left alone", () => {
  withFile((db) => db.exec('CREATE TABLE recipe (name TEXT)'));
  expect(() => open()).toThrow(/another program's data/);
  withFile((db) => expect(db.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'recipe' }]));
});

test('a database of a newer version is refused', async () => {
  await filled();
  withFile((db) => db.exec('PRAGMA user_version = 99'));
  expect(() => open()).toThrow(/written by a newer Postrider \(schema 99; this one knows up to \d+\)/);
});

test('migrations run in order, each once', () => {
  const steps = ['CREATE TABLE a (x)', "INSERT INTO a VALUES ('one')", "INSERT INTO a VALUES ('two')"];
  withFile((db) => {
    expect(migrate(db, steps.slice(0, 2))).toBe(0);
    expect(migrate(db, steps)).toBe(2);
    expect(migrate(db, steps)).toBe(3);
    expect(db.prepare('SELECT x FROM a').all()).toEqual([{ x: 'one' }, { x: 'two' }]);
  });
});

test('a failed migration changes nothing', () => {
  withFile((db) => {
    expect(() => migrate(db, ['CREATE TABLE a (x)', 'CREATE TABLE b (x); SELECT nonsense'])).toThrow(
      /nonsense/,
    );
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'b'").all()).toEqual([]);
  });
});

test('opening is logged', async () => {
  const lines: (readonly [string, Fields | undefined])[] = [];
  await open(path, { ...silentLog, info: (event, fields) => lines.push([event, fields]) }).close();
  expect(lines).toEqual([['store.opened', { path, schema: MIGRATIONS.length }]]);
});

test('destinations of the first version follow the configured style', async () => {
  withFile((db) => {
    migrate(db, MIGRATIONS.slice(0, 1));
    db.exec(`INSERT INTO destination (id, platform, source, variant, post_types, position)
             VALUES ('discord:1', 'discord', 'command', 'card', ' note ', 0)`);
  });
  const store = open();
  expect(await store.destinations.get('discord:1')).toMatchObject({
    preferences: { style: '', postTypes: ['note'] },
  });
  await store.close();
});

test('ids known to an older version stay known, without dates', async () => {
  const [before, after] = [old({ name: 'before' }), old({ name: 'after', at: T0 + 1 })];
  withFile((db) => {
    migrate(db, MIGRATIONS.slice(0, 2));
    db.exec(`INSERT INTO past (id, key) VALUES ('${before.note.id}', '${before.note.key}')`);
  });
  const store = open();
  expect(await store.journal.accept([before, after])).toEqual(['known', 'added']);
  const { events } = await store.archive.knownInRange({ sinceS: 0, untilS: T0 + 9 }, 10);
  expect(events).toEqual([{ id: after.note.id, createdAt: T0 + 1 }]);
  await store.close();
});

test('notes of the first version get checkpoints and are counted', async () => {
  const sketches = Array.from({ length: 300 }, (_, n) => ({ name: `n${n}`, words: 'tin ore', at: T0 + n }));
  const notes = [...sketches.map(note), note({ id: 'fffff'.padEnd(64, '0'), words: 'tin ore', at: T0 })];
  // The last hundred have a checkpoint below; the first has the row id of its checkpoint.
  const momentOfOld = (n: number) =>
    n === 300 ? firstMomentAt(T0) : firstMomentAt(T0 + n) + (n < 200 ? 2_047 : 2_048) * (n + 1);
  withFile((db) => {
    migrate(db, MIGRATIONS.slice(0, 2));
    const insert = db.prepare(
      `INSERT INTO note (moment, id, key, created_at, post_type, event) VALUES (?, ?, ?, ?, 'note', ?)`,
    );
    const index = db.prepare(`INSERT INTO words (rowid, body, tags) VALUES (?, 'tin ore', '·all ·note')`);
    for (const [n, { id, key, createdAt, event }] of notes.entries()) {
      insert.run(momentOfOld(n), id, key, createdAt, JSON.stringify(event));
      index.run(momentOfOld(n));
    }
    db.exec(`INSERT INTO destination (id, platform, source, variant, post_types, position, state) VALUES
      ('discord:1', 'discord', 'command', '', ' note ', 0, 'active'), ('discord:2', 'discord', 'command', '', ' note ', 0, 'gone')`);
  });
  const store = open();
  const { total } = await store.archive.search(query({ phrases: ['tin ore'] }), { count: 1 });
  const { notes: counted, destinations } = await store.stats.totals();
  await store.close();
  expect([total, counted]).toEqual([301, 301]);
  expect(destinations).toEqual({ active: 1, suspended: 0, gone: 1 });
  withFile((db) =>
    expect(db.prepare(`SELECT count(*) AS n FROM words WHERE words MATCH '"·milestone"'`).get()).toEqual({
      n: 100,
    }),
  );
});

test('suggestions, callbacks and prompts of older versions are converted', async () => {
  withFile((db) => {
    migrate(db, MIGRATIONS.slice(0, 10));
    const put = db.prepare('INSERT INTO value (namespace, name, value) VALUES (?, ?, ?)');
    const proposal = { number: 3, words: 'tides', asker: 'telegram:5' };
    for (const [namespace, name, value] of [
      ['proposal', 'ab', proposal],
      ['proposal', 'cd', { ...proposal, number: 4 }],
      ['letter', 'proposal 3', { item: { id: 'ab', content: '> tides' }, atMs: 1 }],
      ['letter', 'proposal 4', { done: true }],
      ['letter', 'week 1', { item: { id: 'ef' }, atMs: 2 }],
      ['reply', 'reply 9', { item: { proposal, words: 'Soon.' }, atMs: 3 }],
      ['press', '~abcd', '~abcdef tin ore'],
      ['telegram-question', '-100 5', { command: 'suggest', messageId: 1 }],
      ['proposal-times', 'asker telegram:5', [1]],
    ] as const)
      put.run(namespace, name, JSON.stringify({ value }));
  });
  const store = open();
  const get = (namespace: string, name: string) => store.values.keyv(namespace).get(name);
  expect(await get('proposal', 'ab')).toMatchObject({ words: 'tides', letter: { content: '> tides' } });
  expect(await get('proposal', 'cd')).not.toHaveProperty('letter');
  expect(await get('letter', 'proposal 3')).toEqual({ item: { proposal: 3 }, atMs: 1 });
  expect(await get('letter', 'proposal 4')).toEqual({ done: true });
  expect(await get('letter', 'week 1')).toEqual({ item: { id: 'ef' }, atMs: 2 });
  expect(await get('reply', 'reply 9')).toEqual({ item: { proposal: 3, words: 'Soon.' }, atMs: 3 });
  expect(await get('press', '~abcd')).toEqual({ line: '~abcdef tin ore' });
  expect(await get('telegram-question', 'telegram:-100 telegram:5')).toMatchObject({ command: 'suggest' });
  expect(await get('proposal-times', 'asker telegram:5')).toBeUndefined();
  await store.close();
});
