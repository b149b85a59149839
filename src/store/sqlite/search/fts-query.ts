import type { Term, Terms } from '../../../note/search/terms.ts';
import { CHECKPOINT_TOKEN } from './scan-checkpoints.ts';
import { ANY_NOTE } from './word-index.ts';

/**
 * What a note must have, as an FTS5 query (https://sqlite.org/fts5.html#full_text_query_syntax). Only tokens get in,
 * each in quotes: nothing that people type is ever syntax.
 */
export interface FtsCriteria {
  readonly terms: Terms;
  /** Tokens that say what a note is; all of them must be there. */
  readonly marks: readonly string[];
}

/** What matches all that is wanted. */
export const matchAll = ({ terms, marks }: FtsCriteria): string =>
  without(terms, positives(terms, marks).join(' AND '));

/** The same, and every milestone: each part by itself, since FTS5 comes back from none of them before it has a match. */
export const matchOrCheckpoint = ({ terms, marks }: FtsCriteria): string =>
  without(terms, positives(terms, marks).map(orMilestone).join(' AND '));

/** What has all the words in the title, and every milestone. */
export const matchInTitle = ({ every }: Terms): string =>
  every.map((group) => orMilestone(`title : ${anyOf(group)}`)).join(' AND ');

/** What has the token. */
export const matchToken = (token: string): string => quoted(token);

function positives({ every }: Terms, marks: readonly string[]): readonly string[] {
  const wanted = [...marks.map((mark) => quoted(mark)), ...every.map(anyOf)];
  return wanted.length > 0 ? wanted : [quoted(ANY_NOTE)];
}

const without = ({ none }: Terms, match: string): string =>
  none.length > 0 ? `(${match}) NOT ${anyOf(none)}` : match;

const orMilestone = (match: string): string => `(${match} OR ${quoted(CHECKPOINT_TOKEN)})`;

const anyOf = (terms: readonly Term[]): string => `(${terms.map(written).join(' OR ')})`;

// Alone, a character is a token of its own column. After others, it begins a pair.
const written = ({ open, tokens }: Term): string =>
  quoted(...tokens) + (open === 'character' && tokens.length > 1 ? '*' : '');

/** No token holds a quote. */
const quoted = (...tokens: readonly string[]): string => `"${tokens.join(' ')}"`;
