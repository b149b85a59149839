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
