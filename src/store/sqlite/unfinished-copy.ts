import type { DatabaseSync } from 'node:sqlite';
import { unfinishedCopyText } from '../unfinished-copy.ts';
import { select } from './sql.ts';

/** Where a copy records its source and how far it got, until it is finished. Only `postrider copy` creates the table. */
export const UNFINISHED_COPY = 'unfinished_copy';

/** Why the program can't use an unfinished copy; completes "can't open …:". `undefined` for any other database. */
export function unfinishedCopyProblem(db: DatabaseSync): string | undefined {
  if (!isUnfinishedCopy(db)) return undefined;
  const row = select<{ source: string }>(db, `SELECT source FROM ${UNFINISHED_COPY}`).get();
  return unfinishedCopyText(row?.source ?? '');
}

export const isUnfinishedCopy = (db: DatabaseSync): boolean =>
  select(db, `SELECT 1 FROM sqlite_schema WHERE name = '${UNFINISHED_COPY}'`).get() !== undefined;
