import type { DatabaseSync } from 'node:sqlite';
import { select } from '../sql.ts';
import { hashtagToken } from './word-index.ts';

/** Of very many with that beginning only the first in their alphabet are looked at. */
const MAX_LOOKED_AT = 10_000;

/** The hashtags of the archive by their beginning, the most used first. They stand in the full-text index. */
export function createHashtagSuggestions(db: DatabaseSync) {
  // What FTS5 tells of its own index (https://sqlite.org/fts5.html#the_fts5vocab_virtual_table_module).
  db.exec('CREATE VIRTUAL TABLE temp.indexed USING fts5vocab (main, words, row)');
  const beginning = select<{ term: string }>(
    db,
    `SELECT term FROM (
       SELECT term, doc FROM temp.indexed WHERE term >= :from AND term < :to LIMIT ${MAX_LOOKED_AT}
     ) ORDER BY doc DESC, term LIMIT :count`,
  );
  return (typed: string, count: number): readonly string[] => {
    const from = hashtagToken(typed);
    return beginning.all({ from, to: `${from}g`, count }).map(({ term }) => hashtagOf(term));
  };
}

/** What `hashtagToken` made a token of. */
const hashtagOf = (token: string): string =>
  Buffer.from(token.slice(hashtagToken('').length), 'hex').toString();
