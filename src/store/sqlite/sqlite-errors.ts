/** SQLite's primary result codes (https://sqlite.org/rescode.html) that an operator can do something about. */
export const EXPLANATIONS: Readonly<Record<number, string>> = {
  3: 'permission denied',
  5: 'another program has locked it',
  6: 'another program has locked it',
  8: 'it is read-only',
  10: 'the disk reported an error',
  11: 'the file is damaged; restore a backup, or move it away to start over',
  13: 'the disk is full',
  14: "it can't be opened or created; check that it's a file and that its folder is writable",
  23: 'permission denied',
  26: 'the file is not a database',
};

/** The primary result code of an error from SQLite. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

/** SQLITE_BUSY */
const BUSY = 5;

/** Whether the only problem is that somebody else uses the database. */
export const isBusy = (error: unknown): boolean => sqliteCode(error) === BUSY;

/** Explains a database error to the operator. */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('syscall' in error && error.syscall === 'mkdir')
    return `its folder can't be created (${error.message})`;
  return EXPLANATIONS[sqliteCode(error) ?? -1] ?? error.message;
}
