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

/** Title of a web page: what it is, then whose. */
export const pageTitle = (page: string, author: string): string => `${page} · ${bidiIsolate(author)}`;

/** From one date to another; one date alone if both are the same. */
export const dateRange = (from: string, to: string): string => (from === to ? from : `${from} – ${to}`);
