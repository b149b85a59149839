import { existsSync, lstatSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { filesOf, resolveLink } from '../private-files.ts';
import { change } from '../sql.ts';
import { sqliteCode } from '../sqlite-errors.ts';
import {
  BackupError,
  type BackupNote,
  copyDatabase,
  openForReading,
  syncFolderOf,
  syncToDisk,
  withExplanation,
  withPartialFile,
} from './database-file.ts';

export interface BackupRequest {
  /** The database, which may be in use. */
  readonly path: string;
  readonly file: string;
  /** Replaces an existing file. */
  readonly force: boolean;
  /** Written into the copy. */
  readonly note: BackupNote;
}

export interface BackupResult {
  readonly bytes: number;
  readonly schema: number;
}

/** The program may be opening it at the moment. */
const BUSY_MS = 5_000;
/** SQLITE_CANTOPEN */
const CANT_OPEN = 14;

/**
 * Copies a database, also while it is in use, to one file that only its owner can read. The copy is a consistent
 * snapshot. It is checked before it gets its name, so a file of that name is never incomplete. Throws `BackupError`
 * if anything goes wrong; `file` is then as it was before.
 */
export async function backUp({ path, file, force, note }: BackupRequest): Promise<BackupResult> {
  if (!existsSync(path)) throw new BackupError(`"${path}" doesn't exist, so there is nothing to back up`);
  refuseTarget(path, file, force);
  return withPartialFile(file, async (partial) => {
    const schema = await withExplanation(`"${path}" can't be copied to "${file}"`, () =>
      copyDatabase({ path, db: openLive(path) }, partial, (copy, schema) => {
        sign(copy, note);
        return schema;
      }),
    );
    return withExplanation(`"${file}" can't be written`, () => {
      syncToDisk(partial);
      refuseTarget(path, file, force);
      renameSync(partial, file);
      syncFolderOf(file);
      return { bytes: statSync(file).size, schema };
    });
  });
}

/** Throws if the copy would overwrite something it must not. */
function refuseTarget(path: string, file: string, force: boolean): void {
  const folder = dirname(file);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new BackupError(`"${folder}" isn't a folder; create it first`);
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory())
    throw new BackupError(`"${file}" is a folder; name a file in it, such as ${join(file, 'postrider.db')}`);
  if (filesOf(resolveLink(path)).includes(join(resolveLink(folder), basename(file))))
    throw new BackupError(`"${file}" belongs to the database itself; choose another name`);
  if (found && !force)
    throw new BackupError(`"${file}" exists; choose another name, or replace it with --force`);
}

/** Opens it like the program does, which leaves no files beside it. On a read-only disk, only reads it. */
function openLive(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: BUSY_MS });
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    if (sqliteCode(error) !== CANT_OPEN) throw error;
    return openForReading(path);
  }
}

function sign(copy: DatabaseSync, note: BackupNote): void {
  change(
    copy,
    "INSERT OR REPLACE INTO value (namespace, name, value) VALUES ('setting', 'backup', :value)",
  )({
    value: JSON.stringify({ value: note }),
  });
}
