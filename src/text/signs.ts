import { bidiIsolate } from './isolated.ts';

/** What reads the same in every language. */

/** Of several messages that make one post. */
export const partNumber = (part: number, parts: number): string => `${part}/${parts}`;

/** Stands where a message would have no words of its own. */
export const NO_TEXT = '⋯';

/** Above what a search found. */
export const searchedFor = (query: string): string => `🔍 ${bidiIsolate(query)}`;
