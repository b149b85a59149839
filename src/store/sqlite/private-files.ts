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

/** What SQLite and we put beside a database. */
const BESIDE = ['', '-wal', '-shm', '-journal', '-lock', '-lock-journal'] as const;
const FOLDER = 0o700;
const FILE = 0o600;
/** Anything for the group or for others. */
const WIDE = 0o077;
/** Anybody may put files there: it is nobody's. */
const STICKY = 0o1000;
/** Where the database is unless the operator says otherwise. */
const DEFAULT_FOLDER = 'data';

/** The file that a path leads to, also where it is a link to what is not there yet. */
export function resolveLink(path: string): string {
  const whole = resolve(path);
  if (existsSync(whole)) return realpathSync(whole);
  try {
    return resolve(dirname(whole), readlinkSync(whole));
  } catch {
    // No link.
    return whole;
  }
}

/**
 * Makes a file of SQLite's and its folder where they are missing, for their owner alone whatever the umask says; SQLite
 * gives what it puts beside a file the same mode. Throws where the folder can't be made.
 */
export function createPrivateFile(path: string): void {
  const file = resolveLink(path);
  makeFolder(dirname(file));
  try {
    closeSync(openSync(file, 'ax', FILE));
    setMode(file, FILE);
  } catch {
    // It is there, or SQLite is about to say in its own words why it can't be.
  }
}

/** One at a time: where the system lets nobody make a folder, as in `/proc`, Node's recursive way never ends. */
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

/** The umask takes from the owner, too. */
function setMode(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch {
    // A disk that knows no modes; `makePrivate` tells.
  }
}

/**
 * Makes what is there of a database for its owner alone, and says so once. A folder that others use too is left as it is:
 * only `data/`, or one that holds nothing but this database, is ours. Where a mode can't be set that is logged and no obstacle;
 * Windows has none.
 */
export function restrictToOwner(path: string, log: Log): void {
  if (process.platform === 'win32') return;
  const file = realpathSync(path);
  const folder = dirname(file);
  const all = [...(isOurs(folder, file) ? [folder] : []), ...BESIDE.map((suffix) => `${file}${suffix}`)];
  const tightened = all.filter((one) => tighten(one, log));
  if (tightened.length > 0) log.warn('store.tightened', { paths: tightened });
}

/** Whether it was open to others, and is no more. */
function tighten(path: string, log: Log): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || (found.mode & WIDE) === 0) return false;
  try {
    chmodSync(path, found.isDirectory() ? FOLDER : FILE);
    return true;
  } catch (error) {
    // Another user's, or on a disk that knows no modes.
    log.warn('store.exposed', { path, error });
    return false;
  }
}

function isOurs(folder: string, file: string): boolean {
  const { mode, uid } = statSync(folder);
  if ((mode & STICKY) !== 0 || uid !== process.getuid?.()) return false;
  if (folder === resolve(DEFAULT_FOLDER)) return true;
  const ours: readonly string[] = BESIDE.map((suffix) => `${basename(file)}${suffix}`);
  return folder !== process.cwd() && readdirSync(folder).every((name) => ours.includes(name));
}
