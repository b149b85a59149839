import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { databaseKind, MIGRATIONS, pragma } from '../migrations/migrate.ts';
import { filesOf, resolveLink } from '../private-files.ts';
import { select } from '../sql.ts';
import { explainError, sqliteCode } from '../sqlite-errors.ts';

/** What a backup records about itself, in the copy. */
export interface BackupNote {
  /** Milliseconds since 1970. */
  readonly madeMs: number;
  /** Version of Postrider that made it. */
  readonly version: string;
}

/** A copy can't be made or restored. The message is for the operator and names the file. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/**
 * Opens a copy for reading, without leaving anything beside it. If it has no log, nobody writes to it; SQLite would
 * create one, and can't on a read-only disk.
 */
export function openForReading(path: string): DatabaseSync {
  const file = resolveLink(path);
  const url = pathToFileURL(file);
  if (!existsSync(`${file}-wal`)) url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true });
}

const PRIVATE = 0o600;
/** More pages than any database has: if all are copied in one step, writers neither wait nor make it start over. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * Copies a database as it is at one moment, with what is in its log, to the file `to`, which exists and is empty.
 * Checks the copy and lets `complete` change it. Throws `BackupError` if the database isn't ours, is too new or is
 * damaged.
 */
export async function copyDatabase<Result>(
  from: { readonly path: string; readonly db: DatabaseSync },
  to: string,
  complete: (copy: DatabaseSync, schema: number) => Result,
): Promise<Result> {
  try {
    usableSchema(from.db, from.path);
    await backup(from.db, to, { rate: ALL_PAGES });
  } finally {
    from.db.close();
  }
  const copy = new DatabaseSync(to);
  try {
    // One file, without a log.
    copy.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL');
    const damage = damageIn(copy, 'integrity_check');
    if (damage !== undefined) throw new BackupError(`"${from.path}" is damaged: ${damage}`);
    return complete(copy, usableSchema(copy, from.path));
  } finally {
    copy.close();
  }
}

/** The last sequence number in the journal. */
export const journalHead = (db: DatabaseSync): number =>
  select<{ head: number | null }>(db, 'SELECT max(seq) AS head FROM journal').get()?.head ?? 0;

/** The schema of a database that is ours and not too new. Throws `BackupError` for any other. */
function usableSchema(db: DatabaseSync, path: string): number {
  const kind = databaseKind(db);
  const schema = pragma(db, 'user_version');
  if (kind === 'ours') return schema;
  if (kind !== 'newer') throw new BackupError(`"${path}" isn't a Postrider database`);
  const version = backupNote(db)?.version;
  throw new BackupError(
    `"${path}" needs ${version ? `Postrider ${version}` : 'a newer Postrider'}: its schema is ${schema}, and this version knows schemas up to ${MIGRATIONS.length}`,
  );
}

/** The note that a backup contains; copies made in other ways have none. */
export function backupNote(db: DatabaseSync): BackupNote | undefined {
  const row = select<{ value: string }>(
    db,
    "SELECT value FROM value WHERE namespace = 'setting' AND name = 'backup'",
  ).get();
  return row && (JSON.parse(row.value) as { readonly value: BackupNote }).value;
}

/** The first damage that SQLite finds, in a line. Reads the whole file; `integrity_check` compares the indexes, too. */
export function damageIn(db: DatabaseSync, how: 'quick_check' | 'integrity_check'): string | undefined {
  const first = select<Record<string, string>>(db, `PRAGMA ${how}(1)`).get()?.[how]?.trim();
  return first === 'ok' ? undefined : (first ?? 'unknown').replaceAll(/\s+/gu, ' ');
}

/** Runs `work` and turns errors of SQLite and the file system into a `BackupError` that begins with `failure`. */
export async function withExplanation<Result>(
  failure: string,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BackupError) throw error;
    const { code = '' } = error as NodeJS.ErrnoException;
    const reason = FILE_ERRORS.get(code) ?? DAMAGE[sqliteCode(error) ?? -1] ?? explainError(error);
    throw new BackupError(`${failure}: ${reason}`, { cause: error });
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB, without the advice to restore a backup. */
const DAMAGE: Readonly<Record<number, string>> = { 11: 'it is damaged', 26: "it isn't a database" };

/** Errors of the file system that an operator can do something about. */
const FILE_ERRORS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the disk is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['ENOENT', "it doesn't exist"],
  ['EISDIR', 'it is a folder'],
  ['EIO', 'the disk reported an error'],
]);

/**
 * Runs `work` with a new empty file beside `path` that only its owner can read. Removes what is left of the file
 * afterwards, also if the process exits.
 */
export async function withPartialFile<Result>(
  path: string,
  work: (partial: string) => Promise<Result>,
): Promise<Result> {
  const partial = `${path}.partial-${process.pid}`;
  const remove = (): void => filesOf(partial).forEach((file) => rmSync(file, { force: true }));
  process.once('exit', remove);
  try {
    await withExplanation(`"${path}" can't be written`, () => closeSync(openSync(partial, 'wx', PRIVATE)));
    return await work(partial);
  } finally {
    remove();
    process.off('exit', remove);
  }
}

/** Waits until a file, or the names in a folder, are on disk. */
export function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The same for the folder of a file. Windows can't, and doesn't need to. */
export function syncFolderOf(path: string): void {
  if (process.platform !== 'win32') syncToDisk(dirname(path));
}
