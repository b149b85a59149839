import type { Term, Terms } from '../../../note/search/terms.ts';
import { ANY_NOTE } from '../../rules/note-tokens.ts';
import { characterLexeme, lexemeOf, pairLexeme, quoted } from './lexemes.ts';

/**
 * What a note must contain, for a `tsquery` (https://www.postgresql.org/docs/current/datatype-textsearch.html#DATATYPE-TSQUERY).
 * Queries consist of quoted lexemes only, so nothing that people type is ever syntax.
 */
export interface Criteria {
  readonly terms: Terms;
  /** Tokens that describe the note; all are required. */
  readonly marks: readonly string[];
}

/** Postgres takes a megabyte of lexemes. Nobody types this much; of a pasted page, other spellings are left out. */
const MAX_LENGTH = 250_000;
const MAX_EXCLUDED = 32;

/** Matches notes that meet all criteria and are of one of the eras, if there are any. */
export function matchAll({ terms, marks }: Criteria, eras: readonly string[] = []): string {
  const all = conditions(terms, marks, eras);
  if (all.length <= MAX_LENGTH) return all;
  const asTyped = {
    every: terms.every.map((group) => group.slice(0, 1)),
    none: terms.none.slice(0, MAX_EXCLUDED),
  };
  return conditions(asTyped, marks, eras);
}

function conditions({ every, none }: Terms, marks: readonly string[], eras: readonly string[]): string {
  const required = [...marks.map(matchToken), ...every.map((group) => anyOf(group.map(matchTerm)))];
  return [
    ...(required.length > 0 ? required : [matchToken(ANY_NOTE)]),
    ...none.map((term) => `!${matchTerm(term)}`),
    ...(eras.length > 0 ? [anyOf(eras.map(quoted))] : []),
  ].join(' & ');
}

/** Matches notes with all words in the title. */
export const matchInTitle = ({ every }: Terms): string =>
  every.map((group) => anyOf(group.map((term) => placed(term, 'A')))).join(' & ');

/** All the words, for ranking: by where they are and how often. */
export const wordsOf = ({ every }: Terms): string =>
  every.flatMap((group) => group.map((term) => placed(term))).join(' | ');

/** Matches notes with the token. */
const matchToken = (token: string): string => quoted(lexemeOf(token));

function matchTerm(term: Term): string {
  const { open, tokens } = term;
  const [first = ''] = tokens;
  if (tokens.length > 1) return `(${placed(term)} | ${inPairs(term)})`;
  return open === 'character' ? quoted(characterLexeme(first)) : quoted(first);
}

/** A term by the positions of its words, in any part of a note or in those of a weight. Every character begins a token. */
function placed({ open, tokens }: Term, weight: 'A' | '' = ''): string {
  const flags = (index: number): string =>
    (open === 'character' && index === tokens.length - 1 ? '*' : '') + weight;
  return `(${tokens
    .map((token, index) => quoted(token) + (flags(index) && `:${flags(index)}`))
    .join(' <-> ')})`;
}

/** A phrase in notes that are too long for positions. */
function inPairs({ open, tokens }: Term): string {
  const pairs = tokens
    .slice(1)
    .map((token, index) => quoted(pairLexeme(tokens[index] ?? '', token)))
    .join(' & ');
  return `(${pairs}${open === 'character' ? ':*' : ''})`;
}

const anyOf = (alternatives: readonly string[]): string => `(${alternatives.join(' | ')})`;
