import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../../src/store/postgres/connection.ts';
import { MIGRATIONS, migrate } from '../../../src/store/postgres/migrations/migrate.ts';
import { findServer } from '../../../src/store/postgres/server-address.ts';
import { hasPostgres, useTestServer } from './server.fixture.ts';

describe.skipIf(!hasPostgres)('migrations on Postgres', () => {
  const server = useTestServer();
  let url: string;
  let client: Client;
  beforeEach(async () => {
    url = await server.createDatabase();
    ({ client } = await connect(await findServer(url)));
  });
  afterEach(() => client.end());

  test('an empty database gets the newest schema, once', async () => {
    expect(await migrate(client)).toBe(0);
    expect(await migrate(client)).toBe(MIGRATIONS.length);
  });

  test('two processes may migrate at once', async () => {
    const { client: other } = await connect(await findServer(url));
    expect((await Promise.all([migrate(client), migrate(other)])).toSorted()).toEqual([
      0,
      expect.any(Number),
    ]);
    await other.end();
  });

  test('a step that fails changes nothing', async () => {
    const failing = [...MIGRATIONS, 'CREATE TABLE half (a int); SELECT 1/0'];
    await expect(migrate(client, failing)).rejects.toThrow('division by zero');
    expect(await migrate(client)).toBe(MIGRATIONS.length);
    await expect(client.query('SELECT * FROM half')).rejects.toThrow('does not exist');
  });

  test('refuses a newer schema', async () => {
    await migrate(client, [...MIGRATIONS, 'SELECT 1']);
    await expect(migrate(client)).rejects.toThrow('newer Postrider');
  });

  test("refuses another program's tables", async () => {
    await client.query('CREATE TABLE invoice (a int)');
    await expect(migrate(client)).rejects.toThrow('"invoice"');
  });
});

/** Of files that were released. */
const DIGESTS: readonly string[] = [];

test('released migrations never change', () => {
  expect(
    MIGRATIONS.slice(0, DIGESTS.length).map((sql) => createHash('sha256').update(sql).digest('hex')),
  ).toEqual(DIGESTS);
});
