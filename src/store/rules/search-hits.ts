import type { Query } from '../../note/search/query.ts';
import type { Terms } from '../../note/search/terms.ts';
import type { Page } from '../archive.ts';
import { secondsBetween } from './moment.ts';

/** Only this many of the newest matches are counted and ranked: a common word may match every note. */
export const MAX_HITS = 1_000;

/** Moments of the hits. */
export interface Hits {
  readonly moments: readonly number[];
  /** There are more hits. */
  readonly more: boolean;
  /** Seconds since 1970; notes dated earlier were not looked at. */
  readonly since?: number;
}

export const NO_HITS: Hits = { moments: [], more: false };

/** Of up to one more than `MAX_HITS`. */
export const hitsOf = (moments: readonly number[], since: number | undefined): Hits => ({
  moments: moments.slice(0, MAX_HITS),
  more: moments.length > MAX_HITS,
  ...(since === undefined ? {} : { since }),
});

/** The moments on a page of hits. */
export const pageOf = (moments: readonly number[], { count, offset = 0 }: Page): readonly number[] => {
  const from = Math.max(offset, 0);
  return moments.slice(from, from + Math.max(count, 0));
};

/** Whether a query asks for anything, once words without a letter or number are dropped. */
export const asksForAnything = (typed: Terms, { hashtags, after, before }: Query): boolean =>
  [typed.every, typed.none, hashtags, after ?? [], before ?? []].flat().length > 0;

/** Whether these are all the hits, and the whole archive was looked at: only then are those with a prefix looked for too. */
export const isComplete = ({ more, since }: Hits): boolean => !more && since === undefined;

/** Hits as typed in their order, then those that only match a prefix. */
export function widened(found: readonly number[], wider: Hits): Hits {
  const all = hitsOf([...new Set([...found, ...wider.moments])], wider.since);
  return { ...all, more: all.more || wider.more };
}

/** Half-life of the bonus for recency, which at most doubles a score. */
const HALF_LIFE_S = 180 * 86_400;

/** Weight of a note with all words in the title if the words are too common to tell notes apart. */
export const TITLE_WEIGHT = 2;

/** Moments by relevance times recency, best first. */
export function rankByScore(
  newestFirst: readonly number[],
  relevanceOf: (moment: number) => number,
): readonly number[] {
  const newest = newestFirst[0] ?? 0;
  return newestFirst
    .map((moment) => {
      const recency = 2 ** (-secondsBetween(moment, newest) / HALF_LIFE_S);
      return { moment, score: relevanceOf(moment) * (0.5 + 0.5 * recency) };
    })
    .sort((a, b) => b.score - a.score || b.moment - a.moment)
    .map(({ moment }) => moment);
}
