/** More marks than this in one paragraph nobody writes by hand, */
const MAX_MARKS = 600;
const MARK = /[*_[\]<`]/gu;
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
  return (
    DEEP.test(words) ||
    words.split(/\n\s*\n/u).some((piece) => (piece.match(MARK)?.length ?? 0) > MAX_MARKS) ||
    turnsIn(words.split('\n')) > MAX_TURNS
  );
}

function turnsIn(lines: readonly string[]): number {
  return lines.filter((line, index) => {
    const before = lines[index - 1] ?? '';
    if (CONTAINER.test(line)) return !CONTAINER.test(before) || NESTED.test(line);
    return UNDERLINE.test(line) && before.trim() !== '';
  }).length;
}
