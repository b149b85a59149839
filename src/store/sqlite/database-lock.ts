import { DatabaseSync } from 'node:sqlite';
import { createPrivateFile, resolveLink } from './private-files.ts';
import { change, select } from './sql.ts';
import { explainError, isBusy, sqliteCode } from './sqlite-errors.ts';

/** Who uses a database. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When it began, as in ISO 8601. */
  readonly since: string;
}

export type DatabaseLock =
  | { readonly status: 'held'; release(): void }
  /** Another process has it; which one, unless that is being written down just now. */
  | { readonly status: 'occupied'; readonly by?: Holder };

/** No such table: the other one is making it just now. */
const ERROR = 1;

/**
 * Takes a database for one process: by the write lock on a small database beside it (`<path>-lock`), which the operating
 * system gives back however the process ends. The database itself stays free for backups. Throws an `Error` that people can
 * act on where that file can't be made or written.
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

/** Others can read who it is only when that was committed, which gives the lock back: so it is taken once more. */
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
