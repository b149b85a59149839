import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explainError } from '../../../src/store/postgres/postgres-errors.ts';
import { findServer } from '../../../src/store/postgres/server-address.ts';
import { createThrowAwayServer, findPrograms, type ThrowAwayServer } from './throw-away-server.ts';

const programs = findPrograms();
const hasOpenssl = (process.env['PATH'] ?? '')
  .split(delimiter)
  .some((folder) => existsSync(join(folder, 'openssl')));
const PASSWORD = 'p#ss/w?rd';
const ENCODED = encodeURIComponent(PASSWORD);

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** What the server says about a connection. */
async function connectionBy(url: string, env: Readonly<Record<string, string>> = {}) {
  const client = new Client(await findServer(url, env));
  await client.connect();
  const { rows } = await client.query<{ user: string; database: string; tls: boolean }>(
    `SELECT current_user AS user, current_database() AS database,
       (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS tls`,
  );
  await client.end();
  return rows[0];
}

const reasonFor = (url: string, env: Readonly<Record<string, string>> = {}): Promise<string> =>
  connectionBy(url, env).then(() => 'connected', explainError);

describe.skipIf(programs === undefined || !hasOpenssl)('addresses of PostgreSQL servers', () => {
  let folder: string;
  let secure: ThrowAwayServer;
  let plain: ThrowAwayServer;
  let securePort: number;
  let plainPort: number;

  beforeAll(async () => {
    folder = mkdtempSync('/tmp/pg-tls-');
    const [key, certificate, rules] = ['server.key', 'server.crt', 'hba.conf'].map((name) =>
      join(folder, name),
    );
    execFileSync(
      'openssl',
      `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout ${key} -out ${certificate}`.split(
        ' ',
      ),
      { stdio: 'ignore' },
    );
    writeFileSync(rules ?? '', 'local all postrider trust\nhost all all 127.0.0.1/32 scram-sha-256\n');
    chmodSync(key ?? '', 0o600);
    if (process.getuid?.() === 0)
      for (const path of [folder, key, certificate, rules]) chownSync(path ?? '', 65_534, 65_534);
    securePort = await freePort();
    plainPort = await freePort();
    const settings = ['fsync=off', 'listen_addresses=127.0.0.1', `hba_file=${rules}`];
    const tls = ['ssl=on', `ssl_key_file=${key}`, `ssl_cert_file=${certificate}`];
    secure = createThrowAwayServer(programs ?? '', [...settings, ...tls], securePort);
    plain = createThrowAwayServer(programs ?? '', settings, plainPort);
    for (const server of [secure, plain]) {
      await server.start();
      const admin = new Client({ connectionString: server.url('postgres') });
      await admin.connect();
      await admin.query(`CREATE USER keeper PASSWORD '${PASSWORD}'`);
      await admin.end();
    }
  }, 60_000);
  afterAll(async () => {
    for (const server of [secure, plain]) {
      await server.kill();
      server.remove();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  const at = (port: number, options = '') =>
    `postgres://keeper:${ENCODED}@localhost:${port}/postgres${options}`;
  const KEEPER = { user: 'keeper', database: 'postgres' };

  test.each(['', '?sslmode=prefer', '?sslmode=require'])(
    '%s: TLS where the server has it',
    async (options) => {
      expect(await connectionBy(at(securePort, options))).toEqual({ ...KEEPER, tls: true });
    },
  );

  test.each(['', '?sslmode=prefer', '?sslmode=allow', '?sslmode=disable'])(
    '%s: in the clear where it has none',
    async (options) => {
      expect(await connectionBy(at(plainPort, options))).toEqual({ ...KEEPER, tls: false });
    },
  );

  test('required TLS is required', async () => {
    expect(await reasonFor(at(plainPort, '?sslmode=require'))).toContain('does not support SSL');
    expect(await reasonFor(at(plainPort), { PGSSLMODE: 'require' })).toContain('does not support SSL');
  });

  test('a certificate is verified where that is asked for', async () => {
    const root = join(folder, 'server.crt');
    expect(await connectionBy(at(securePort, `?sslmode=verify-full&sslrootcert=${root}`))).toMatchObject({
      tls: true,
    });
    const variables = { PGSSLMODE: 'verify-full', PGSSLROOTCERT: root };
    expect(await connectionBy(at(securePort), variables)).toMatchObject({ tls: true });
    expect(await reasonFor(at(securePort, '?sslmode=verify-full'))).toMatch(/self.signed/u);
    expect(await reasonFor(at(securePort, '?sslmode=verify-full&sslrootcert=/nowhere.crt'))).toContain(
      '/nowhere.crt',
    );
  });

  test('a socket, by its folder', async () => {
    expect(await connectionBy(plain.url('postgres'))).toEqual({
      user: 'postrider',
      database: 'postgres',
      tls: false,
    });
    const socket = new URL(plain.url('postgres')).searchParams;
    const encoded = `postgres://postrider@${encodeURIComponent(socket.get('host') ?? '')}:${plainPort}/postgres`;
    expect(await connectionBy(encoded)).toMatchObject({ user: 'postrider' });
  });

  test.each([
    ['a wrong password', () => at(plainPort).replace(ENCODED, 'guess'), 'the password is wrong'],
    ['an unknown database', () => `${at(plainPort)}x`, "the database doesn't exist"],
    ['a port where nothing listens', () => at(1), 'no server listens there'],
    ['a socket that is not there', () => 'postgres:///x?host=/nowhere', 'no server listens on that socket'],
    ['an unknown host', () => 'postgres://db.invalid/x', "there's no such host"],
  ])('%s is explained, without the password', async (_, url, reason) => {
    const said = await reasonFor(url());
    expect(said).toContain(reason);
    expect(said).not.toContain(PASSWORD);
  });
});
