const RIGHT_TO_LEFT = /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}]/u;

/** Where a command may begin: a slash before a name, at the start of a word. */
const LIKE_A_COMMAND = /(?<![\p{L}\p{N}_/<>])\/(?=[a-z0-9_])/giu;
/** WORD JOINER: zero width, prevents a line break. */
const JOINER = '\u2060';

/**
 * Makes a name or text that is not ours safe inside one of our sentences. A command in it can't be tapped
 * (`command/views/command-links`). Right-to-left text is isolated (U+2068, U+2069), so that it doesn't move the words,
 * numbers and punctuation around it.
 */
export function bidiIsolate(words: string): string {
  const quiet = words.replace(LIKE_A_COMMAND, `/${JOINER}`);
  return RIGHT_TO_LEFT.test(quiet) ? `\u2068${quiet}\u2069` : quiet;
}
