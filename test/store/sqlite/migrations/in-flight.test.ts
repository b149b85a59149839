import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../../../src/lib/log.ts';
import { momentOf } from '../../../../src/store/rules/moment.ts';
import { MIGRATIONS, migrate } from '../../../../src/store/sqlite/migrations/migrate.ts';
import { openStore } from '../../../../src/store/sqlite/open-store.ts';
import { NOBODY, note, noteOf, T0 } from '../../../contract/store-notes.fixture.ts';

/** The last schema that kept work in flight in columns of the destination. */
const BEFORE = 14;
const NOTES = ['a', 'b', 'c', 'd'].map((name, n) => note({ name, at: T0 + n }));

/** Columns of a destination in that schema; all others have their defaults. */
interface OldDestination {
  readonly position?: number;
  readonly due_ms?: number;
  readonly attempts?: number;
  readonly begun_seq?: number;
  readonly begun_part?: number;
  readonly in_doubt?: 0 | 1;
  readonly begun_ahead?: 0 | 1;
  readonly held_ms?: number;
  readonly ahead_seq?: number;
}

/** Opens a database that an older version left with four posts, the third breaking news, and one destination. */
function openWith(destination: OldDestination) {
  const folder = mkdtempSync(join(tmpdir(), 'postrider-in-flight-'));
  const path = join(folder, 'test.db');
  const db = new DatabaseSync(path);
  migrate(db, MIGRATIONS.slice(0, BEFORE));
  const insert = db.prepare(
    `INSERT INTO note (moment, id, key, created_at, post_type, event) VALUES (?, ?, ?, ?, 'note', ?)`,
  );
  const post = db.prepare(
    `INSERT INTO journal (action, key, post_type, is_breaking) VALUES ('post', ?, 'note', ?)`,
  );
  for (const { id, key, createdAt, event } of NOTES) {
    insert.run(momentOf(createdAt, id), id, key, createdAt, JSON.stringify(event));
    post.run(key, id === NOTES[2]?.id ? 1 : 0);
  }
  const all = { position: 0, ...destination };
  db.prepare(
    `INSERT INTO destination (id, platform, source, post_types, ${Object.keys(all).join()})
     VALUES ('discord:1', 'discord', 'command', ' note ', ${Object.values(all).join()})`,
  ).run();
  db.close();
  const store = openStore({ path, log: silentLog, noteFrom: noteOf });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  return store;
}

const taskAt = async (store: ReturnType<typeof openWith>, nowMs: number) =>
  (await store.deliveries.nextTasks('discord', nowMs, 1, NOBODY))[0];

test.each<[string, OldDestination, object]>([
  ['nothing begun', {}, { entry: { seq: 1 }, attempts: 0 }],
  ['a part begun', { begun_seq: 1, begun_part: 0 }, { entry: { seq: 1 }, uncertainPart: 0, attempts: 0 }],
  [
    'a part that failed and may have been sent',
    { position: 1, begun_seq: 2, begun_part: 1, in_doubt: 1, attempts: 3, due_ms: 50 },
    { entry: { seq: 2 }, uncertainPart: 1, attempts: 3 },
  ],
  [
    'a digest begun',
    { position: 1, begun_seq: 4, begun_part: -1 },
    { entry: { seq: 4, action: 'catch-up' }, uncertainPart: -1 },
  ],
  [
    'breaking news begun while deferred',
    { position: 1, begun_seq: 3, begun_part: 0, begun_ahead: 1, held_ms: 9_000_000, ahead_seq: 1 },
    { entry: { seq: 3, action: 'post' }, uncertainPart: 0, destination: { position: 1 } },
  ],
  ['an entry that is settled', { position: 2, begun_seq: 2 }, { entry: { seq: 3 }, attempts: 0 }],
])('an older database continues with %s', async (_, destination, task) => {
  const store = openWith({ ahead_seq: 0, ...destination });
  expect(await taskAt(store, 1_000)).toMatchObject(task);
});

test('a part begun by an older version stays uncertain until it is settled', async () => {
  const store = openWith({ begun_seq: 1, begun_part: 0 });
  await store.deliveries.recordIntent('discord:1', 1, 0);
  await store.deliveries.postpone('discord:1', 1, 10, false);
  expect(await taskAt(store, 10)).toMatchObject({ uncertainPart: 0, attempts: 1 });
  const receipt = { noteId: NOTES[0]?.id ?? '', part: 0, receipt: 'm' };
  await store.deliveries.recordReceipt('discord:1', 1, NOTES[0]?.key ?? '', receipt, true);
  const next = await taskAt(store, 10);
  expect(next?.entry.seq).toBe(2);
  expect(next).not.toHaveProperty('uncertainPart');
});

test.each<[string, OldDestination]>([
  ['with an entry begun', { begun_seq: 1, attempts: 1, due_ms: 500 }],
  ['with nothing begun', { attempts: 1, due_ms: 500 }],
])('what an older version postponed stays postponed, %s', async (_, destination) => {
  const store = openWith(destination);
  expect(await taskAt(store, 499)).toBeUndefined();
  expect(await store.deliveries.nextDueMs('discord', 0)).toBe(500);
  expect((await taskAt(store, 500))?.entry.seq).toBe(1);
});
