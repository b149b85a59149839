import { truncateText } from '../../lib/truncate-text.ts';
import { hasAddress } from '../links/label-claims.ts';

const WIDE =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303F\uFF01-\uFF60\p{Emoji_Presentation}]/u;
const NONE = /[\p{M}\p{Cf}]/u;

/**
 * Width of a character in columns: Chinese, Japanese and Korean characters and emoji are twice as wide as Latin letters.
 */
const columnsOf = (character: string): number => (WIDE.test(character) ? 2 : NONE.test(character) ? 0 : 1);

/** Width of a text on a screen, in columns. */
export function displayWidth(words: string): number {
  let sum = 0;
  for (const character of words) sum += columnsOf(character);
  return sum;
}

/**
 * How many UTF-16 units fit into that many columns; never more units than columns, so that piles of combining marks
 * count.
 */
export function unitsWithin(words: string, columns: number): number {
  let [units, sum] = [0, 0];
  for (const character of words) {
    sum += columnsOf(character);
    if (sum > columns || units + character.length > columns) break;
    units += character.length;
  }
  return units;
}

/**
 * Cuts a text to a width in columns, with an ellipsis at the end if anything is cut. Cuts like `truncateText`, but never
 * inside a URL.
 */
export function truncateColumns(words: string, columns: number): string {
  const units = unitsWithin(words, columns);
  if (units >= words.length) return words;
  // The ellipsis takes one column, and may replace a character of two.
  const cut = truncateText(words, unitsWithin(words, columns - 1) + 1);
  const kept = cutBeforeAddress(words, cut.length - 1);
  return kept === cut.length - 1 || kept === 0 ? cut : truncateText(words, kept + 1);
}

/** Moves a cut out of the middle of a URL, to its beginning. */
export function cutBeforeAddress(words: string, at: number): number {
  const start = words.lastIndexOf(' ', at - 1) + 1;
  const end = words.indexOf(' ', at);
  const word = words.slice(start, end < 0 ? undefined : end);
  return start < at && word.length > at - start && hasAddress(word) ? start : at;
}

/** Where a row may break: at spaces, and next to each character of scripts without spaces. */
const PIECES = new RegExp(String.raw`${WIDE.source}|(?:(?!${WIDE.source})[^\s])+|\s`, 'gu');

/** How many rows of a width a text takes, wrapped at spaces and next to wide characters. */
export function countRows(words: string, columns: number): number {
  let [rows, used] = [1, 0];
  for (const [piece] of words.matchAll(PIECES)) {
    const width = displayWidth(piece);
    if (used + width <= columns) used += width;
    else if (piece.trim() !== '') {
      rows += Math.max(1, Math.ceil(width / columns));
      used = width % columns;
    }
  }
  return rows;
}
