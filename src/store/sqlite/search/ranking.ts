import type { DatabaseSync } from 'node:sqlite';
import type { Term } from '../../../note/search/terms.ts';
import { secondsBetween } from '../archive/note-rowid.ts';
import { select } from '../sql.ts';
import { matchAll } from './fts-query.ts';

/** In this time recency loses half of what it can give: at most, it doubles a score. */
const HALF_LIFE_S = 180 * 86_400;

/** All words in the title, against words elsewhere, where all words are common: they tell little apart. */
export const TITLE_WEIGHT = 2;

interface Hit {
  readonly moment: number;
  readonly relevance: number;
}

/**
 * How relevant hits are, by those of the words that few notes have: bm25, in the title 8, in hashtags 3, in the text 1.
 * It reads every note with any of the words, within the hits or not.
 */
export function createRelevance(db: DatabaseSync) {
  const weighed = select<Hit>(
    db,
    `SELECT rowid AS moment, -bm25(words, 8, 1, 3, 1) AS relevance FROM words
     WHERE words MATCH :match AND rowid >= :from AND rowid <= :to`,
  );
  return function relevanceBy(
    rare: readonly (readonly Term[])[],
    newestFirst: readonly number[],
  ): (moment: number) => number {
    const [to, from] = [newestFirst[0], newestFirst.at(-1)];
    // Where there is nothing to put in order, it is not worth the reading.
    if (from === undefined || to === undefined || from === to) return () => 1;
    const match = matchAll({ terms: { every: rare, none: [] }, marks: [] });
    const hits = weighed.all({ match, from: BigInt(from), to: BigInt(to) });
    const relevance = new Map(hits.map((hit) => [hit.moment, hit.relevance]));
    return (moment) => relevance.get(moment) ?? 0;
  };
}

/** Moments by relevance times recency, the best first. */
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
