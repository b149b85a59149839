import { type DateRange, parseNumericDate } from '../dates/date-parser.ts';
import { hashtagKey } from '../hashtag.ts';
import type { Note } from '../note.ts';

/** A parsed search, such as `"rare earth" -gold #china after:2025-03-01`. */
export interface Query {
  /** Words that must all occur, in any order, as typed. */
  readonly words: readonly string[];
  /** Phrases that must occur literally. */
  readonly phrases: readonly string[];
  /** Words or phrases that must not occur. */
  readonly without: readonly string[];
  /** Hashtags that must be present, as made by `hashtagKey`. */
  readonly hashtags: readonly string[];
  /** Seconds since 1970: `after` is inclusive, `before` exclusive. */
  readonly after?: number;
  readonly before?: number;
}

/** One page of results, best and newest first. */
export interface SearchResult {
  readonly notes: readonly Note[];
  /** Number of hits on all pages. */
  readonly total: number;
  /** Whether there are more hits than `total` counts. */
  readonly more: boolean;
  /** Seconds since 1970: older notes weren't searched. To continue, repeat the search with this as `before`. */
  readonly since?: number;
}

/** A query, and any dates in it that can't be parsed. */
export interface ParsedQuery {
  readonly query: Query;
  readonly wrongDates: readonly string[];
}

const PIECE = /(-?)"([^"]*)"?|(-?)[#＃]([\p{L}\p{M}\p{N}_-]+)|(before|after)[:：](\S*)|(\S+)/giu;

/**
 * Parses what people type: words, "a phrase", -not, -"not this", #tag, and `before:` and `after:` with a day, month or
 * year as parsed by `readDate` (by default in UTC). `after:2025` includes all of 2025, `before:2025` none of it. Curly
 * quotes count as straight, full-width signs as ASCII.
 */
export function parseQuery(
  line: string,
  readDate: (written: string) => DateRange | undefined = (written) => parseNumericDate(written, 'UTC'),
): ParsedQuery {
  const words: string[] = [];
  const phrases: string[] = [];
  const without: string[] = [];
  const hashtags: string[] = [];
  const wrongDates: string[] = [];
  const bounds: { after?: number; before?: number } = {};
  for (const match of line.replace(/[“”„«»「」]/gu, '"').matchAll(PIECE)) {
    const [, not, phrase, notTag, tag, bound, date, word = ''] = match;
    if (phrase !== undefined) (not ? without : phrases).push(...(phrase.trim() ? [phrase.trim()] : []));
    else if (tag !== undefined) (notTag ? without : hashtags).push(hashtagKey(tag));
    else if (bound !== undefined) {
      const at = readDate(date ?? '')?.from;
      if (at === undefined) wrongDates.push(date ?? '');
      else bounds[bound.toLowerCase() as 'after' | 'before'] = at;
    } else if (word.startsWith('-') && word.length > 1) without.push(word.slice(1));
    else words.push(word);
  }
  return { query: { words, phrases, without, hashtags, ...bounds }, wrongDates };
}

/** Whether a query is empty. */
export function isEmptyQuery(query: Query): boolean {
  const { words, phrases, hashtags, without, after, before } = query;
  return (
    [...words, ...phrases, ...hashtags, ...without].length === 0 &&
    after === undefined &&
    before === undefined
  );
}
