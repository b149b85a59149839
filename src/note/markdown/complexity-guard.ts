/** More marks than this in one paragraph nobody writes by hand, */
const MAX_MARKS = 600;
/** nor in all of them. A `<` only where it begins no tag: tags are quickly read. */
const MAX_ALL_MARKS = 6_000;
const MARK = /[*_[\]`]|~~|&(?=[#a-z])|<(?!\/?[a-z][^<>]*>)/giu;
/** Each line costs the parser as much as a page of words. */
const MAX_LINES = 8_000;
/** nor more tags in all, */
const MAX_TAGS = 6_000;
const TAG = /<\/?[a-z][^<>]*>/giu;
/** nor so many pictures: each is dear to show. */
const MAX_PICTURES = 1_000;
const PICTURE = /!\[|<img\s/giu;
/** nor more quotes and lists inside each other, */
const DEEP = /^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|\[\^[^\]\s]{1,99}\]:)){100}/mu;
/** nor more of what makes the parser go over all that came before: a quote or list that begins, an underlined heading. */
const MAX_TURNS = 600;
const CONTAINER = /^[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|\[\^[^\]\s]{1,99}\]:)/u;
/** Inside another one. */
const NESTED = /^(?:[ \t]+|[ \t]*(?:>|[-*+]|\d{1,9}[.)])[ \t]*)(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])/u;
const UNDERLINE = /^[ \t]*(?:=+|-+)[ \t]*$/u;
/** A bar costs the parser as much as a line of words. */
const MAX_BARS = 4_000;

/** Whether Markdown is made to keep a parser busy, whose time may grow with the square of any of these. */
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

/** Whether a text has more tables in it, or what could become some, than anybody reads. */
export const hasCostlyTables = (words: string): boolean => count(words, /\|/gu) > MAX_BARS;

const count = (words: string, what: RegExp): number => words.match(what)?.length ?? 0;

function countTurns(lines: readonly string[]): number {
  return lines.filter((line, index) => {
    const before = lines[index - 1] ?? '';
    if (CONTAINER.test(line)) return !CONTAINER.test(before) || NESTED.test(line);
    return UNDERLINE.test(line) && before.trim() !== '';
  }).length;
}
