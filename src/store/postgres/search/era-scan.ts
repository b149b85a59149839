import { secondOf } from '../../rules/moment.ts';
import { select } from '../sql.ts';
import { ERA_S, erasBetween } from './eras.ts';
import type { TimeBox } from './time-box.ts';
import { type Criteria, matchAll } from './ts-query.ts';

/** Moments from `from` up to but not including `to`. */
export interface MomentRange {
  readonly from: number;
  readonly to: number;
}

/** The archive's oldest and newest moment, and whether it has so few notes that it is always searched as a whole. */
export interface Extent {
  readonly oldest: number;
  readonly newest: number;
  readonly isSmall: boolean;
}

/** Up to `limit` matches, newest first; nothing dated before the second `since` was looked at. */
export interface Found {
  readonly moments: readonly number[];
  readonly since?: number;
}

export interface ScanRequest {
  readonly criteria: Criteria;
  readonly range: MomentRange;
  readonly extent: Extent;
  readonly limit: number;
  /** When to stop, by the clock the scan was created with. */
  readonly untilMs: number;
}

/** How long the whole time may be searched at once before it's searched piece by piece, in milliseconds. */
const ATTEMPT_MS = 15;
/** Shortest eras searched first: twelve days. */
const FIRST_WIDTH = 16;

// A bitmap of all matches, then the newest of them. Without OFFSET the planner would walk down the moments instead, and
// look at each note whether it matches.
const newestMatches = select<{ moment: number }>(
  `SELECT moment FROM (SELECT moment FROM word WHERE words @@ :query::text::tsquery OFFSET 0) AS matching
   WHERE moment >= :from AND moment < :to ORDER BY moment DESC LIMIT :limit`,
);

/**
 * Finds the newest matches. An index of words knows no order, so for a word that is in every other note it would return half
 * of the archive before the newest could be told. If the matches of the whole time aren't there after some milliseconds,
 * the scan goes back piece by piece, in growing stretches of eras, until it has enough or the time is up.
 */
export function createEraScan(within: TimeBox, nowMs: () => number) {
  return async function scan({ criteria, range, extent, limit, untilMs }: ScanRequest): Promise<Found> {
    const from = Math.max(range.from, extent.oldest);
    const to = Math.min(range.to, extent.newest + 1);
    if (from >= to) return { moments: [] };
    const [oldest, newest] = [eraOf(from), eraOf(to - 1)];
    const isWhole = from === extent.oldest && to > extent.newest;

    /** The newest matches; `undefined` if that takes longer. */
    const matches = (eras: readonly string[], count: number, ms: number | undefined) =>
      within(ms, async (on) => {
        const query = matchAll(criteria, eras);
        const rows = await newestMatches.all(on, { query, from, to, limit: count });
        return rows.map(({ moment }) => moment);
      });

    const inAll = await matches(
      isWhole ? [] : erasBetween(oldest, newest),
      limit,
      extent.isSmall ? undefined : ATTEMPT_MS,
    );
    if (inAll) return { moments: inAll };

    const moments: number[] = [];
    let width = FIRST_WIDTH;
    let last = newest;
    while (last >= oldest && moments.length < limit) {
      const first = Math.max(oldest, last - width + 1);
      const began = nowMs();
      // Whoever goes on from where a search stopped must get further, so the shortest stretch is searched in any case.
      const isLeast = last === newest && width === 1;
      if (began >= untilMs && last !== newest) return { moments, since: (last + 1) * ERA_S };
      const some = await matches(
        erasBetween(first, last),
        limit - moments.length,
        isLeast ? undefined : Math.max(1, untilMs - began),
      );
      if (some) {
        moments.push(...some);
        last = first - 1;
        width = nextWidth(width, nowMs() - began);
      } else if (last === newest) width = 1;
      else return { moments, since: (last + 1) * ERA_S };
    }
    return { moments };
  };
}

const eraOf = (moment: number): number => Math.floor(secondOf(moment) / ERA_S);

/** A longer stretch as long as they are quick: each costs a round trip, and a lookup of every word and era. */
function nextWidth(width: number, tookMs: number): number {
  if (tookMs < 3) return width * 6;
  if (tookMs < 8) return width * 3;
  if (tookMs < 16) return Math.ceil(width * 1.5);
  return tookMs > 25 ? Math.max(2, Math.floor(width / 2)) : width;
}
