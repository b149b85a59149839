import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Log } from '../../log.ts';
import { MIGRATIONS, migrate, WrongSchema } from './migrations.ts';

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
PRAGMA secure_delete = FAST;
PRAGMA cache_size = -16000;
PRAGMA journal_size_limit = 67108864;
PRAGMA wal_autocheckpoint = 4000;
`;

/** SQLite's primary result codes (https://sqlite.org/rescode.html), as what an operator can do something about. */
const TROUBLES: Readonly<Record<number, string>> = {
  3: 'permission was denied',
  5: 'another program keeps it locked',
  6: 'another program keeps it locked',
  8: 'it is read-only',
  10: 'the disk reported an error',
  11: 'the file is damaged. Restore a backup, or move it away to start anew',
  13: 'the disk is full',
  14: 'the file could not be opened or made. Check that it is a file and that its folder may be written to',
  23: 'permission was denied',
  26: 'the file is not a database',
};

/** Opens the file, makes its folder where that is missing, and migrates. Throws an `Error` that people can act on. */
export function openDatabase(path: string, log: Log): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    if (path !== ':memory:') mkdirSync(dirname(resolve(path)), { recursive: true });
    db = new DatabaseSync(path);
    db.exec(PRAGMAS);
    const found = migrate(db);
    probe(db);
    log.info('store.opened', { path, schema: MIGRATIONS.length });
    if (found > 0 && found < MIGRATIONS.length) log.info('store.migrated', { from: found });
    return db;
  } catch (error) {
    if (db?.isOpen) db.close();
    throw new Error(`Cannot open database "${path}": ${troubleOf(error)}`, { cause: error });
  }
}

/** Reads a little of every table: damage mostly shows at once. A whole check would read the whole file. */
function probe(db: DatabaseSync): void {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  for (const { name } of tables) {
    if (name !== 'sqlite_sequence') db.prepare(`SELECT * FROM "${String(name)}" LIMIT 1`).get();
  }
}

function troubleOf(error: unknown): string {
  if (error instanceof WrongSchema) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ('syscall' in error && error.syscall === 'mkdir')
    return `its folder could not be made (${error.message})`;
  if ('errcode' in error && typeof error.errcode === 'number')
    return TROUBLES[error.errcode & 0xff] ?? error.message;
  return error.message;
}
