/** More marks than this in one paragraph nobody writes by hand, */
const MAX_MARKS = 600;
/** nor in all of them, */
const MAX_ALL_MARKS = 6_000;
const MARK = /[*_[\]<`]|~~/gu;
/** nor so many lines: each costs the parser as much as a page of words. */
const MAX_LINES = 6_000;
/** nor more quotes and lists inside each other, */
const DEEP = /^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){100}/mu;
/** nor more of what makes the parser go over all that came before: a quote or list that begins, an underlined heading. */
const MAX_TURNS = 600;
const CONTAINER = /^[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])/u;
/** Inside another one. */
const NESTED = /^(?:[ \t]+|[ \t]*(?:>|[-*+]|\d{1,9}[.)])[ \t]*)(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])/u;
const UNDERLINE = /^[ \t]*(?:=+|-+)[ \t]*$/u;

/** Whether Markdown is made to keep a parser busy, whose time may grow with the square of any of these. */
export function isOverwrought(words: string): boolean {
  const lines = words.split('\n');
  const marks = words.split(/\n\s*\n/u).map((piece) => piece.match(MARK)?.length ?? 0);
  return (
    lines.length > MAX_LINES ||
    marks.some((count) => count > MAX_MARKS) ||
    marks.reduce((sum, count) => sum + count, 0) > MAX_ALL_MARKS ||
    DEEP.test(words) ||
    turnsIn(lines) > MAX_TURNS
  );
}

function turnsIn(lines: readonly string[]): number {
  return lines.filter((line, index) => {
    const before = lines[index - 1] ?? '';
    if (CONTAINER.test(line)) return !CONTAINER.test(before) || NESTED.test(line);
    return UNDERLINE.test(line) && before.trim() !== '';
  }).length;
}
