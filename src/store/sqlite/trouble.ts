/** SQLite's primary result codes (https://sqlite.org/rescode.html), as what an operator can do something about. */
const TROUBLES: Readonly<Record<number, string>> = {
  3: 'permission was denied',
  5: 'another program keeps it locked',
  6: 'another program keeps it locked',
  8: 'it is read-only',
  10: 'the disk reported an error',
  11: 'the file is damaged. Restore a backup, or move it away to start anew',
  13: 'the disk is full',
  14: 'the file could not be opened or made. Check that it is a file and that its folder may be written to',
  23: 'permission was denied',
  26: 'the file is not a database',
};

/** SQLite's primary result code of an error, where it is SQLite's. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

/** SQLITE_BUSY: somebody else has it. */
const BUSY = 5;

/** Whether nothing is wrong but that somebody else has the database. */
export const isLocked = (error: unknown): boolean => sqliteCode(error) === BUSY;

/** What is wrong with a database, for people. */
export function troubleOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('syscall' in error && error.syscall === 'mkdir')
    return `its folder could not be made (${error.message})`;
  return TROUBLES[sqliteCode(error) ?? -1] ?? error.message;
}
