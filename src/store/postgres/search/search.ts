import type { Pool } from 'pg';
import type { PostType } from '../../../note/post-types.ts';
import type { Query } from '../../../note/search/query.ts';
import { firstMomentAt, MAX_MOMENT } from '../../rules/moment.ts';
import { hashtagToken, postTypeToken } from '../../rules/note-tokens.ts';
import {
  asksForAnything,
  type Hits,
  hitsOf,
  isComplete,
  MAX_HITS,
  NO_HITS,
  widened,
} from '../../rules/search-hits.ts';
import { select } from '../sql.ts';
import { completed, termsIn } from './archive-words.ts';
import { createEraScan, type Extent } from './era-scan.ts';
import { createRanking } from './ranking.ts';
import { createTimeBox } from './time-box.ts';

/** A search that takes longer stops and says how far back it got. */
const TIME_LIMIT_MS = 65;
/** Extra time to look at the hits, and to look for words with the prefix. */
const EXTRA_MS = 15;

/** Searches of archives of up to this many notes may take as long as they take, which isn't long. */
const SMALL = 20_000;

const extentOf = select<{ oldest: number | null; newest: number | null; notes: number }>(
  `SELECT (SELECT min(moment) FROM word) AS oldest, (SELECT max(moment) FROM word) AS newest,
     (SELECT count FROM note_count) AS notes`,
);

/**
 * Finds the moments of the notes that match a query, best and newest first (`ranking.ts`), with words in every spelling the
 * archive has. Notes that only match a prefix of their words, or `us` for a typed `U.S.`, follow, newest first.
 */
export function createSearch(readers: Pool, nowMs: () => number = () => performance.now()) {
  const within = createTimeBox(readers);
  const scan = createEraScan(within, nowMs);
  const ranked = createRanking(within);

  return async function search(query: Query, postType: PostType | undefined): Promise<Hits> {
    const { typed, open } = await termsIn(readers, query);
    if (!asksForAnything(typed, query)) return NO_HITS;
    const untilMs = nowMs() + TIME_LIMIT_MS;
    const [extent, terms] = await Promise.all([readExtent(readers), completed(readers, open)]);
    if (!extent) return NO_HITS;
    const request = {
      extent,
      limit: MAX_HITS + 1,
      range: {
        from: firstMomentAt(query.after ?? 0),
        to: query.before === undefined ? MAX_MOMENT : firstMomentAt(query.before),
      },
    };
    const marks = [...query.hashtags.map(hashtagToken), ...(postType ? [postTypeToken(postType)] : [])];
    const found = await scan({ ...request, criteria: { terms: typed, marks }, untilMs });
    const exact = hitsOf(found.moments, found.since);
    const moments = await ranked(typed, exact, extent.isSmall ? undefined : EXTRA_MS);
    if (!isComplete(exact) || terms.every.flat().length === typed.every.flat().length)
      return { ...exact, moments };
    const wider = await scan({
      ...request,
      criteria: { terms, marks },
      untilMs: Math.max(untilMs, nowMs() + EXTRA_MS),
    });
    return widened(moments, hitsOf(wider.moments, wider.since));
  };
}

/** Nothing if the archive is empty. */
async function readExtent(readers: Pool): Promise<Extent | undefined> {
  const { oldest, newest, notes = 0 } = (await extentOf.get(readers)) ?? {};
  return typeof oldest === 'number' && typeof newest === 'number'
    ? { oldest, newest, isSmall: notes <= SMALL }
    : undefined;
}
