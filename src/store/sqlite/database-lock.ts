import { DatabaseSync } from 'node:sqlite';
import { createPrivateFile, resolveLink } from './private-files.ts';
import { change, select } from './sql.ts';
import { explainError, isBusy, sqliteCode } from './sqlite-errors.ts';

/** A process that uses a database. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When it started, in ISO 8601. */
  readonly since: string;
}

/** Another process, as people are told about it; empty if it isn't known. */
export const holderName = (by: Holder | undefined): string =>
  by ? ` (pid ${by.pid} on ${by.host}, since ${by.since})` : '';

export type DatabaseLock =
  | { readonly status: 'held'; release(): void }
  /** Another process has it; `by` is missing while that process is still recording it. */
  | { readonly status: 'occupied'; readonly by?: Holder };

/** SQLITE_ERROR, "no such table": the other process is still creating it. */
const ERROR = 1;

/**
 * Reserves a database for one process, with the write lock on a small database beside it (`<path>-lock`), which the
 * operating system releases however the process ends. The database itself stays free for backups. Throws an `Error`
 * for the operator if that file cannot be created or written.
 */
export function lockDatabase(path: string, me: Holder): DatabaseLock {
  const lockPath = `${resolveLink(path)}-lock`;
  let db: DatabaseSync | undefined;
  const close = (): void => {
    if (db?.isOpen) db.close();
  };
  try {
    createPrivateFile(lockPath);
    db = new DatabaseSync(lockPath, { timeout: 0 });
    hold(db, me);
    return { status: 'held', release: close };
  } catch (error) {
    const by = db && isBusy(error) ? holderIn(db) : undefined;
    close();
    if (isBusy(error)) return { status: 'occupied', ...(by && { by }) };
    throw new Error(`can't open "${lockPath}": ${explainError(error)}`, { cause: error });
  }
}

/** Others can read the holder only once it is committed, but a commit releases the lock, so it is taken again. */
function hold(db: DatabaseSync, me: Holder): void {
  db.exec('CREATE TABLE IF NOT EXISTS holder (one INTEGER PRIMARY KEY, pid, host, since)');
  const write = change(db, 'INSERT OR REPLACE INTO holder VALUES (1, :pid, :host, :since)');
  for (;;) {
    db.exec('BEGIN IMMEDIATE');
    const known = holderIn(db);
    if (known?.pid === me.pid && known.since === me.since && known.host === me.host) return;
    write({ ...me });
    db.exec('COMMIT');
  }
}

function holderIn(db: DatabaseSync): Holder | undefined {
  try {
    return select<Holder>(db, 'SELECT pid, host, since FROM holder').get();
  } catch (error) {
    if (isBusy(error) || sqliteCode(error) === ERROR) return undefined;
    throw error;
  }
}
