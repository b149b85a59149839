import type { Inline } from '../../../note/document.ts';
import { originOf } from '../../node-cache.ts';
import { escaped } from './escape.ts';

type Text = Extract<Inline, { readonly type: 'text' }>;

/** UTF-16 units. Shorter pieces are escaped as quickly as they are looked up; passages are longer than a quarter of it. */
const LEAST_PIECE = 256;
const LEAST_PASSAGE = 64;

/**
 * Where a word or a line begins, and what is before it can be escaped without it, and it without what is before it: no hash
 * signs that might end a line, and nothing that might begin one, at least behind an address, where `escaped` begins anew.
 */
const SEAM =
  /(?<=\n)[^\s\p{C}]|(?<=[^\s\p{C}#] )[^\s\p{C}#+\-\d]|(?<=\s[^\s\p{C}:]{0,64}[^\s\p{C}#:] )[#+\-\d]/gu;

/** A text in passages, as far as it was asked for: where each begins, and how it is written. The last has no end yet. */
interface Passages {
  readonly begins: number[];
  readonly written: string[];
}

const known = new WeakMap<Text, Passages>();

/**
 * As `escaped`. Splitting asks for hundreds of pieces of the same text: its passages are escaped once, and of each piece
 * only both ends anew.
 */
export function escapedPiece(piece: Text, rest: string): string {
  const { length } = piece.text;
  const origin = length < LEAST_PIECE ? undefined : originOf(piece);
  if (!origin) return escaped(piece.text, rest);
  const { of, from } = origin;
  const passages = passagesUpTo(from + length, of);
  const { begins, written } = passages;
  // There is a letter on either side of a seam, in the piece as well.
  const first = firstFrom(begins, from + 2);
  const last = firstFrom(begins, from + length) - 1;
  if (last <= first) return escaped(piece.text, rest);
  const head = piece.text.slice(0, (begins[first] ?? 0) - from);
  return (
    escaped(head) +
    written.slice(first, last).join('') +
    escapedAt(of.text, begins[last] ?? 0, from + length, rest)
  );
}

/** What is between a seam and another place. */
function escapedAt(text: string, seam: number, end: number, rest = ''): string {
  // Keeps the beginning of a word from being taken for that of a line.
  const before = text.charAt(seam - 1) === ' ' ? 'a ' : '';
  return escaped(before + text.slice(seam, end), rest).slice(before.length);
}

function passagesUpTo(end: number, of: Text): Passages {
  const passages = known.get(of) ?? { begins: [0], written: [] };
  known.set(of, passages);
  const { begins, written } = passages;
  for (let at = begins.at(-1) ?? 0; at < end; at = begins.at(-1) ?? end) {
    SEAM.lastIndex = at + LEAST_PASSAGE;
    const seam = SEAM.exec(of.text)?.index ?? Number.POSITIVE_INFINITY;
    begins.push(seam);
    if (seam === Number.POSITIVE_INFINITY) break;
    written.push(escapedAt(of.text, at, seam));
  }
  return passages;
}

/** The first passage that begins there or behind it. */
function firstFrom(begins: readonly number[], place: number): number {
  let [low, high] = [0, begins.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((begins[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
