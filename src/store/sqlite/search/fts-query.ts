import type { Term, Terms } from '../../../note/search/terms.ts';
import { ANY_NOTE } from '../../rules/note-tokens.ts';
import { CHECKPOINT_TOKEN } from './scan-checkpoints.ts';

/**
 * What a note must contain, for an FTS5 query (https://sqlite.org/fts5.html#full_text_query_syntax). Queries consist of
 * quoted tokens only, so nothing that people type is ever syntax.
 */
export interface FtsCriteria {
  readonly terms: Terms;
  /** Tokens that describe the note; all are required. */
  readonly marks: readonly string[];
}

/** Matches notes that meet all criteria. */
export const matchAll = ({ terms, marks }: FtsCriteria): string =>
  without(terms, positives(terms, marks).join(' AND '));

/** Also matches every checkpoint, in each part of the query, because FTS5 returns from none of them without a match. */
export const matchOrCheckpoint = ({ terms, marks }: FtsCriteria): string =>
  without(terms, positives(terms, marks).map(orCheckpoint).join(' AND '));

/** Matches notes with all words in the title, and every checkpoint. */
export const matchInTitle = ({ every }: Terms): string =>
  every.map((group) => orCheckpoint(`title : ${anyOf(group)}`)).join(' AND ');

/** Matches notes with the token. */
export const matchToken = (token: string): string => quoted(token);

function positives({ every }: Terms, marks: readonly string[]): readonly string[] {
  const required = [...marks.map((mark) => quoted(mark)), ...every.map(anyOf)];
  return required.length > 0 ? required : [quoted(ANY_NOTE)];
}

const without = ({ none }: Terms, match: string): string =>
  none.length > 0 ? `(${match}) NOT ${anyOf(none)}` : match;

const orCheckpoint = (match: string): string => `(${match} OR ${quoted(CHECKPOINT_TOKEN)})`;

const anyOf = (terms: readonly Term[]): string => `(${terms.map(termQuery).join(' OR ')})`;

// A single character is a token in a column of its own, where characters follow each other that don't in the text; after
// other tokens it begins a pair.
const termQuery = ({ open, tokens }: Term): string =>
  open === 'character' && tokens.length > 1 ? `{title body tags} : ${quoted(...tokens)}*` : quoted(...tokens);

/** No token contains a quote. */
const quoted = (...tokens: readonly string[]): string => `"${tokens.join(' ')}"`;
