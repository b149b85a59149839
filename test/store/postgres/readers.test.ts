import type { Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createReaders } from '../../../src/store/postgres/connection.ts';
import { findServer } from '../../../src/store/postgres/server-address.ts';
import { snapshot } from '../../../src/store/postgres/snapshot.ts';
import { hasPostgres, useTestServer } from './server.fixture.ts';

describe.skipIf(!hasPostgres)('readers', () => {
  const server = useTestServer();
  let readers: Pool;
  beforeEach(async () => {
    readers = createReaders(await findServer(await server.createDatabase()));
  });
  afterEach(() => readers.end());

  test('if the server ends a connection between two statements, the reader is told and nobody else is hurt', async () => {
    const cut = snapshot(readers, async (on) => {
      const { rows } = await on.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      // Not `events.once`, which listens to errors as well.
      const ended = new Promise<void>((resolve) => {
        on.once('end', () => resolve());
      });
      await readers.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      await ended;
      return on.query('SELECT 1');
    });
    await expect(cut).rejects.toThrow('not queryable');
    expect((await readers.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});
