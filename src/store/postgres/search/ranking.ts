import type { Terms } from '../../../note/search/terms.ts';
import { type Hits, isComplete, rankByScore, TITLE_WEIGHT } from '../../rules/search-hits.ts';
import { select } from '../sql.ts';
import type { TimeBox } from './time-box.ts';
import { matchInTitle, wordsOf } from './ts-query.ts';

/** For ts_rank, of D (text), C (unused), B (hashtags) and A (title): as for SQLite, 1 to 3 to 8. */
const WEIGHTS = '{0.125, 0.125, 0.375, 1}';
/** Divides by the logarithm of the note's length (https://www.postgresql.org/docs/current/textsearch-controls.html#TEXTSEARCH-RANKING). */
const BY_LENGTH = 1;

const relevances = select<{ moment: number; relevance: number }>(
  `SELECT moment, ts_rank('${WEIGHTS}', words, :query::text::tsquery, ${BY_LENGTH}) AS relevance
   FROM word WHERE moment = ANY (:moments::bigint[])`,
);
const titled = select<{ moment: number }>(
  'SELECT moment FROM word WHERE moment = ANY (:moments::bigint[]) AND words @@ :query::text::tsquery',
);

/**
 * Ranks hits by relevance and recency; by recency alone if looking at them takes longer than `ms`. If there are
 * more, the words are so common that how often they occur says little, and only those in titles count.
 */
export function createRanking(within: TimeBox) {
  return async function ranked(terms: Terms, hits: Hits, ms: number | undefined): Promise<readonly number[]> {
    const { moments } = hits;
    if (terms.every.length === 0 || moments.length < 2) return moments;
    const found = await within(ms, async (on) => {
      if (isComplete(hits)) return relevances.all(on, { moments, query: wordsOf(terms) });
      const rows = await titled.all(on, { moments, query: matchInTitle(terms) });
      return rows.map(({ moment }) => ({ moment, relevance: TITLE_WEIGHT }));
    });
    const relevance = new Map(found?.map((hit) => [hit.moment, hit.relevance]));
    return rankByScore(moments, (moment) => relevance.get(moment) ?? 1);
  };
}
