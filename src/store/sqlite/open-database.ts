import { DatabaseSync } from 'node:sqlite';
import type { Log } from '../../lib/log.ts';
import { MIGRATIONS, migrate } from './migrations.ts';
import { createPrivateFile, restrictToOwner } from './private-files.ts';
import { explainError } from './sqlite-errors.ts';

/**
 * `synchronous = FULL`: a commit is on the disk before its promise settles. With NORMAL a power cut takes the newest
 * commits along, and with them the intents and receipts that keep a message from being sent twice unnoticed. It costs
 * a fifth of a millisecond where NORMAL costs a thirtieth, twice per message sent, and platforms allow some 50 a second.
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

/** Everything else stands still while a lock is waited for. Who has to write tries again, so that need not be long. */
const BUSY_MS = 250;

/** Opens the file, makes it and its folder where they are missing, and migrates. Throws an `Error` that people can act on. */
export function openDatabase(path: string, log: Log): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    if (path !== ':memory:') createPrivateFile(path);
    db = new DatabaseSync(path);
    db.exec(PRAGMAS);
    const found = migrate(db);
    probe(db);
    if (path !== ':memory:') restrictToOwner(path, log);
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    log.info('store.opened', { path, schema: MIGRATIONS.length });
    if (found > 0 && found < MIGRATIONS.length) log.info('store.migrated', { from: found });
    return db;
  } catch (error) {
    if (db?.isOpen) db.close();
    throw new Error(`can't open "${path}": ${explainError(error)}`, { cause: error });
  }
}

/**
 * Reads a little of every table: damage mostly shows at once. A whole check would read the whole file. And writes
 * what stands there already: a file may be open and its disk full, or mounted read-only.
 */
function probe(db: DatabaseSync): void {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  for (const { name } of tables) {
    if (name !== 'sqlite_sequence') db.prepare(`SELECT * FROM "${String(name)}" LIMIT 1`).get();
  }
  db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
}
