import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** One call of a log in the source. */
export interface LogCall {
  readonly file: string;
  /** Every level and event that it may write. */
  readonly levels: readonly string[];
  readonly events: readonly string[];
  /** The call as it is written. */
  readonly text: string;
}

const CALL = /\blog(?:\.(debug|info|warn|error)|\[([^\]]*)\])\(/gu;

/** Every call of a log in the program. */
export function logCalls(): readonly LogCall[] {
  return globSync('{src,commands}/**/*.ts', { cwd: root }).flatMap((file) => {
    const text = readFileSync(`${root}/${file}`, 'utf8');
    return [...text.matchAll(CALL)].map(({ 0: head, 1: level, 2: either = '', index }) => {
      const call = text.slice(index, endOf(text, index + head.length));
      return {
        file,
        levels: level === undefined ? quotedIn(either) : [level],
        events: quotedIn(firstArgument(call.slice(head.length))).filter((name) => name.includes('.')),
        text: call,
      };
    });
  });
}

/** What stands in single quotes or, where it is put together as the program runs, between backticks. */
const quotedIn = (code: string): readonly string[] =>
  [...code.matchAll(/'([^']+)'|`([^`]+)`/gu)].map(([, plain, made]) => plain ?? made ?? '');

/** Behind the bracket that closes the one before `from`. */
function endOf(text: string, from: number): number {
  let depth = 1;
  let at = from;
  for (; depth > 0 && at < text.length; at += 1)
    depth += '([{'.includes(text[at] ?? '') ? 1 : ')]}'.includes(text[at] ?? '') ? -1 : 0;
  return at;
}

/** Up to the comma or bracket that ends it. */
function firstArgument(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if ('([{'.includes(letter)) depth += 1;
    if (depth === 0 && ',)'.includes(letter)) return text.slice(0, at);
    if (')]}'.includes(letter)) depth -= 1;
  }
  return text;
}

/** Events that are written at one of these levels, each once, in order. */
export const eventsAtLevel = (...levels: readonly string[]): readonly string[] =>
  [
    ...new Set(
      logCalls()
        .filter((call) => call.levels.some((level) => levels.includes(level)))
        .flatMap(({ events }) => events),
    ),
  ].sort();
