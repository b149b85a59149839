import { beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../../src/store/store.ts';
import { deleteNotes, idOf, NOBODY, news, T0 } from '../../contract/store-notes.fixture.ts';
import { openSchema } from './schema.fixture.ts';
import { hasPostgres, useTestServer } from './server.fixture.ts';
import { openStoreAt } from './store.fixture.ts';

/** To accept news, every destination that is up to date is looked at, and that is nearly all of them. */
const MAY = ['accept: destination'];

/** Rows of each table that grows with destinations or notes. */
const MANY = 20_000;

/** Half on each platform, most of them up to date, some of everything else; all have something in flight and receipts of five notes. */
const CROWD = `
  INSERT INTO journal (seq, action, key, post_type, is_breaking)
    SELECT n, 'post', 'id ' || n, 'note', n % 100 = 0 FROM generate_series(1, ${MANY}) AS n;
  UPDATE head SET seq = ${MANY};
  INSERT INTO note (moment, id, key, created_at, post_type, event)
    SELECT n, 'id ' || n, 'id ' || n, n, 'note',
      json_build_object('id', 'id ' || n, 'created_at', n, 'kind', 1, 'tags', '[]'::json, 'content', '')
    FROM generate_series(1, ${MANY}) AS n;
  INSERT INTO destination (id, platform, source, choices, post_types, position, state, reason, held_ms)
    SELECT p || ':' || n, p, CASE WHEN n % 1000 = 0 THEN 'config' ELSE 'command' END, 'types: note', ' note ',
      CASE WHEN n % 100 = 1 THEN ${MANY} - 1 ELSE ${MANY} END, CASE WHEN n % 200 = 2 THEN 'suspended' ELSE 'active' END,
      'asleep', CASE WHEN n % 50 = 3 THEN 9000000000000 END
    FROM generate_series(1, ${MANY} / 2) AS n, unnest('{discord,telegram}'::text[]) AS p;
  INSERT INTO receipt SELECT ref, 'id ' || n, 0, NULL, 'm' FROM destination, generate_series(1, 5) AS n;
  INSERT INTO in_flight SELECT ref, ${MANY}, NULL, false, false, 1, CASE WHEN ref % 300 = 0 THEN 9000000000000 END FROM destination;
  ANALYZE`;

const TABLES = ['destination', 'receipt', 'journal', 'in_flight', 'note'];
const READ = `SELECT relname AS name, seq_tup_read AS rows FROM pg_stat_user_tables WHERE relname = ANY ($1)`;
const OTHERS = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend'`;

describe.skipIf(!hasPostgres)('query plans', () => {
  const server = useTestServer();
  let url: string;
  beforeAll(async () => {
    url = await server.createDatabase();
    const client = await openSchema(url);
    await client.query(CROWD);
    await client.end();
  }, 60_000);

  /** Rows that were read from end to end, by table, since the database was created. A connection reports them when it ends. */
  async function rowsScanned(): Promise<ReadonlyMap<string, number>> {
    const client = await openSchema(url);
    for (let others = 1; others > 0; ) others = (await client.query(OTHERS)).rowCount ?? 0;
    const { rows } = await client.query<{ name: string; rows: number }>(READ, [TABLES]);
    await client.end();
    return new Map(rows.map((row) => [row.name, row.rows]));
  }

  const D = 'discord:7';
  const KEY = idOf('a');
  const receipt = { noteId: KEY, part: 0, receipt: 'm' };
  const uses: readonly (readonly [what: string, use: (store: Store) => Promise<unknown>])[] = [
    [
      'accept',
      ({ journal }) => journal.accept([news({ name: 'a', at: T0 }), news({ name: 'p', postType: 'photo' })]),
    ],
    ['delete', (store) => deleteNotes(store, ['p'])],
    ['nextTasks', ({ deliveries }) => deliveries.nextTasks('discord', 0, 100, NOBODY)],
    [
      'nextTasks with digests',
      ({ deliveries }) =>
        deliveries.nextTasks('discord', 0, 100, NOBODY, { count: 0, beforeS: T0 + 1, flood: 9 }),
    ],
    [
      'nextTasks when deferrals are over',
      ({ deliveries }) => deliveries.nextTasks('discord', 0, 9, NOBODY, undefined, 9e12),
    ],
    ['nextDueMs', ({ deliveries }) => deliveries.nextDueMs('discord', 0)],
    ['clampPostponed', ({ deliveries }) => deliveries.clampPostponed('discord', 8e12)],
    ['recordIntent', ({ deliveries }) => deliveries.recordIntent(D, MANY + 1, 0)],
    ['postpone', ({ deliveries }) => deliveries.postpone(D, MANY + 1, 5, false)],
    ['recordReceipt', ({ deliveries }) => deliveries.recordReceipt(D, MANY + 1, KEY, receipt, true)],
    ['recordRemoval', ({ deliveries }) => deliveries.recordRemoval(D, MANY + 1, KEY, 1, true)],
    [
      'recordDigest',
      ({ deliveries }) => deliveries.recordDigest(D, MANY + 2, [{ key: KEY, noteId: KEY }], 'm'),
    ],
    [
      'recordDigestEdit',
      ({ deliveries }) =>
        deliveries.recordDigestEdit(D, MANY + 2, KEY, { was: 'm', receipt: 'n', noteId: KEY }, true),
    ],
    ['skip', ({ deliveries }) => deliveries.skip(D, MANY + 3, true)],
    ['subscribe', ({ destinations }) => destinations.subscribe({ id: 'discord:new', source: 'command' })],
    ['suspend', ({ destinations }) => destinations.suspend(D, 'x', true)],
    ['resume', ({ destinations }) => destinations.resume(D)],
    ['get', ({ destinations }) => destinations.get(D)],
    ['move', ({ destinations }) => destinations.move(D, 'discord:moved')],
    ['move to another', ({ destinations }) => destinations.move('discord:moved', 'discord:8')],
    ['unsubscribe', ({ destinations }) => destinations.unsubscribe('discord:8')],
    ['list: within', ({ destinations }) => destinations.list({ within: 'telegram:9' })],
    ['list: the operator’s', ({ destinations }) => destinations.list({ source: 'config' })],
    [
      'list: suspended',
      ({ destinations }) => destinations.list({ state: 'suspended', platform: 'telegram', limit: 5 }),
    ],
    ['list: a few', ({ destinations }) => destinations.list({ platform: 'telegram', limit: 5 })],
    ['totals', ({ stats }) => stats.totals()],
    ['ofPlatform', ({ stats }) => stats.ofPlatform('discord', 0, 9e12)],
    ['awaiting', ({ stats }) => stats.awaiting(KEY, 'discord')],
    ['forget', (store) => store.forget(['discord:9', 'discord:10'])],
    ['maintain', (store) => store.maintain(0)],
  ];

  test('no table that grows is read from end to end', async () => {
    let before = await rowsScanned();
    const scanned: string[] = [];
    for (const [what, use] of uses) {
      const { store } = await openStoreAt(url);
      await use(store);
      await store.close();
      const after = await rowsScanned();
      for (const table of TABLES)
        if ((after.get(table) ?? 0) > (before.get(table) ?? 0)) scanned.push(`${what}: ${table}`);
      before = after;
    }
    expect(scanned.filter((one) => !MAY.includes(one))).toEqual([]);
  }, 60_000);
});
