/** Moments in a second. */
export const IDS_PER_SECOND = 2 ** 20;
/** The year 2242: beyond it the number would not be exact. */
const LAST_SECOND = 2 ** 33 - 1;

/**
 * `created_at` and the beginning of the id in one number: the row id of a note, in the table and in the full-text
 * index alike. Newest first, ties by the lowest id (NIP-01), is then descending row ids, and "between two dates" is a
 * range of them: both engines walk that order without sorting, and stop where enough is found.
 */
export function momentOf(createdAt: number, id: string): number {
  return firstMoment(createdAt) + (IDS_PER_SECOND - 1 - Number.parseInt(id.slice(0, 5), 16));
}

/** The lowest moment of the first whole second that is not before `seconds`. */
export function firstMoment(seconds: number): number {
  return Math.min(Math.max(Math.ceil(seconds) || 0, 0), LAST_SECOND) * IDS_PER_SECOND;
}

/** Above every moment there is. */
export const MAX_MOMENT = Number.MAX_SAFE_INTEGER;

/** The second in which a moment lies. */
export const secondsOf = (moment: number): number => Math.floor(moment / IDS_PER_SECOND);

/** Seconds between two moments. */
export const secondsBetween = (earlier: number, later: number): number => (later - earlier) / IDS_PER_SECOND;
