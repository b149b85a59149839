import { normalizeText } from '../parse/normalize.ts';

const MAX_GRAPHEMES = 32;
/** A single grapheme can be an endless chain of joined emoji. */
const MAX_LENGTH = 256;
/** Direction marks would reorder the text beside the name. */
const MARKS = /[\u061C\u200E\u200F]/gu;
/** Unicode classes these as letters or symbols, but fonts draw them blank. */
const BLANKS = /[\s\u115F\u1160\u2800\u3164\uFFA0]+/gu;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Sanitizes a self-chosen name for use in a sentence: one line of at most 32 graphemes without control characters,
 * direction marks or a leading at sign. `undefined` if nothing visible is left.
 */
export function displayName(name: string | undefined): string | undefined {
  const line = normalizeText((name ?? '').slice(0, MAX_LENGTH))
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
