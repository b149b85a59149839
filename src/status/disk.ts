import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Sizes in bytes. */
export interface DiskUse {
  /** Free for this process on the disk with the database. */
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** The database with its WAL. */
  readonly databaseBytes: number;
}

const MEBIBYTE = 2 ** 20;

/** How much should be free on the disk with the database. */
export const FREE_BYTES = {
  /** Room for a year of notes, and for SQLite's log while a large archive is fetched. Below it, operators are alerted. */
  least: 256 * MEBIBYTE,
  /** Enough again after an alert: more, so that it doesn't come and go with every temporary file. */
  enough: 384 * MEBIBYTE,
  /** An archive of 100,000 notes takes about this much, and so does what its write-ahead log may grow to. */
  comfortable: 1_024 * MEBIBYTE,
} as const;

/** Returns `undefined` for a database in memory, or if the system doesn't tell. */
export type ReadDiskUse = (databasePath: string) => Promise<DiskUse | undefined>;

export const readDiskUse: ReadDiskUse = async (databasePath) => {
  if (databasePath === ':memory:') return undefined;
  try {
    const { bavail, blocks, bsize } = await statfs(dirname(databasePath));
    const sizes = await Promise.all(
      ['', '-wal', '-shm'].map((suffix) =>
        stat(databasePath + suffix).then(
          ({ size }) => size,
          // It exists only while the database is in use.
          () => 0,
        ),
      ),
    );
    return {
      freeBytes: bavail * bsize,
      totalBytes: blocks * bsize,
      databaseBytes: sizes.reduce((sum, size) => sum + size, 0),
    };
  } catch {
    return undefined;
  }
};
