import type { DatabaseSync } from 'node:sqlite';
import type { Terms } from '../../../note/search/terms.ts';
import { completeTerms, MAX_COMPLETIONS } from '../../rules/completions.ts';
import { select } from '../sql.ts';

/** Expands prefixes to the words of the archive. */
export function createPrefixExpansion(db: DatabaseSync): (terms: Terms) => Terms {
  // FTS5's own prefix queries first merge the notes of all words with that prefix: 80 ms for "con" in 100,000 notes, or a
  // file half as large again with a prefix index.
  const completions = select<{ word: string }>(
    db,
    `SELECT word FROM vocabulary WHERE word >= :beginning AND word < :beginning || char(1114111)
     ORDER BY length(word), word LIMIT ${MAX_COMPLETIONS}`,
  );
  const wordsWith = (beginning: string) => completions.all({ beginning }).map(({ word }) => word);
  return (terms) => completeTerms(terms, wordsWith);
}
