import { memoize } from '../lib/memoize.ts';

/** Widths in parts of the font size, a little more than common sans-serif faces take. The first that matches counts. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/^[\p{Mark}\p{Cf}]$/u, 0],
  [
    /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF00-\uFFEF]$/u,
    1.05,
  ],
  [/^\p{Extended_Pictographic}$/u, 1.4],
  [/^[fijltrI.,:;'!()[\]|\s\u202F\u00A0]$/u, 0.4],
  [/^[mwMWQO@%—…]$/u, 1],
  [/^[\p{Lu}\p{Nd}#&+=~<>$]$/u, 0.72],
  [/^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{P}]$/u, 0.65],
];
/** Arabic ligatures, Devanagari, Thai, anything else. */
const OTHER = 1.2;
/** Longer text is cut anyway. */
const MOST = 400;

const widthOf = memoize(
  (character: string): number => WIDTHS.find(([pattern]) => pattern.test(character))?.[1] ?? OTHER,
);

/** About how wide text is, in the unit of `fontSize`. */
export const textWidth = (words: string, fontSize: number): number =>
  fontSize *
  Array.from(words.slice(0, MOST), (character) => widthOf(character)).reduce((sum, width) => sum + width, 0);

const graphemesOf = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The words on one line, cut with an ellipsis to be no wider than `width`. Empty if nothing fits. */
export function fitWidth(words: string, width: number, fontSize: number): string {
  const whole = words.replace(/\s+/gu, ' ').trim();
  if (whole.length <= MOST && textWidth(whole, fontSize) <= width) return whole;
  const room = width - textWidth('…', fontSize);
  let kept = '';
  let used = 0;
  for (const { segment } of graphemesOf.segment(whole.slice(0, MOST))) {
    used += textWidth(segment, fontSize);
    if (used > room) break;
    kept += segment;
  }
  return kept === '' ? '' : `${kept.trimEnd()}…`;
}
