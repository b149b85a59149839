import type { DatabaseSync } from 'node:sqlite';
import type { HashtagCount } from '../../archive.ts';
import { MAX_HASHTAGS_CONSIDERED } from '../../rules/completions.ts';
import { hashtagToken } from '../../rules/note-tokens.ts';
import { select } from '../sql.ts';

/** Finds hashtags by prefix in the full-text index, the most used first. */
export function createHashtagSuggestions(db: DatabaseSync) {
  // What FTS5 reveals of its own index (https://sqlite.org/fts5.html#the_fts5vocab_virtual_table_module).
  db.exec('CREATE VIRTUAL TABLE temp.indexed USING fts5vocab (main, words, row)');
  const byPrefix = select<{ term: string; doc: number }>(
    db,
    `SELECT term, doc FROM (
       SELECT term, doc FROM temp.indexed WHERE term >= :from AND term < :to LIMIT ${MAX_HASHTAGS_CONSIDERED}
     ) ORDER BY doc DESC, term LIMIT :count`,
  );
  return (prefix: string, count: number): readonly HashtagCount[] => {
    const from = hashtagToken(prefix);
    return byPrefix
      .all({ from, to: `${from}g`, count })
      .map(({ term, doc }) => ({ tag: hashtagOf(term), count: doc }));
  };
}

/** The inverse of `hashtagToken`. */
const hashtagOf = (token: string): string =>
  Buffer.from(token.slice(hashtagToken('').length), 'hex').toString();
