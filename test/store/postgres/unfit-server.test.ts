import { type AddressInfo, createServer, connect as dial, type Server } from 'node:net';
import { Client } from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { inspectServer } from '../../../src/store/postgres/inspect-server.ts';
import { hasPostgres, useTestServer } from './server.fixture.ts';

describe.skipIf(!hasPostgres)('servers that Postrider can’t use', () => {
  const server = useTestServer();
  let between: Server | undefined;
  afterEach(() => {
    between?.close();
    between = undefined;
  });

  /** The URL of a database, by way of something that changes what the server says. */
  async function behind(url: string, change: (chunk: Buffer) => Buffer): Promise<string> {
    const to = new URL(url);
    const socket = `${to.searchParams.get('host')}/.s.PGSQL.${to.port || 5_432}`;
    between = createServer((client) => {
      const upstream = dial(socket);
      client.pipe(upstream);
      upstream.on('data', (chunk) => client.write(change(Buffer.from(chunk))));
      for (const [one, other] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => between?.once('listening', resolve));
    const { port } = between.address() as AddressInfo;
    return `postgres://postrider@127.0.0.1:${port}${to.pathname}?sslmode=disable`;
  }

  async function asAdmin(url: string, sql: string): Promise<void> {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(sql);
    await client.end();
  }

  test('through something that changes nothing it is usable', async () => {
    const url = await behind(await server.createDatabase(), (chunk) => chunk);
    expect(await inspectServer(url)).toEqual({ status: 'empty' });
  });

  test('a pooler, which has process numbers of its own', async () => {
    // BackendKeyData: K, a length of 12, then the number.
    const head = Buffer.from([0x4b, 0, 0, 0, 12]);
    const url = await behind(await server.createDatabase(), (chunk) => {
      const start = chunk.indexOf(head);
      if (start >= 0) chunk.writeInt32BE(1, start + head.length);
      return chunk;
    });
    expect(await inspectServer(url)).toMatchObject({
      status: 'unusable',
      reason: expect.stringContaining('pooler'),
    });
  });

  test('an old version', async () => {
    const url = await behind(await server.createDatabase(), (chunk) =>
      Buffer.from(chunk.toString('latin1').replace(/1[4-9](0\d{3})/u, '13$1'), 'latin1'),
    );
    expect(await inspectServer(url)).toEqual({
      status: 'unusable',
      reason: 'it runs PostgreSQL 13; Postrider needs 14 or newer',
    });
  });

  test('one that is read-only', async () => {
    const url = await server.createDatabase();
    await asAdmin(
      url,
      `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET default_transaction_read_only = on`,
    );
    expect(await inspectServer(url)).toMatchObject({
      status: 'unusable',
      reason: expect.stringContaining('read-only'),
    });
  });

  test('one where the user may create nothing', async () => {
    const url = await server.createDatabase();
    await asAdmin(
      url,
      'REVOKE CREATE ON SCHEMA public FROM public; DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN',
    );
    expect(await inspectServer(url.replace('postrider@', 'guest@'))).toEqual({
      status: 'unusable',
      reason: "this user isn't allowed to create tables in its schema",
    });
  });
});
