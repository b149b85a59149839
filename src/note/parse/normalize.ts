/** No script stacks more combining marks on one letter; longer stacks overlap the neighbouring lines. */
const MAX_MARKS = 3;
/** Wider than any screen, with room for ASCII art; a longer run of spaces is useless. */
const MAX_BLANKS = 200;
/** Anchored to the start of a run of spaces, so that a run is scanned once, not once per space. */
const BLANKS = new RegExp(`(?<![^\\S\\n])([^\\S\\n]{${MAX_BLANKS}})[^\\S\\n]+`, 'gu');
/** Any longer run covers a multiple of this offset, so it is enough to sample there. */
const SAMPLE = MAX_BLANKS / 2;
const SAMPLED = new RegExp(`[^\\S\\n]{${SAMPLE}}`, 'uy');

const rules: readonly (readonly [RegExp, string])[] = [
  [/\r\n?|\u2028|\u2029/gu, '\n'],
  // Control characters, except tab and line break.
  [/(?![\t\n])\p{Cc}/gu, ''],
  // Bidirectional overrides, embeddings and isolates: they can disguise a file name or a link.
  [/[\u202A-\u202E\u2066-\u2069]/gu, ''],
  // Invisible characters that can hide one word inside another. The joiners U+200C and U+200D stay: Persian and emoji
  // need them.
  [/[\u200B\u2060\uFEFF\u00AD\u180E\u{E0000}-\u{E001F}]/gu, ''],
  // Tag characters spell the region of a flag (🏴); anywhere else they are invisible text.
  [/(\u{1F3F4}[\u{E0020}-\u{E007E}]{1,8}\u{E007F})|[\u{E0020}-\u{E007F}]+/gu, '$1'],
  [new RegExp(`(\\p{M}{${MAX_MARKS}})\\p{M}+`, 'gu'), '$1'],
  // Lone surrogates: no platform accepts them.
  [/\p{Surrogate}/gu, '\uFFFD'],
];

/** ASCII without control characters needs no normalising. */
const PLAIN = /^[\t\n\x20-\x7e]*$/;

/** The text without invisible characters that only deceive or break the display. */
export function normalizeText(written: string): string {
  const visible = PLAIN.test(written)
    ? written
    : rules.reduce((text, [what, by]) => text.replace(what, by), written);
  return mayHaveManyBlanks(visible) ? visible.replace(BLANKS, '$1') : visible;
}

function mayHaveManyBlanks(text: string): boolean {
  for (let at = 0; at < text.length; at += SAMPLE) {
    SAMPLED.lastIndex = at;
    if (SAMPLED.test(text)) return true;
  }
  return false;
}
