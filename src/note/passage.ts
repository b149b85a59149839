import { atOnce, type Steps } from '../steps.ts';
import type { Texts } from '../text/texts.ts';
import { type Inline, inlineText, strong, text } from './document.ts';
import type { Note } from './note.ts';
import { asOneLine, briefly, FEW_WORDS } from './present.ts';
import type { Query } from './query.ts';
import { shortLine } from './shortened.ts';
import { spellingsOf } from './spellings.ts';
import { type Term, termsOf } from './terms.ts';
import { type Token, tokensOf } from './tokens.ts';

/** As long as reads well in a list on a phone, in UTF-16 units. */
const LENGTH = 160;
/** How much of that comes before the first match: enough to see what it is about. */
const LEAD = 50;

/** From inclusive, to exclusive, in UTF-16 units. */
type Range = readonly [from: number, to: number];

/** So much of a text is looked through at a time, in UTF-16 units: some milliseconds. */
const STRETCH = 16_384;
/** What a phrase may need of the stretch before it. */
const OVERLAP = 400;

/**
 * The part of a note that answers a query, on one line, with what matched emphasised; the note's first words where
 * nothing in the body matched (the title did, or a hashtag). Nothing of a note with a content warning is shown. The work
 * is done in steps, so that others may have their turn in between.
 */
export function* passageSteps(note: Note, query: Query, texts: Texts): Steps<readonly Inline[]> {
  if (note.warning !== undefined) return [];
  const words = asOneLine(briefly(note.body, texts));
  let matches: readonly Range[] = [];
  for (let at = 0; at < words.length && matches.length === 0; at += STRETCH - OVERLAP) {
    if (at > 0) yield;
    const start = at > 0 ? boundary(words, at) : 0;
    const stretch = words.slice(start, boundary(words, at + STRETCH));
    matches = matchesIn(stretch, query).map(([from, to]): Range => [start + from, start + to]);
  }
  const [from, to] = windowOf(words, matches);
  const inside = matches.filter(([start, end]) => start >= from && end <= to);
  if (inside.length === 0) return words ? [text(shortLine(words, LENGTH))] : [];
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

/** `passageSteps` in one turn. */
export const passage = (note: Note, query: Query, texts: Texts): readonly Inline[] =>
  atOnce(passageSteps(note, query, texts));

/** Whether a passage is the note's own beginning. */
export const isBeginning = (run: readonly Inline[]): boolean =>
  run.length > 0 && !inlineText(run).startsWith('…');

/** Where the words and phrases of a query stand, in order, none overlapping another. */
function matchesIn(words: string, query: Query): readonly Range[] {
  const tokens = tokensOf(words);
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
  // A single character found as the beginning of a pair: only the character was asked for.
  return [
    [first.start, term.open === 'character' && end.character ? end.start + end.character.length : end.end],
  ];
}

/** The stretch with the most matches, cut between words. */
function windowOf(words: string, matches: readonly Range[]): Range {
  const best = densest(matches);
  if (!best) return [0, Math.min(words.length, LENGTH)];
  const from = Math.max(0, Math.min(best[0] - LEAD, words.length - LENGTH));
  const start = from === 0 ? 0 : Math.min(best[0], boundary(words, from));
  const end = Math.min(words.length, Math.max(start + LENGTH, best[1]));
  const isAll = words.length - end <= FEW_WORDS;
  return [start, isAll ? words.length : Math.max(best[1], boundary(words, end - 20))];
}

/** The match after which the most others follow closely; the first of several. */
function densest(matches: readonly Range[]): Range | undefined {
  let best: Range | undefined;
  let most = 0;
  let reach = 0;
  for (const [index, match] of matches.entries()) {
    while ((matches[reach]?.[1] ?? Number.POSITIVE_INFINITY) <= match[0] + LENGTH - LEAD) reach += 1;
    if (!best || reach - index > most) [best, most] = [match, reach - index];
  }
  return best;
}

/** The first beginning of a word at or after an offset, if one is near; else the offset, not inside a character. */
function boundary(words: string, offset: number): number {
  const space = words.indexOf(' ', offset);
  if (space >= 0 && space - offset <= 20) return space + 1;
  return /[\uDC00-\uDFFF]/u.test(words.charAt(offset)) ? offset + 1 : offset;
}
