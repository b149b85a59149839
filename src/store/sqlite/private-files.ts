import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Log } from '../../lib/log.ts';

/** Suffixes of the files that belong to a database, SQLite's and ours. */
const BESIDE = ['', '-wal', '-shm', '-journal', '-lock', '-lock-journal'] as const;
const FOLDER = 0o700;
const FILE = 0o600;
/** Any permission for the group or for others. */
const WIDE = 0o077;
/** A folder like /tmp, where anybody may create files. */
const STICKY = 0o1000;
/** The folder of the database by default. */
const DEFAULT_FOLDER = 'data';

/** All files that a database may have, itself included. */
export const filesOf = (path: string): readonly string[] => BESIDE.map((suffix) => `${path}${suffix}`);

/** The file a path leads to, even through a link to a file that does not exist yet. */
export function resolveLink(path: string): string {
  const whole = resolve(path);
  if (existsSync(whole)) return realpathSync(whole);
  try {
    return resolve(dirname(whole), readlinkSync(whole));
  } catch {
    // Not a link.
    return whole;
  }
}

/**
 * Creates a database file and its folder if missing, for the owner only, whatever the umask. SQLite gives the files it
 * creates beside it the same mode. Throws if the folder cannot be created.
 */
export function createPrivateFile(path: string): void {
  const file = resolveLink(path);
  makeFolder(dirname(file));
  try {
    closeSync(openSync(file, 'ax', FILE));
    setMode(file, FILE);
  } catch {
    // It exists, or SQLite is about to report why it can't be created.
  }
}

/** One folder at a time: `mkdirSync` with `recursive` never returns where nobody can create folders, as in `/proc`. */
function makeFolder(path: string): void {
  if (isFolder(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, FOLDER);
  } catch (error) {
    // Another process was faster.
    if (isFolder(path)) return;
    throw error;
  }
  setMode(path, FOLDER);
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Explicitly, because the umask applies to the owner, too. */
function setMode(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch {
    // A file system without modes; `restrictToOwner` reports it.
  }
}

/**
 * Restricts the existing files of a database to their owner, and logs it if that changed anything. A folder that others use
 * is left alone: only `data/`, or one with nothing but this database, is ours. A mode that cannot be set is logged and
 * otherwise ignored; Windows has none.
 */
export function restrictToOwner(path: string, log: Log): void {
  if (process.platform === 'win32') return;
  const file = realpathSync(path);
  const folder = dirname(file);
  const all = [...(isOurs(folder, file) ? [folder] : []), ...filesOf(file)];
  const tightened = all.filter((one) => tighten(one, log));
  if (tightened.length > 0) log.warn('store.tightened', { paths: tightened });
}

/** Returns whether it was open to others and no longer is. */
function tighten(path: string, log: Log): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats || (stats.mode & WIDE) === 0) return false;
  try {
    chmodSync(path, stats.isDirectory() ? FOLDER : FILE);
    return true;
  } catch (error) {
    // Another user's file, or a file system without modes.
    log.warn('store.exposed', { path, error });
    return false;
  }
}

function isOurs(folder: string, file: string): boolean {
  const { mode, uid } = statSync(folder);
  if ((mode & STICKY) !== 0 || uid !== process.getuid?.()) return false;
  if (folder === resolve(DEFAULT_FOLDER)) return true;
  const ours = filesOf(basename(file));
  return folder !== process.cwd() && readdirSync(folder).every((name) => ours.includes(name));
}
