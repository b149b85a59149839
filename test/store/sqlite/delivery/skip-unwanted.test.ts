import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { silentLog } from '../../../../src/lib/log.ts';
import type { PostType } from '../../../../src/note/post-types.ts';
import { skipFrom } from '../../../../src/store/rules/skipping.ts';
import { createDailyStats } from '../../../../src/store/sqlite/daily-stats.ts';
import { createJournalTable } from '../../../../src/store/sqlite/delivery/journal-table.ts';
import { BATCH_SIZE, createEntrySkipper } from '../../../../src/store/sqlite/delivery/skip-unwanted.ts';
import { openDatabase } from '../../../../src/store/sqlite/open-database.ts';
import { createStore } from '../../../../src/store/sqlite/open-store.ts';
import type { Store } from '../../../../src/store/store.ts';
import { NOBODY, news, noteOf, subscribe } from '../../../contract/store-notes.fixture.ts';

/** More than three batches. */
const MANY = 3 * BATCH_SIZE + 500;

let store: Store;
let db: DatabaseSync;
beforeEach(() => {
  db = openDatabase(':memory:', silentLog);
  store = createStore(db, { log: silentLog, noteFrom: noteOf });
  onTestFinished(() => store.close());
});

const crowd = (count: number, postTypes: readonly PostType[], from = 0) =>
  Promise.all(Array.from({ length: count }, (_, n) => subscribe(store, `discord:${from + n}`, postTypes)));

/** The most destinations that one transaction changed while `run` went on. */
async function mostAtOnce(run: () => Promise<unknown>): Promise<number> {
  const changed = db.prepare('SELECT total_changes() AS n');
  const totals = [Number(changed.get()?.['n'])];
  const exec = DatabaseSync.prototype.exec;
  const watched = vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (
    this: DatabaseSync,
    sql: string,
  ) {
    exec.call(this, sql);
    if (sql === 'COMMIT') totals.push(Number(changed.get()?.['n']));
  });
  await run();
  watched.mockRestore();
  // Each destination that moves also changes a counter.
  return Math.max(...totals.slice(1).map((total, index) => total - (totals[index] ?? 0))) / 2;
}

const few = BATCH_SIZE + 20;

test('up-to-date destinations skip news in batches before acceptance resolves', async () => {
  await crowd(MANY, ['photo']);
  expect(await mostAtOnce(() => store.journal.accept([news({ words: 'a' })]))).toBeLessThan(few);
  expect((await store.stats.totals()).waiting).toBe(0);
});

test('destinations that are behind skip in batches until one wants the entry', async () => {
  await crowd(MANY, ['photo']);
  await subscribe(store, 'discord:wanting', ['note']);
  db.exec('UPDATE destination SET position = -1');
  await store.journal.accept([news({ words: 'a' })]);
  db.exec('UPDATE destination SET position = 0');
  let found = '';
  const most = await mostAtOnce(async () => {
    const [task] = await store.deliveries.nextTasks('discord', 0, 1, NOBODY);
    found = task?.destination.id ?? '';
  });
  expect(found).toBe('discord:wanting');
  expect(most).toBeLessThan(few);
  expect((await store.stats.totals()).waiting).toBe(1);
});

test('a transaction looks at one batch, however many of it want the entry', async () => {
  const others = 10;
  await crowd(BATCH_SIZE, ['note']);
  await crowd(others, ['photo'], BATCH_SIZE);
  const journal = createJournalTable(
    db,
    createDailyStats(db, () => 0),
  );
  db.exec('UPDATE destination SET position = -1');
  await store.journal.accept([news({ words: 'a' })]);
  db.exec('UPDATE destination SET position = 0');
  const skipper = createEntrySkipper(db, journal);
  const waiting = async () => (await store.stats.totals()).waiting;

  const next = skipper.skipNew(skipFrom(0));
  expect(next).toMatchObject({ position: 0, platform: 'discord' });
  expect(await waiting()).toBe(BATCH_SIZE + others);
  expect(next && skipper.skipNew(next)).toBeUndefined();
  expect(await waiting()).toBe(BATCH_SIZE);
});
