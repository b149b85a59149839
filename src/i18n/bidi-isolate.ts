const RIGHT_TO_LEFT = /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}]/u;

/** Where a command may begin: a slash before a name, at the beginning of a word. */
const LIKE_A_COMMAND = /(?<![\p{L}\p{N}_/<>])\/(?=[a-z0-9_])/giu;
/** WORD JOINER: takes no room and breaks no line. */
const JOINER = '\u2060';

/**
 * A name or word of somebody's to stand inside a sentence of ours. What looks like a command in it is none of ours, so
 * that no touch asks it (`command/sentence`). What runs from right to left is set apart (U+2068, U+2069), so that it does
 * not move the words, numbers and full stops around it.
 */
export function bidiIsolate(words: string): string {
  const quiet = words.replace(LIKE_A_COMMAND, `/${JOINER}`);
  return RIGHT_TO_LEFT.test(quiet) ? `\u2068${quiet}\u2069` : quiet;
}
