import type { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../../../src/lib/log.ts';
import { openDatabase } from '../../../../src/store/sqlite/open-database.ts';
import { createStore } from '../../../../src/store/sqlite/open-store.ts';
import type { Store } from '../../../../src/store/store.ts';
import { news, noteOf, old, query, subscribe } from '../../../contract/store-notes.fixture.ts';

let db: DatabaseSync;
let store: Store;
beforeEach(() => {
  db = openDatabase(':memory:', silentLog);
  store = createStore(db, { log: silentLog, noteFrom: noteOf });
  onTestFinished(() => store.close());
});

const found = async (beginning: string) =>
  (await store.archive.search(query({ words: [beginning] }), { count: 9 })).total;
const words = () =>
  db
    .prepare('SELECT word FROM vocabulary ORDER BY word')
    .all()
    .map(({ word }) => word);

test('each word that a prefix can be expanded to is stored once', async () => {
  await store.journal.accept([old({ name: 'a', words: 'The lithium in the ore' })]);
  await store.journal.accept([old({ name: 'b', words: 'Lithium, lithium and copper' })]);
  expect(words()).toEqual(['copper', 'lithium']);
});

test('words of a failed transaction are stored by the next', async () => {
  await subscribe(store, 'discord:1', ['photo']);
  db.exec(`CREATE TRIGGER full BEFORE UPDATE ON destination BEGIN SELECT raise(ABORT, 'full'); END`);
  await expect(store.journal.accept([news({ words: 'lithium' })])).rejects.toThrow('full');
  db.exec('DROP TRIGGER full');
  expect(await found('lith')).toBe(0);
  await store.journal.accept([news({ words: 'lithium' })]);
  expect(await found('lith')).toBe(1);
});
