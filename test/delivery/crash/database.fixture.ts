import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { silentLog } from '../../../src/lib/log.ts';
import { eventToNote } from '../../../src/note/event-to-note.ts';
import type { Database } from '../../../src/store/database.ts';
import { openDatabase } from '../../../src/store/postgres/open-database.ts';
import { soleDatabase } from '../../../src/store/sole-database.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { borrowDatabase } from '../../store/postgres/engine.fixture.ts';
import type { TestServer } from '../../store/postgres/server.fixture.ts';

/** A database, empty at first, that outlives the programs that use it. */
export interface CrashDatabase {
  /** As a program does that starts. */
  open(now: () => number): Promise<Database>;
  /** What the end of the program that opened it does to it: nobody says goodbye. */
  abandon(database: Database): Promise<void>;
  /** Changes with every commit. */
  commits(): Promise<unknown>;
  /** Resolves once its watchers have been called for whatever was committed so far. */
  announced(database: Database): Promise<void>;
  /** Reads rows past the program. */
  all(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  remove(): Promise<void>;
}

const me = { pid: process.pid, host: 'here' };

/** What is played here ends programs, not machines: a real disk would only make it slower. */
const SCRATCH = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Creating each database by all migrations would take a fifth of the time. */
let emptySqlite: Promise<Buffer> | undefined;

async function createEmptySqlite(): Promise<Buffer> {
  const folder = mkdtempSync(join(SCRATCH, 'postrider-empty-'));
  try {
    const path = join(folder, 'test.db');
    await openStore({ path, log: silentLog, noteFrom: eventToNote }).close();
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function createSqliteDatabase(): Promise<CrashDatabase> {
  emptySqlite ??= createEmptySqlite();
  const folder = mkdtempSync(join(SCRATCH, 'postrider-crash-'));
  const path = join(folder, 'test.db');
  writeFileSync(path, await emptySqlite);
  const onlooker = new DatabaseSync(path, { readOnly: true });
  /** SQLite counts the commits of other connections for it. */
  const commits = onlooker.prepare('PRAGMA data_version');
  return {
    open: async (now) =>
      soleDatabase(openStore({ path, log: silentLog, noteFrom: eventToNote, now }), { ...me, now }),
    /** What was handed over is done. */
    abandon: (database) => database.close(),
    commits: async () => commits.get(),
    announced: async () => undefined,
    all: async (sql) => onlooker.prepare(sql).all(),
    async remove() {
      onlooker.close();
      rmSync(folder, { recursive: true });
    },
  };
}

const BARRIER = 'values barrier';
/** Everybody else's. */
const SESSIONS = `FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'
  AND pid <> pg_backend_pid()`;

export async function createPostgresDatabase(server: TestServer): Promise<CrashDatabase> {
  const { url, giveBack } = await borrowDatabase(server);
  const onlooker = new Client({ connectionString: url, pipeline: true });
  await onlooker.connect();
  return {
    open: (now) => openDatabase({ url, name: url, me, log: silentLog, noteFrom: eventToNote, now }),
    /** The transactions under way are rolled back, wherever they are, and the leases end. */
    async abandon(database) {
      // Again and again, because whoever watches connects anew.
      for (let left = 1; left > 0; )
        left = (await onlooker.query(`SELECT pg_terminate_backend(pid) ${SESSIONS}`)).rowCount ?? 0;
      await database.close();
    },
    commits: async () => (await onlooker.query('SELECT pg_snapshot_xmax(pg_current_snapshot())')).rows,
    announced: (database) =>
      new Promise((resolve, reject) => {
        const stop = database.watch(BARRIER, () => {
          stop();
          resolve();
        });
        // Every session hears of commits in their order.
        onlooker.query(`NOTIFY postrider, '${BARRIER}'`).catch(reject);
      }),
    all: async (sql) => (await onlooker.query<Record<string, unknown>>(sql)).rows,
    async remove() {
      await onlooker.end();
      await giveBack();
    },
  };
}
