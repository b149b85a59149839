import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import { news, subscribe } from '../../contract/store-notes.fixture.ts';
import { openPostgresEngine } from './engine.fixture.ts';
import { hasPostgres, useTestServer } from './server.fixture.ts';

describe.skipIf(!hasPostgres)('a backup of PostgreSQL that was restored', () => {
  const server = useTestServer();

  test('what was waiting then counts as posted, and so does what is older than the restore', async () => {
    const engine = await openPostgresEngine(server);
    const store = await engine.open();
    await subscribe(store, 'discord:1');
    await store.journal.accept([news({ words: 'a' }), news({ words: 'b' })]);
    await store.deliveries.recordIntent('discord:1', 1, 0);
    const client = new Client({ connectionString: engine.url });
    await client.connect();
    const { rows } = await client.query<{ settled: string }>('SELECT postrider_restored() AS settled');
    await client.end();
    expect(rows).toEqual([{ settled: '1' }]);
    expect(await store.deliveries.nextTasks('discord', 0, 10, new Set())).toEqual([]);
    expect(await store.values.keyv<number>('setting').get('restored-at')).toBeGreaterThan(
      Date.now() - 60_000,
    );
    await store.journal.accept([news({ words: 'c' })]);
    expect(await store.deliveries.nextTasks('discord', 0, 10, new Set())).toMatchObject([
      { entry: { seq: 3 } },
    ]);
    await store.close();
    await engine.dispose();
  });
});
