import type { Note, VerifiedEvent } from '../../note/note.ts';
import type { Query } from '../../note/search/query.ts';
import type { NoteFrom } from '../event-parser.ts';
import { type Hits, isComplete } from '../rules/search-hits.ts';
import { type Cell, keyOf, type Row, type Table } from './tables.ts';

/** Why a copy can't begin or go on, for the operator; a whole sentence without a full stop. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
}

/** A database that is copied. No program can use it until it is closed. */
export interface Side {
  /** As the operator named it, without a password. */
  readonly name: string;
  /** At most so many rows, in the order of their keys: the first ones, or those after a key. */
  rowsAfter(table: Table, key: readonly Cell[] | undefined, limit: number): Promise<readonly Row[]>;
  count(table: Table): Promise<number>;
  close(): Promise<void>;
}

/** How far a copy got. */
export interface Place {
  /** The table whose rows are next; absent once all are there. */
  readonly table?: string;
  /** The key of the last row of it that was copied; absent before the first. */
  readonly after?: readonly Cell[];
}

/** Whether a search has a hit; `unsure` if it found too much, or stopped for lack of time. */
export type Finding = 'found' | 'missing' | 'unsure';

/** A database that a copy goes to. Until it is finished the program refuses to open it. */
export interface Target extends Side {
  /** Where to go on; `undefined` if it is empty. */
  place(): Promise<Place | undefined>;
  /** Empties it, and records that a copy begins. */
  begin(source: string): Promise<void>;
  /** Writes rows with all that is derived from them, and where to go on, in one transaction. */
  write(table: Table, rows: readonly Row[], next: Place): Promise<void>;
  /** What the engine derived that isn't as it should be, such as counters; whole sentences. */
  problems(): Promise<readonly string[]>;
  /** Notes that aren't in the index of words. */
  unindexed(): Promise<readonly Row[]>;
  /** Whether a search finds the note at a moment. */
  finds(query: Query, moment: number): Promise<Finding>;
  /** From here on the program may open it. */
  finish(): Promise<void>;
}

/**
 * The note of a row of `note`. Whose thread it is in was decided when it came in, by what the archive had then, and shows in its
 * type; so it is the same in the copy.
 */
export function noteOfRow({ event, post_type }: Row, noteFrom: NoteFrom): Note | undefined {
  return noteFrom(JSON.parse(String(event)) as VerifiedEvent, () => post_type !== 'reply');
}

/** Notes of rows by their moments, without those that make none. */
export function notesOfRows(rows: readonly Row[], noteFrom: NoteFrom): ReadonlyMap<number, Note> {
  return new Map(
    rows.flatMap((row) => {
      const note = noteOfRow(row, noteFrom);
      return note ? [[Number(row['moment']), note] as const] : [];
    }),
  );
}

export function findingOf(hits: Hits, moment: number): Finding {
  if (hits.moments.includes(moment)) return 'found';
  return isComplete(hits) ? 'missing' : 'unsure';
}

/** All rows of a table, in batches. */
export async function* batchesOf(side: Side, table: Table): AsyncGenerator<readonly Row[]> {
  for (let after: readonly Cell[] | undefined; ; ) {
    const rows = await side.rowsAfter(table, after, table.batch);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < table.batch) return;
    after = keyOf(table, last);
  }
}

/** A counter that triggers keep, as rows, and the query that counts. */
export interface Counter {
  readonly what: string;
  readonly kept: string;
  readonly counted: string;
}

/** Selects rows if a counter is wrong. */
export const differenceIn = ({ kept, counted }: Counter): string =>
  `SELECT * FROM (${kept} EXCEPT ${counted}) AS a UNION ALL SELECT * FROM (${counted} EXCEPT ${kept}) AS b`;
