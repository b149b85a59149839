/**
 * Nobody writes more marks by hand, per paragraph and in all. A `<` counts only if it doesn't begin a tag: tags parse
 * fast.
 */
const MAX_MARKS = 600;
const MAX_ALL_MARKS = 6_000;
const MARK = /[*_[\]`]|~~|&(?=[#a-z])|<(?!\/?[a-z][^<>]*>)/giu;
/** Each line costs the parser as much as a page of words. */
const MAX_LINES = 8_000;
/** Nobody writes more tags by hand. */
const MAX_TAGS = 6_000;
const TAG = /<\/?[a-z][^<>]*>/giu;
/** Each picture is expensive to render. */
const MAX_PICTURES = 1_000;
const PICTURE = /!\[|<img\s/giu;
/** A hundred quotes or lists inside each other. */
const DEEP = /^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|\[\^[^\]\s]{1,99}\]:)){100}/mu;
/** Starts of quotes and lists, and underlined headings: each makes the parser go back over the text. */
const MAX_TURNS = 600;
const CONTAINER = /^[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|\[\^[^\]\s]{1,99}\]:)/u;
/** A container inside another one. */
const NESTED = /^(?:[ \t]+|[ \t]*(?:>|[-*+]|\d{1,9}[.)])[ \t]*)(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])/u;
const UNDERLINE = /^[ \t]*(?:=+|-+)[ \t]*$/u;
/** A bar costs the parser as much as a line of words. */
const MAX_BARS = 4_000;

/** Whether Markdown was crafted to keep a parser busy: parsing may take quadratic time in any of these counts. */
export function isTooComplex(words: string): boolean {
  const lines = words.split('\n');
  const marks = words.split(/\n\s*\n/u).map((piece) => count(piece, MARK));
  return (
    lines.length > MAX_LINES ||
    marks.some((found) => found > MAX_MARKS) ||
    marks.reduce((sum, found) => sum + found, 0) > MAX_ALL_MARKS ||
    count(words, TAG) > MAX_TAGS ||
    count(words, PICTURE) > MAX_PICTURES ||
    DEEP.test(words) ||
    countTurns(lines) > MAX_TURNS
  );
}

/** Whether a text has more tables, or lines that could become tables, than anybody reads. */
export const hasCostlyTables = (words: string): boolean => count(words, /\|/gu) > MAX_BARS;

const count = (words: string, what: RegExp): number => words.match(what)?.length ?? 0;

function countTurns(lines: readonly string[]): number {
  return lines.filter((line, index) => {
    const before = lines[index - 1] ?? '';
    if (CONTAINER.test(line)) return !CONTAINER.test(before) || NESTED.test(line);
    return UNDERLINE.test(line) && before.trim() !== '';
  }).length;
}
