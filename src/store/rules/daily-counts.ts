import { platformOf } from './membership.ts';

/** What is counted by UTC day and platform. */
export type StatName = 'posts' | 'delivered' | 'refused' | 'joined' | 'left';

export const DAY_MS = 86_400_000;

/** How long daily counts are kept. */
export const COUNTS_KEPT_MS = 60 * DAY_MS;

/** How long a lost post is reported, so that somebody has time to notice. */
export const LOST_DAYS = 7;

/** There can be as many reasons for suspensions as destinations. The most frequent ones are enough. */
export const MAX_REASONS = 5;

/** Under what something is counted that happened at a destination, or nowhere in particular: posts belong to no platform. */
export const countedUnder = (nowMs: number, destination = ':') => ({
  day: Math.floor(nowMs / DAY_MS),
  platform: platformOf(destination),
});
