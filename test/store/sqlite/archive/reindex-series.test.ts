import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Log, silentLog } from '../../../../src/lib/log.ts';
import { momentOf } from '../../../../src/store/rules/moment.ts';
import { MIGRATIONS, migrate } from '../../../../src/store/sqlite/migrations/migrate.ts';
import { openStore } from '../../../../src/store/sqlite/open-store.ts';
import { noteOf, old, T0 } from '../../../contract/store-notes.fixture.ts';

/** The last schema without series. */
const BEFORE = 6;

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postrider-series-'));
  path = join(folder, 'notes.db');
});
afterEach(() => rm(folder, { recursive: true }));

/** A database of that schema with one letter a second. */
function fileWith(count: number): void {
  const db = new DatabaseSync(path);
  migrate(db, MIGRATIONS.slice(0, BEFORE));
  const insert = db.prepare(
    `INSERT INTO note (moment, id, key, created_at, post_type, event) VALUES (?, ?, ?, ?, 'missive', ?)`,
  );
  db.exec('BEGIN');
  for (let n = 1; n <= count; n += 1) {
    const { note } = old({ name: `letter ${n}`, title: `Harbour Letter ${n}`, at: T0 + n });
    insert.run(
      momentOf(note.createdAt, note.id),
      note.id,
      note.key,
      note.createdAt,
      JSON.stringify(note.event),
    );
  }
  db.exec('COMMIT');
  db.close();
}

/** The store, and when it has reindexed everything. */
function open() {
  const { promise: sorted, resolve } = Promise.withResolvers<void>();
  const log: Log = { ...silentLog, info: (event) => void (event === 'note.reindexed' && resolve()) };
  return { store: openStore({ path, log, noteFrom: noteOf }), sorted };
}

const counts = async ({ store }: ReturnType<typeof open>) =>
  (await store.archive.series()).map(({ count }) => count);

test('old notes get their series in steps, the newest first', async () => {
  fileWith(450);
  const opened = open();
  expect(await counts(opened)).toEqual([200]);
  expect((await opened.store.archive.notesInSeries('harbour letter', { count: 1 })).notes[0]?.title).toBe(
    'Harbour Letter 450',
  );
  await opened.sorted;
  expect(await counts(opened)).toEqual([450]);
  await opened.store.close();
});

test('notes that arrive meanwhile get their series once', async () => {
  fileWith(300);
  const opened = open();
  await opened.store.journal.accept([
    old({ name: 'early', title: 'Harbour Letter 0', at: T0 }),
    old({ name: 'letter 7' }),
  ]);
  await opened.sorted;
  expect(await counts(opened)).toEqual([301]);
  await opened.store.close();
});

test('reindexing continues after a restart', async () => {
  fileWith(450);
  await open().store.close();
  const again = open();
  expect(await counts(again)).toEqual([400]);
  await again.sorted;
  await again.store.close();
  const last = open();
  expect(await counts(last)).toEqual([450]);
  await last.store.close();
});
