/** Row ids per second. */
export const ROWIDS_PER_SECOND = 2 ** 20;
/** In the year 2242; beyond it the number would not be exact. */
const LAST_SECOND = 2 ** 33 - 1;

/**
 * The row id of a note, in the table (column `moment`) and in the full-text index: its date and the start of its id in one
 * number. So "newest first, ties by the lowest id" (NIP-01) is descending row ids, and "between two dates" is a range of
 * them; both are read in that order without sorting, and reading stops once enough is found.
 */
export function rowidOf(createdAt: number, id: string): number {
  return firstRowidAt(createdAt) + (ROWIDS_PER_SECOND - 1 - Number.parseInt(id.slice(0, 5), 16));
}

/** The lowest row id of the first whole second at or after `seconds`. */
export function firstRowidAt(seconds: number): number {
  return Math.min(Math.max(Math.ceil(seconds) || 0, 0), LAST_SECOND) * ROWIDS_PER_SECOND;
}

/** Above every row id. */
export const MAX_ROWID = Number.MAX_SAFE_INTEGER;

/** The second of a row id. */
export const secondOf = (moment: number): number => Math.floor(moment / ROWIDS_PER_SECOND);

/** Seconds between two row ids. */
export const secondsBetween = (earlier: number, later: number): number =>
  (later - earlier) / ROWIDS_PER_SECOND;
