import { DatabaseSync } from 'node:sqlite';
import type { Log } from '../../lib/log.ts';
import { settleRestored } from './backup/restored.ts';
import { MIGRATIONS, migrate } from './migrations/migrate.ts';
import { createPrivateFile, restrictToOwner } from './private-files.ts';
import { explainError } from './sqlite-errors.ts';
import { unfinishedCopyProblem } from './unfinished-copy.ts';

/**
 * `synchronous = FULL`: a commit is on disk before its promise resolves. With NORMAL, a power cut loses the newest commits,
 * and with them the intents and receipts that prevent a message from being sent twice unnoticed. FULL takes 0.2 ms instead
 * of 0.03 ms, twice per message; platforms allow some 50 messages a second.
 */
const PRAGMAS = `
PRAGMA busy_timeout = 5000;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
PRAGMA cache_size = -16000;
PRAGMA journal_size_limit = 67108864;
PRAGMA wal_autocheckpoint = 4000;
`;

/** Waiting for a lock blocks everything else. Writers retry anyway, so the wait can be short. */
const BUSY_MS = 250;

/**
 * Opens a database for the program, creating the file and its folder if missing, and migrates it. Throws an `Error` for the
 * operator.
 */
export function openDatabase(path: string, log: Log): DatabaseSync {
  return openMigrated(path, log, (db) => {
    const problem = unfinishedCopyProblem(db);
    if (problem !== undefined) throw new Error(problem);
    const settled = settleRestored(db);
    if (settled !== undefined) log.info('store.restored', { destinations: settled });
  });
}

/** The same for a copy that may be unfinished; `prepare` completes it before it counts as opened. */
export function openMigrated(path: string, log: Log, prepare: (db: DatabaseSync) => void): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    if (path !== ':memory:') createPrivateFile(path);
    db = new DatabaseSync(path);
    db.exec(PRAGMAS);
    const previousSchema = migrate(db);
    probe(db);
    if (path !== ':memory:') restrictToOwner(path, log);
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    log.info('store.opened', { path, schema: MIGRATIONS.length });
    if (previousSchema > 0 && previousSchema < MIGRATIONS.length)
      log.info('store.migrated', { from: previousSchema });
    prepare(db);
    return db;
  } catch (error) {
    if (db?.isOpen) db.close();
    throw new Error(`can't open "${path}": ${explainError(error)}`, { cause: error });
  }
}

/**
 * Reads a row of every table, which usually reveals damage; a full check would read the whole file. Also writes a value
 * again that is there already, because a file can be opened even if the disk is full or read-only.
 */
function probe(db: DatabaseSync): void {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  for (const { name } of tables) {
    if (name !== 'sqlite_sequence') db.prepare(`SELECT * FROM "${String(name)}" LIMIT 1`).get();
  }
  db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
}
