import { type DateRange, parseNumericDate } from '../dates/date-parser.ts';
import { hashtagKey } from '../hashtag.ts';
import type { Note } from '../note.ts';

/** What a reader looks for, read from a line such as `"rare earth" -gold #china after:2025-03-01`. */
export interface Query {
  /** Words that must all occur, in any order, as typed. */
  readonly words: readonly string[];
  /** Runs of words that must occur as they stand. */
  readonly phrases: readonly string[];
  /** Words or phrases that must not occur. */
  readonly without: readonly string[];
  /** Hashtags that must be there, as `hashtagKey` makes them. */
  readonly hashtags: readonly string[];
  /** Seconds since 1970: at or after `after`, and before `before`. */
  readonly after?: number;
  readonly before?: number;
}

/** One page of what a search found, best and newest first. */
export interface SearchResult {
  readonly notes: readonly Note[];
  /** Hits on all pages. */
  readonly total: number;
  /** There are more hits than are counted. */
  readonly more: boolean;
  /** Seconds since 1970: notes dated before were not looked at; `before` that second looks on. */
  readonly since?: number;
}

/** A query, and the dates in it that can't be read. */
export interface ParsedQuery {
  readonly query: Query;
  readonly wrongDates: readonly string[];
}

const PIECE = /(-?)"([^"]*)"?|(-?)[#＃]([\p{L}\p{M}\p{N}_-]+)|(before|after)[:：](\S*)|(\S+)/giu;

/**
 * Reads what people type: words, "a phrase", -not, -"not this", #tag, `before:` and `after:` with a day, month or year
 * (UTC), as `readDate` reads them. `after:2025` means from its first moment on, `before:2025` up to then. Curly quotes
 * count as straight ones, full-width signs as others.
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

/** Whether a query asks for anything at all. */
export function isEmptyQuery(query: Query): boolean {
  const { words, phrases, hashtags, without, after, before } = query;
  return (
    [...words, ...phrases, ...hashtags, ...without].length === 0 &&
    after === undefined &&
    before === undefined
  );
}
