import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';

/** A user that owns nothing: Postgres refuses to run as root. */
const NOBODY = 65_534;
const IS_ROOT = process.getuid?.() === 0;
const AS_NOBODY = { cwd: '/', ...(IS_ROOT && { uid: NOBODY, gid: NOBODY }) };

/** The folder with `postgres` and `initdb`; `undefined` if this machine has none. */
function findPrograms(): string | undefined {
  const installed = '/usr/lib/postgresql';
  const versions = existsSync(installed) ? readdirSync(installed).toSorted().toReversed() : [];
  return [
    process.env['TEST_POSTGRES_BIN'] ?? '',
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.map((version) => join(installed, version, 'bin')),
  ].find(
    (folder) => folder !== '' && existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
}

const programs = findPrograms();
const given = process.env['TEST_DATABASE_URL'];

/**
 * Whether tests can have a Postgres: the server at `TEST_DATABASE_URL`, or a throw-away one. On a machine without, they are
 * skipped, except in CI, where that would go unnoticed.
 */
export const hasPostgres = given !== undefined || programs !== undefined || process.env['CI'] === 'true';

/** A Postgres that runs while the tests of a file do. */
export interface TestServer {
  /** The URL of a database on it. */
  url(database: string): string;
  /** Creates an empty database and returns its URL. */
  createDatabase(template?: string): Promise<string>;
  dropDatabase(url: string): Promise<void>;
  /** Kills the server as a power cut would, and starts it again with the same data. Only of a throw-away one. */
  restart(): Promise<void>;
}

/** Call at the top of a test file (inside `describe.skipIf(!hasPostgres)`); use what it returns inside tests. */
export function useTestServer(): TestServer {
  let folder = '';
  let server: ChildProcess | undefined;
  let admin: Client;
  let databases = 0;
  const prefix = `postrider_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;

  const url = (database: string): string => {
    if (given === undefined) return `postgres://postrider@localhost/${database}?host=${folder}`;
    const of = new URL(given);
    of.pathname = `/${database}`;
    return of.href;
  };

  async function start(bin: string): Promise<void> {
    server = spawn(
      join(bin, 'postgres'),
      [
        '-D',
        join(folder, 'data'),
        '-k',
        folder,
        '-c',
        'listen_addresses=',
        '-c',
        'fsync=off',
        '-c',
        'full_page_writes=off',
        '-c',
        'max_connections=60',
      ],
      { ...AS_NOBODY, stdio: 'ignore' },
    );
    admin = await connected(() => new Client({ connectionString: url('postgres') }));
  }

  beforeAll(async () => {
    if (given !== undefined) {
      admin = new Client({ connectionString: given });
      return admin.connect().then(() => undefined);
    }
    if (programs === undefined)
      throw new Error('CI has to have PostgreSQL: set TEST_DATABASE_URL or install it');
    // The path of a socket may have about a hundred bytes.
    folder = mkdtempSync('/tmp/pg-');
    if (IS_ROOT) chownSync(folder, NOBODY, NOBODY);
    execFileSync(
      join(programs, 'initdb'),
      [
        '-D',
        join(folder, 'data'),
        '-A',
        'trust',
        '-U',
        'postrider',
        '--no-sync',
        '--no-instructions',
        '-E',
        'UTF8',
        '--locale=C',
      ],
      { ...AS_NOBODY, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    await start(programs);
  }, 60_000);

  afterAll(async () => {
    if (given !== undefined) {
      for (let n = 1; n <= databases; n += 1)
        await admin.query(`DROP DATABASE IF EXISTS ${prefix}_${n} WITH (FORCE)`);
      return admin.end();
    }
    await admin.end();
    await ended(server, 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    url,
    async createDatabase(template = 'template1') {
      databases += 1;
      const name = `${prefix}_${databases}`;
      await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
      return url(name);
    },
    async dropDatabase(of) {
      // A URL with a user and no host is none to `URL`.
      const name = /^[^?]*\/(\w+)/u.exec(of)?.[1];
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
    async restart() {
      if (programs === undefined || given !== undefined)
        throw new Error('Only a throw-away server can be restarted');
      admin.on('error', () => undefined);
      await ended(server, 'SIGQUIT');
      await start(programs);
    },
  };
}

/** Waits until the server takes connections. */
async function connected(create: () => Client): Promise<Client> {
  for (let tries = 0; ; tries += 1) {
    const client = create();
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (tries > 600) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function ended(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
