import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Sizes in bytes. */
export interface DiskUse {
  /** Free to us on the disk with the database. */
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** The database with its log. */
  readonly databaseBytes: number;
}

/** `undefined` for a database in memory, or if the system doesn't say. */
export type ReadDiskUse = (databasePath: string) => Promise<DiskUse | undefined>;

export const readDiskUse: ReadDiskUse = async (databasePath) => {
  if (databasePath === ':memory:') return undefined;
  try {
    const { bavail, blocks, bsize } = await statfs(dirname(databasePath));
    const sizes = await Promise.all(
      ['', '-wal', '-shm'].map((suffix) =>
        stat(databasePath + suffix).then(
          ({ size }) => size,
          // Exists only while the database is in use.
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
