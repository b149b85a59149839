import type { DatabaseSync } from 'node:sqlite';
import type { Term } from '../../../note/search/terms.ts';
import { select } from '../sql.ts';
import { matchAll } from './fts-query.ts';

interface Hit {
  readonly moment: number;
  readonly relevance: number;
}

/**
 * Relevance of hits by the rare words among those searched for: bm25, weighted 8 in titles, 3 in hashtags and 1 in the text.
 * It reads every note with any of the words, whether it is a hit or not.
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
    // Nothing to rank.
    if (from === undefined || to === undefined || from === to) return () => 1;
    const match = matchAll({ terms: { every: rare, none: [] }, marks: [] });
    const hits = weighed.all({ match, from: BigInt(from), to: BigInt(to) });
    const relevance = new Map(hits.map((hit) => [hit.moment, hit.relevance]));
    return (moment) => relevance.get(moment) ?? 0;
  };
}
