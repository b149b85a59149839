import { createHash } from 'node:crypto';

/** The longest that Postgres takes, in bytes, is 2,046. */
const MAX_BYTES = 2_000;

/** The lexeme of a token. A token that Postgres wouldn't take, such as that of an endless hashtag, is replaced by its digest. */
export const lexemeOf = (token: string): string =>
  token.length * 3 <= MAX_BYTES || Buffer.byteLength(token) <= MAX_BYTES
    ? token
    : `··${createHash('sha256').update(token).digest('base64url')}`;

/** The lexeme of notes with that single character, which begins a token or is one. */
export const characterLexeme = (character: string): string => `.${character}`;

/** The lexeme of two tokens that follow each other, in notes whose positions Postgres can't hold. */
export const pairLexeme = (first: string, second: string): string => `${first} ${second}`;

/** In a literal. No token has a quote or a backslash. */
export const quoted = (lexeme: string): string => `'${lexeme}'`;
