import type { DatabaseSync } from 'node:sqlite';
import type { PostType } from '../../../note/post-types.ts';
import type { Query } from '../../../note/search/query.ts';
import { type Terms, termsOf } from '../../../note/search/terms.ts';
import { firstMomentAt, MAX_MOMENT, secondOf } from '../../rules/moment.ts';
import { hashtagToken, postTypeToken } from '../../rules/note-tokens.ts';
import {
  asksForAnything,
  type Hits,
  hitsOf,
  isComplete,
  MAX_HITS,
  NO_HITS,
  rankByScore,
  TITLE_WEIGHT,
  widened,
} from '../../rules/search-hits.ts';
import { type FtsCriteria, matchAll, matchInTitle, matchOrCheckpoint } from './fts-query.ts';
import { createPrefixExpansion } from './prefixes.ts';
import { createRelevance } from './ranking.ts';
import { createRareTermTest } from './term-frequency.ts';
import { createTimeBoxedScan, type RowidRange } from './time-boxed-scan.ts';
import { createSpellings } from './vocabulary.ts';

/** A search that takes longer stops and says how far back it got, because it blocks the whole process. */
const TIME_LIMIT_MS = 25;
/** Extra time to look at titles, and to look for words with the prefix. */
const EXTRA_MS = 10;

/**
 * Finds the row ids of the notes that match a query, best and newest first (`rankByScore`), with words in every spelling the
 * archive has. Notes that only match a prefix of their words, or `us` for a typed `U.S.`, follow, newest first.
 */
export function createSearch(db: DatabaseSync, nowMs: () => number = () => performance.now()) {
  const complete = createPrefixExpansion(db);
  const known = createSpellings(db);
  const isRare = createRareTermTest(db);
  const relevanceBy = createRelevance(db);
  const scan = createTimeBoxedScan(db, nowMs);

  /** The newest notes that meet all criteria, newest first. */
  function gather(criteria: FtsCriteria, range: RowidRange, untilMs: number): Hits {
    // With a rare term all matches are found quickly; without, the scan may read the whole index.
    const groups = [...criteria.terms.every, ...criteria.marks.map((mark) => [{ tokens: [mark] }])];
    const match = groups.some(isRare) ? matchAll(criteria) : matchOrCheckpoint(criteria);
    const { moments, end } = scan({ ...range, match, limit: MAX_HITS + 1 }, untilMs);
    return hitsOf(moments, end === undefined ? undefined : secondOf(end));
  }

  /** The hits with all words in the title; none if that would take long or change nothing. */
  function titled(terms: Terms, moments: readonly number[], untilMs: number): ReadonlySet<number> {
    const [last, first] = [moments[0], moments.at(-1)];
    if (first === undefined || last === undefined || first === last) return new Set();
    const request = { from: first, to: last + 1, match: matchInTitle(terms), limit: MAX_HITS };
    const { moments: found, end } = scan(request, untilMs);
    return new Set(end === undefined ? found : []);
  }

  function ordered(terms: Terms, { moments, more, since }: Hits, untilMs: number): readonly number[] {
    if (terms.every.length === 0) return moments;
    const rare = more ? [] : terms.every.filter(isRare);
    if (rare.length > 0) return rankByScore(moments, relevanceBy(rare, moments));
    const inTitle = since === undefined ? titled(terms, moments, untilMs) : new Set();
    return rankByScore(moments, (moment) => (inTitle.has(moment) ? TITLE_WEIGHT : 1));
  }

  return function search(query: Query, postType: PostType | undefined): Hits {
    const typed = termsOf(query, false, known);
    if (!asksForAnything(typed, query)) return NO_HITS;
    const lateMs = nowMs() + TIME_LIMIT_MS;
    const range = {
      from: firstMomentAt(query.after ?? 0),
      to: query.before === undefined ? MAX_MOMENT : firstMomentAt(query.before),
    };
    const marks = [...query.hashtags.map(hashtagToken), ...(postType ? [postTypeToken(postType)] : [])];
    const exact = gather({ terms: typed, marks }, range, lateMs);
    const found = ordered(typed, exact, lateMs + EXTRA_MS);
    if (!isComplete(exact)) return { ...exact, moments: found };
    const terms = complete(termsOf(query, true, known));
    if (terms.every.flat().length === typed.every.flat().length) return { ...exact, moments: found };
    const wider = gather({ terms, marks }, range, Math.max(lateMs, nowMs() + EXTRA_MS));
    return widened(found, wider);
  };
}
