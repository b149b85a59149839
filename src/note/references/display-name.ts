import { normalizeText } from '../parse/normalize.ts';

const MAX_GRAPHEMES = 32;
/** A grapheme can be an endless chain of joined emoji. */
const MAX_LENGTH = 256;
/** Direction marks: beside other words they move what is not theirs. */
const MARKS = /[\u061C\u200E\u200F]/gu;
/** Letters that Unicode counts as such and fonts leave blank. */
const BLANKS = /[\s\u115F\u1160\u2800\u3164\uFFA0]+/gu;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A name that people gave themselves, fit to stand among other words: one line of at most 32 graphemes without
 * controls, marks of direction or an at sign of its own. `undefined` where nothing is left to be seen.
 */
export function displayName(given: string | undefined): string | undefined {
  const line = normalizeText((given ?? '').slice(0, MAX_LENGTH))
    .replace(MARKS, '')
    .replace(BLANKS, ' ')
    .replace(/^[ @]+/u, '')
    .trimEnd();
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(line)) return undefined;
  const all = [...graphemes.segment(line)];
  if (all.length <= MAX_GRAPHEMES) return line;
  const kept = all.slice(0, MAX_GRAPHEMES - 1).map(({ segment }) => segment);
  return `${kept.join('').trimEnd()}…`;
}
