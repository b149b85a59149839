import type { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../../src/store/postgres/connection.ts';
import { findServer } from '../../../src/store/postgres/server-address.ts';
import { createWriteQueue, type WriteQueue } from '../../../src/store/postgres/write-queue.ts';
import { hasPostgres, useTestServer } from './server.fixture.ts';

describe.skipIf(!hasPostgres)('the write queue', () => {
  const server = useTestServer();
  let client: Client;
  let queue: WriteQueue;
  beforeEach(async () => {
    ({ client } = await connect(await findServer(await server.createDatabase())));
    await client.query('CREATE TABLE line (n int PRIMARY KEY)');
    queue = createWriteQueue(client);
  });
  afterEach(() => client.end());

  const add = (n: number) =>
    queue.write(async (on) => (await on.query('INSERT INTO line VALUES ($1)', [n])).rowCount);

  test('what is requested right after the change before it is done, however soon', async () => {
    for (let ticks = 0; ticks < 12; ticks += 1) {
      await add(2 * ticks);
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      expect(await add(2 * ticks + 1)).toBe(1);
    }
  });
});
