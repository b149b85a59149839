import type { Inline } from '../../../note/document.ts';
import { originOf } from '../../node-cache.ts';
import { escapeMarkdown } from './escape.ts';

type Text = Extract<Inline, { readonly type: 'text' }>;

/** UTF-16 units. Escaping shorter pieces is as fast as looking them up. */
const LEAST_PIECE = 256;
const LEAST_PASSAGE = 64;

/**
 * The start of a word or line at which text can be divided and both sides escaped separately: there are no hash signs before it,
 * which might end a heading, and nothing after it that might start a line, except after an address, where escaping starts again.
 * `within`: inside a word, so that texts without spaces have seams, too. Neither `http` nor `@everyone` is cut there.
 */
const SEAM =
  /(?<=\n)[^\s\p{C}]|(?<=[^\s\p{C}#] )[^\s\p{C}#+\-\d]|(?<=\s[^\s\p{C}:]{0,64}[^\s\p{C}#:] )[#+\-\d]|(?<=\p{L})(?<within>[^\s\p{C}a-z:])/giu;

/** The passages of a text as far as they were needed: start and escaped text of each. The last one is open. */
interface Passages {
  readonly begins: number[];
  readonly written: string[];
}

const known = new WeakMap<Text, Passages>();

/** Like `escapeMarkdown`, but keeps the escaped passages of long texts, of which splitting tries hundreds of pieces. */
export function escapePiece(piece: Text, rest: string): string {
  const { length } = piece.text;
  const origin = length < LEAST_PIECE ? undefined : originOf(piece);
  if (!origin) return escapeMarkdown(piece.text, rest);
  const { whole, offset } = origin;
  const passages = passagesUpTo(offset + length, whole);
  const { begins, written } = passages;
  // Both sides of a seam need a character within the piece.
  const first = firstFrom(begins, offset + 2);
  const last = firstFrom(begins, offset + length) - 1;
  if (last <= first) return escapeMarkdown(piece.text, rest);
  const head = piece.text.slice(0, (begins[first] ?? 0) - offset);
  return (
    escapeMarkdown(head) +
    written.slice(first, last).join('') +
    escapedAt(whole.text, begins[last] ?? 0, offset + length, rest)
  );
}

/** Escapes the text from a seam to `end`. */
function escapedAt(text: string, seam: number, end: number, rest = ''): string {
  // Keeps the escaper from taking a position inside a line for the start of a line.
  const previous = text.charAt(seam - 1);
  const before = previous === '' || previous === '\n' ? '' : previous === ' ' ? 'a ' : 'a';
  return escapeMarkdown(before + text.slice(seam, end), rest).slice(before.length);
}

function passagesUpTo(end: number, of: Text): Passages {
  const passages = known.get(of) ?? { begins: [0], written: [] };
  known.set(of, passages);
  const { begins, written } = passages;
  for (let at = begins.at(-1) ?? 0; at < end; at = begins.at(-1) ?? end) {
    const seam = seamAfter(at, of.text);
    begins.push(seam);
    if (seam === Number.POSITIVE_INFINITY) break;
    written.push(escapedAt(of.text, at, seam));
  }
  return passages;
}

/** The first seam that is far enough from the one at `from`. */
function seamAfter(from: number, text: string): number {
  SEAM.lastIndex = from + LEAST_PASSAGE;
  let hasColon = false;
  for (let found = SEAM.exec(text); found; found = SEAM.exec(text)) {
    const { index, groups } = found;
    if (groups?.['within'] === undefined) return index;
    // The address or the emoji name may continue here.
    hasColon ||= text.slice(from, index).includes(':');
    if (!hasColon) return index;
  }
  return Number.POSITIVE_INFINITY;
}

/** The first passage that starts at `place` or later. */
function firstFrom(begins: readonly number[], place: number): number {
  let [low, high] = [0, begins.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((begins[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
