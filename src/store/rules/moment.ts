/** Moments per second. */
export const MOMENTS_PER_SECOND = 2 ** 20;
/** In the year 2242; beyond it the number would not be exact. */
const LAST_SECOND = 2 ** 33 - 1;

/**
 * The moment of a note: its date and the start of its id in one number. So "newest first, ties by the lowest id" (NIP-01) is
 * descending moments, and "between two dates" is a range of them. Engines key notes and their words by it, and read either in
 * that order without sorting. If the moment is taken, the note gets the next lower free one.
 */
export function momentOf(createdAt: number, id: string): number {
  return firstMomentAt(createdAt) + (MOMENTS_PER_SECOND - 1 - Number.parseInt(id.slice(0, 5), 16));
}

/** The lowest moment of the first whole second at or after `seconds`. */
export function firstMomentAt(seconds: number): number {
  return Math.min(Math.max(Math.ceil(seconds) || 0, 0), LAST_SECOND) * MOMENTS_PER_SECOND;
}

/** Above every moment. */
export const MAX_MOMENT = Number.MAX_SAFE_INTEGER;

/** The second of a moment. */
export const secondOf = (moment: number): number => Math.floor(moment / MOMENTS_PER_SECOND);

/** Seconds between two moments. */
export const secondsBetween = (earlier: number, later: number): number =>
  (later - earlier) / MOMENTS_PER_SECOND;
