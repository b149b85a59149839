import type { ClientBase } from 'pg';
import { unfinishedCopyText } from '../unfinished-copy.ts';
import { select } from './sql.ts';

/** Where a copy records its source and how far it got, until it is finished. Only `postrider copy` creates the table. */
export const UNFINISHED_COPY = 'unfinished_copy';

const found = select<{ exists: boolean }>(`SELECT to_regclass('${UNFINISHED_COPY}') IS NOT NULL AS exists`);
const sourceOf = select<{ source: string }>(`SELECT source FROM ${UNFINISHED_COPY}`);

/** Why the program can't use an unfinished copy; completes "can't open …:". `undefined` for any other database. */
export async function unfinishedCopyProblem(on: ClientBase): Promise<string | undefined> {
  return (await isUnfinishedCopy(on))
    ? unfinishedCopyText((await sourceOf.get(on))?.source ?? '')
    : undefined;
}

export const isUnfinishedCopy = async (on: ClientBase): Promise<boolean> =>
  (await found.get(on))?.exists ?? false;
