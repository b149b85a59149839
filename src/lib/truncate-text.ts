/** So far past the cut is looked, so that a word or a grapheme that reaches over it is seen whole. */
const LOOK_AHEAD = 64;

const wordsOf = new Intl.Segmenter('en', { granularity: 'word' });
const graphemesOf = new Intl.Segmenter('en', { granularity: 'grapheme' });

export const oneLine = (words: string): string => words.replace(/\s+/gu, ' ').trim();

/**
 * The words as they are, or as much of their beginning as fits with an ellipsis behind it: never more than `length`
 * UTF-16 units, which is at least as many as platforms count that go by code points. Cut after a word (in Chinese: a
 * character), or between two graphemes where that word is longer than half of the room.
 */
export function truncateText(words: string, length: number): string {
  if (words.length <= length) return words;
  if (length < 1) return '';
  // One grapheme longer than all the room, a letter under a pile of marks: some of them are better than none.
  const kept = fitText(words, length - 1) || words.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/u, '');
  // An ellipsis says that there is more; no other sign is needed before it.
  return `${kept.replace(/[\s.…。,;:，；：–—-]+$/u, '') || kept}…`;
}

/** The same of what they say on one line. */
export const truncateLine = (words: string, length: number): string => truncateText(oneLine(words), length);

/**
 * As much of a text as fits into `length` UTF-16 units, cut where `shortened` cuts, without blanks at the end. Empty where
 * not even one grapheme fits.
 */
export function fitText(words: string, length: number): string {
  if (words.length <= length) return words.trimEnd();
  const window = words.slice(0, length + LOOK_AHEAD);
  const fitting = (parts: Intl.Segments): readonly number[] =>
    [...parts].map(({ index }) => index).filter((index) => index <= length);
  const graphemes = new Set(fitting(graphemesOf.segment(window)));
  const afterWord = fitting(wordsOf.segment(window)).findLast((index) => graphemes.has(index)) ?? 0;
  const cut = afterWord > length / 2 ? afterWord : Math.max(0, ...graphemes);
  return words.slice(0, cut).trimEnd();
}
