import { truncateText } from '../../lib/truncate-text.ts';
import { hasAddress } from '../links/label-claims.ts';

const WIDE =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303F\uFF01-\uFF60\p{Emoji_Presentation}]/u;
const NONE = /[\p{M}\p{Cf}]/u;

/** Columns that a character takes: Chinese, Japanese and Korean characters and emoji are twice as wide as Latin letters. */
const columnsOf = (character: string): number => (WIDE.test(character) ? 2 : NONE.test(character) ? 0 : 1);

/** How wide words are on a screen, in columns. */
export function displayWidth(words: string): number {
  let sum = 0;
  for (const character of words) sum += columnsOf(character);
  return sum;
}

/** How many UTF-16 units of the words fit into so many columns: as many at most, so that marks in piles are counted too. */
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
 * The words as they are, or as much of their beginning as fits into so many columns with an ellipsis behind it, cut as
 * `shortened` cuts, and never inside an address.
 */
export function truncateColumns(words: string, columns: number): string {
  const units = unitsWithin(words, columns);
  if (units >= words.length) return words;
  // The ellipsis takes a column, and may stand behind a character that takes two.
  const cut = truncateText(words, unitsWithin(words, columns - 1) + 1);
  const kept = cutBeforeAddress(words, cut.length - 1);
  return kept === cut.length - 1 || kept === 0 ? cut : truncateText(words, kept + 1);
}

/** Where to cut instead, where that is in the middle of an address: before it. */
export function cutBeforeAddress(words: string, at: number): number {
  const start = words.lastIndexOf(' ', at - 1) + 1;
  const end = words.indexOf(' ', at);
  const word = words.slice(start, end < 0 ? undefined : end);
  return start < at && word.length > at - start && hasAddress(word) ? start : at;
}

/** What a row can be ended before: words, blanks, and each character of scripts without blanks. */
const PIECES = new RegExp(String.raw`${WIDE.source}|(?:(?!${WIDE.source})[^\s])+|\s`, 'gu');

/** In how many rows of so many columns words are shown, wrapped at blanks and beside wide characters. */
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
