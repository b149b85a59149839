import { bidiIsolate } from './bidi-isolate.ts';

/** Keeps what it stands between on one row. */
export const NO_BREAK_SPACE = '\u00a0';

/**
 * A command as one would type it, inside one of our sentences. No-break spaces keep the command and its options together,
 * so that both can be linked (`command/views/command-links`).
 */
export const typedLine = (typed: string): string => typed.replaceAll(' ', NO_BREAK_SPACE);

/** Numbers the messages of one post. */
export const partNumber = (part: number, parts: number): string => `${part}/${parts}`;

/** Stands for a message without any text. */
export const NO_TEXT = '⋯';

/** Heading of search results. */
export const searchedFor = (query: string): string => `🔍 ${bidiIsolate(query)}`;
