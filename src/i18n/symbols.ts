import { bidiIsolate } from './bidi-isolate.ts';

/** Keeps what it stands between on one row. */
export const NO_BREAK_SPACE = '\u00a0';

/** A line that can be typed, as it stands in a sentence of ours: a command and what is behind it are found as one (`command/sentence`). */
export const typedLine = (typed: string): string => typed.replaceAll(' ', NO_BREAK_SPACE);

/** What reads the same in every language. */

/** Of several messages that make one post. */
export const partNumber = (part: number, parts: number): string => `${part}/${parts}`;

/** Stands where a message would have no words of its own. */
export const NO_TEXT = '⋯';

/** Above what a search found. */
export const searchedFor = (query: string): string => `🔍 ${bidiIsolate(query)}`;
