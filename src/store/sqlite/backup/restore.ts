import { chmodSync, copyFileSync, existsSync, linkSync, renameSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { databaseKind } from '../migrations/migrate.ts';
import { filesOf, resolveLink } from '../private-files.ts';
import {
  BackupError,
  type BackupNote,
  backupNote,
  copyDatabase,
  journalHead,
  openForReading,
  syncFolderOf,
  syncToDisk,
  withExplanation,
  withPartialFile,
} from './database-file.ts';
import { markRestored } from './restored.ts';

export interface RestoreRequest {
  /** Where the database belongs. The caller holds its lock. */
  readonly path: string;
  readonly file: string;
  readonly nowMs: number;
  /** Nothing has run since the backup was made, so delivery goes on where it stopped. */
  readonly continueDelivery: boolean;
}

export interface RestoreResult {
  readonly bytes: number;
  readonly schema: number;
  /** Absent if the copy wasn't made by `backUp`. */
  readonly note?: BackupNote;
  /** New name of the database that was there before; absent if there was none. */
  readonly kept?: string;
}

const PRIVATE = 0o600;

/**
 * Replaces a database with a copy, and keeps the old one under another name. Checks the copy first. Throws
 * `BackupError`, without having changed anything, if it isn't a Postrider database, is damaged, or has a newer
 * schema.
 */
export async function restore(request: RestoreRequest): Promise<RestoreResult> {
  const { file } = request;
  const path = resolveLink(request.path);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new BackupError(`"${file}" isn't a file`);
  if (filesOf(path).includes(resolveLink(file)))
    throw new BackupError(`"${file}" belongs to the database itself; name a backup`);
  const current = await withExplanation(`"${path}" can't be replaced`, () => stateOf(path));
  return withPartialFile(path, async (partial) => {
    const found = await withExplanation(`"${file}" can't be restored`, () => copyOf(partial, request));
    if (request.continueDelivery && current !== undefined && current.head > found.head)
      throw new BackupError(
        `"${path}" has more in its journal than the backup, so Postrider has run since. Restore without --continue`,
      );
    const kept = await withExplanation(`"${path}" can't be replaced`, () =>
      exchange(path, partial, request.nowMs),
    );
    const { head: _head, ...facts } = found;
    return { ...facts, bytes: statSync(path).size, ...(kept !== undefined && { kept }) };
  });
}

/** The state of the database to replace; `undefined` if it is damaged. Throws if it is another program's. */
function stateOf(path: string): { readonly head: number } | undefined {
  if (!existsSync(path)) return undefined;
  let db: DatabaseSync | undefined;
  try {
    db = openForReading(path);
    if (databaseKind(db) === 'foreign')
      throw new BackupError(`"${path}" holds another program's data; choose another DATABASE_URL`);
    return { head: journalHead(db) };
  } catch (error) {
    if (error instanceof BackupError) throw error;
    // Damaged, which is why somebody restores a backup.
    return undefined;
  } finally {
    db?.close();
  }
}

/** A checked copy of the backup beside the database, ready to take its place. */
function copyOf(partial: string, { file, nowMs, continueDelivery }: RestoreRequest) {
  return copyDatabase({ path: file, db: openForReading(file) }, partial, (copy, schema) => {
    if (!continueDelivery) markRestored(copy, nowMs);
    const note = backupNote(copy);
    return { schema, head: journalHead(copy), ...(note && { note }) };
  });
}

/** Renames the database and puts the copy in its place. Returns the new name of what was there. */
function exchange(path: string, partial: string, nowMs: number): string | undefined {
  syncToDisk(partial);
  const kept = `${path}.replaced-${new Date(nowMs).toISOString().replaceAll(':', '.')}`;
  settle(path);
  const beside = ['-wal', '-shm', '-journal'].filter((suffix) => existsSync(`${path}${suffix}`));
  const isThere = existsSync(path);
  // Without a log, replace the file in one step. A log has to move first, because it would corrupt another database.
  if (isThere && beside.length === 0) addName(path, kept);
  else if (isThere) renameSync(path, kept);
  for (const suffix of beside) renameSync(`${path}${suffix}`, `${kept}${suffix}`);
  renameSync(partial, path);
  syncFolderOf(path);
  return isThere ? kept : undefined;
}

/** Merges the log into the database; closing it removes the log. A damaged database stays as it is. */
function settle(path: string): void {
  if (!existsSync(path)) return;
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path);
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // Its log is kept with it.
  } finally {
    if (db?.isOpen) db.close();
  }
}

function addName(path: string, name: string): void {
  try {
    linkSync(path, name);
  } catch {
    // A file system without links.
    copyFileSync(path, name);
    chmodSync(name, PRIVATE);
  }
}
