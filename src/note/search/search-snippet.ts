import type { Texts } from '../../i18n/texts.ts';
import { type CooperativeTask, runToCompletion } from '../../lib/time-slicing.ts';
import { type Inline, strong, text } from '../document.ts';
import type { Note } from '../note.ts';
import { displayWidth, truncateColumns, unitsWithin } from '../present/display-width.ts';
import { bodyText, compactText, joinToOneLine, TOLERANCE } from '../present/note-text.ts';
import type { Query } from './query.ts';
import { spellingsOf } from './spellings.ts';
import { type Term, termsOf } from './terms.ts';
import { type Token, tokenize } from './tokenizer.ts';

/** Two rows of a phone, in columns. */
const LENGTH = 66;
/** How much of that comes before the first match, for context. */
const LEAD = 24;
/** If a match ends within this many columns, the snippet starts at the beginning of the text. */
const EARLY = 42;
/** How far a word boundary is searched for, in columns. */
const NEAR = 10;

/** From inclusive, to exclusive, in UTF-16 units. */
type Range = readonly [from: number, to: number];

/** How much text is searched at a time, in UTF-16 units: a few milliseconds. */
const STRETCH = 8_192;
/** Overlap of these pieces, for phrases across their boundary. */
const OVERLAP = 400;

/**
 * The part of a note that matches a query, on one line, with matches emphasised; the note's first words if nothing in the
 * body matches (then the title did). Shows nothing of a note with a content warning. A cooperative task: it yields
 * between pieces.
 */
export function* searchSnippetTask(
  note: Note,
  query: Query,
  texts: Texts,
): CooperativeTask<readonly Inline[]> {
  if (note.warning !== undefined) return [];
  const body = bodyText(note, texts);
  // Only the second text has hashtags, and headings between paragraphs.
  for (const words of [body, joinToOneLine(compactText(note.body, texts))]) {
    for (let at = 0; at < words.length; at += STRETCH - OVERLAP) {
      yield;
      const start = at > 0 ? boundary(words, at) : 0;
      const matches = matchesIn(words.slice(start, boundary(words, at + STRETCH)), query);
      if (matches.length > 0)
        return snippetAround(
          words,
          matches.map(([from, to]): Range => [start + from, start + to]),
        );
    }
  }
  return body ? [text(truncateColumns(body, LENGTH))] : [];
}

function snippetAround(words: string, matches: readonly Range[]): readonly Inline[] {
  const [from, to] = windowOf(words, matches);
  const inside = matches.filter(([start, end]) => start >= from && end <= to);
  const run: Inline[] = [text(from > 0 ? '…' : '')];
  let at = from;
  for (const [start, end] of inside) {
    run.push(text(words.slice(at, start)), strong(text(words.slice(start, end))));
    at = end;
  }
  const rest = words.slice(at, to);
  run.push(text(to < words.length ? `${rest.replace(/[\s.…,;:–—]+$/u, '')}…` : rest));
  return run.filter((inline) => inline.type !== 'text' || inline.text !== '');
}

/** `searchSnippetTask`, run to completion. */
export const searchSnippet = (note: Note, query: Query, texts: Texts): readonly Inline[] =>
  runToCompletion(searchSnippetTask(note, query, texts));

/** Where words and phrases of a query occur, in order, without overlaps. */
function matchesIn(words: string, query: Query): readonly Range[] {
  const tokens = tokenize(words);
  const terms = termsOf(query, true, spellingsOf(words)).every.flat();
  const found = tokens.flatMap((_, index) => terms.flatMap((term) => rangeAt(words, tokens, index, term)));
  const merged: Range[] = [];
  for (const range of found) {
    const last = merged.at(-1);
    if (!last || range[0] >= last[1]) merged.push(range);
    else merged[merged.length - 1] = [last[0], Math.max(last[1], range[1])];
  }
  return merged;
}

function rangeAt(words: string, tokens: readonly Token[], index: number, term: Term): readonly Range[] {
  const last = term.tokens.length - 1;
  const matches = term.tokens.every((wanted, offset) => {
    const { token = '', start, end } = tokens[index + offset] ?? {};
    if (term.capitals?.includes(wanted) && /\p{Ll}/u.test(words.slice(start, end))) return false;
    return token === wanted || (offset === last && term.open !== undefined && token.startsWith(wanted));
  });
  const [first, end] = [tokens[index], tokens[index + last]];
  if (!matches || !first || !end) return [];
  // A single character matches the start of a pair, but only that character was searched for.
  return [
    [first.start, term.open === 'character' && end.character ? end.start + end.character.length : end.end],
  ];
}

/** The window with the most matches, cut between words. */
function windowOf(words: string, matches: readonly Range[]): Range {
  const best = densestRange(words, matches);
  const isShort = words.length <= unitsWithin(words, LENGTH + TOLERANCE);
  if (!best || isShort) return [0, words.length];
  const early = back(words, best[0], LEAD);
  const start =
    displayWidth(words.slice(0, Math.min(best[1], LENGTH))) <= EARLY && best[1] <= LENGTH
      ? 0
      : Math.min(best[0], boundary(words, early));
  const end = Math.max(best[1], start + unitsWithin(words.slice(start, start + LENGTH), LENGTH));
  const isAll = displayWidth(words.slice(end, end + TOLERANCE + 1)) <= TOLERANCE;
  if (isAll && end + TOLERANCE >= words.length) return [start, words.length];
  return [start, Math.max(best[1], boundary(words, back(words, end, NEAR)))];
}

/** The offset this many columns earlier. */
function back(words: string, offset: number, columns: number): number {
  let at = offset;
  while (at > 0 && displayWidth(words.slice(at - 1, offset)) <= columns) at -= 1;
  return at;
}

/** The match after which the most others follow closely; the first of several. */
function densestRange(words: string, matches: readonly Range[]): Range | undefined {
  let best: Range | undefined;
  let most = 0;
  for (const [index, match] of matches.entries()) {
    const end = match[0] + unitsWithin(words.slice(match[0], match[0] + LENGTH), LENGTH - LEAD);
    let reach = index + 1;
    while ((matches[reach]?.[1] ?? Number.POSITIVE_INFINITY) <= end) reach += 1;
    if (!best || reach - index > most) [best, most] = [match, reach - index];
  }
  return best;
}

/** The next start of a word, if one is near; else the offset, moved out of a surrogate pair. */
function boundary(words: string, offset: number): number {
  const space = words.indexOf(' ', offset);
  if (space >= 0 && space - offset <= NEAR) return space + 1;
  return /[\uDC00-\uDFFF]/u.test(words.charAt(offset)) ? offset + 1 : offset;
}
