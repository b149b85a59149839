/** More marks than this on one letter are not writing: they climb over the neighbouring lines. */
const MAX_MARKS = 3;
/** Wider than any screen, with room for what is drawn in letters: more blanks in a row show nobody anything. */
const MAX_BLANKS = 200;
/** Looked at from where they begin, not from each of them. */
const BLANKS = new RegExp(`(?<![^\\S\\n])([^\\S\\n]{${MAX_BLANKS}})[^\\S\\n]+`, 'gu');
/** In more than those there is one of these from a place that is a multiple of its length. */
const SAMPLE = MAX_BLANKS / 2;
const SAMPLED = new RegExp(`[^\\S\\n]{${SAMPLE}}`, 'uy');

const rules: readonly (readonly [RegExp, string])[] = [
  [/\r\n?|\u2028|\u2029/gu, '\n'],
  // Controls that show nothing, except tab and line break.
  [/(?![\t\n])\p{Cc}/gu, ''],
  // Marks that reorder what follows (overrides, embeddings, isolates): a way to disguise a file name or a link.
  [/[\u202A-\u202E\u2066-\u2069]/gu, ''],
  // Invisible, and used to hide one word in another. The joiners U+200C and U+200D stay: Persian and emoji need them.
  [/[\u200B\u2060\uFEFF\u00AD\u180E\u{E0000}-\u{E001F}]/gu, ''],
  // Tag letters spell the name of a flag (🏴 and its region); anywhere else they are a text that nobody sees.
  [/(\u{1F3F4}[\u{E0020}-\u{E007E}]{1,8}\u{E007F})|[\u{E0020}-\u{E007F}]+/gu, '$1'],
  [new RegExp(`(\\p{M}{${MAX_MARKS}})\\p{M}+`, 'gu'), '$1'],
  // Halves of a surrogate pair: no platform takes them.
  [/\p{Surrogate}/gu, '\uFFFD'],
];

/** Nothing to take out of it. */
const PLAIN = /^[\t\n\x20-\x7e]*$/;

/** Text as people wrote it: without what is invisible and only there to deceive or to break. */
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
