/** Moments in a second. */
export const ROWIDS_PER_SECOND = 2 ** 20;
/** The year 2242: beyond it the number would not be exact. */
const LAST_SECOND = 2 ** 33 - 1;

/**
 * `created_at` and the beginning of the id in one number: the row id of a note, in the table and in the full-text
 * index alike. Newest first, ties by the lowest id (NIP-01), is then descending row ids, and "between two dates" is a
 * range of them: both engines walk that order without sorting, and stop where enough is found.
 */
export function rowidOf(createdAt: number, id: string): number {
  return firstRowidAt(createdAt) + (ROWIDS_PER_SECOND - 1 - Number.parseInt(id.slice(0, 5), 16));
}

/** The lowest moment of the first whole second that is not before `seconds`. */
export function firstRowidAt(seconds: number): number {
  return Math.min(Math.max(Math.ceil(seconds) || 0, 0), LAST_SECOND) * ROWIDS_PER_SECOND;
}

/** Above every moment there is. */
export const MAX_ROWID = Number.MAX_SAFE_INTEGER;

/** The second in which a moment lies. */
export const secondOf = (moment: number): number => Math.floor(moment / ROWIDS_PER_SECOND);

/** Seconds between two moments. */
export const secondsBetween = (earlier: number, later: number): number =>
  (later - earlier) / ROWIDS_PER_SECOND;
