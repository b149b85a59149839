import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { createThrowAwayServer, findPrograms, type ThrowAwayServer } from './throw-away-server.ts';

const programs = findPrograms();
const given = process.env['TEST_DATABASE_URL'];
/** `.ci/run` says so where it can't install one. */
const isDemanded = process.env['CI'] === 'true' && process.env['TEST_POSTGRES'] !== 'none';

/**
 * Whether tests can have a Postgres: the server at `TEST_DATABASE_URL`, or a throw-away one. On a machine without, they are
 * skipped, except in CI, where that would go unnoticed.
 */
export const hasPostgres = given !== undefined || programs !== undefined || isDemanded;

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
  let server: ThrowAwayServer | undefined;
  let admin: Client;
  let databases = 0;
  const prefix = `postrider_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;

  const url = (database: string): string => {
    if (server) return server.url(database);
    const of = new URL(given ?? '');
    of.pathname = `/${database}`;
    return of.href;
  };

  async function connectAdmin(): Promise<void> {
    admin = new Client({ connectionString: given ?? url('postgres') });
    await admin.connect();
  }

  beforeAll(async () => {
    if (given === undefined) {
      if (programs === undefined)
        throw new Error('CI has to have PostgreSQL: set TEST_DATABASE_URL or install it');
      server = createThrowAwayServer(programs, ['fsync=off', 'full_page_writes=off', 'max_connections=60']);
      await server.start();
    }
    await connectAdmin();
  }, 60_000);

  afterAll(async () => {
    if (given !== undefined) {
      for (let n = 1; n <= databases; n += 1)
        await admin.query(`DROP DATABASE IF EXISTS ${prefix}_${n} WITH (FORCE)`);
      return admin.end();
    }
    await admin.end();
    await server?.kill();
    server?.remove();
  }, 60_000);

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
      if (!server) throw new Error('Only a throw-away server can be restarted');
      admin.on('error', () => undefined);
      await server.kill();
      await server.start();
      await connectAdmin();
    },
  };
}
