import type { DatabaseSync } from 'node:sqlite';
import type { PostType } from '../../note/note.ts';
import type { Term, Terms } from '../../note/terms.ts';
import { ANY_NOTE, hashtagToken, postTypeToken } from './index-words.ts';
import { select } from './sql.ts';

/** How many words the beginning of one is completed to, the shortest first. */
const MAX_COMPLETIONS = 64;

/**
 * Writes FTS5 queries (https://sqlite.org/fts5.html#full_text_query_syntax). Only tokens get in, each in quotes:
 * nothing that people type is ever syntax.
 */
export function createMatch(db: DatabaseSync) {
  // Completing by the vocabulary and not by FTS5's own prefix, which first merges the notes of all words of that
  // beginning: 80 ms for "con" in 100,000 notes, and with an index for it half as much file again.
  const completions = select<{ word: string }>(
    db,
    `SELECT word FROM vocabulary WHERE word >= :beginning AND word < :beginning || char(1114111)
     ORDER BY length(word), word LIMIT ${MAX_COMPLETIONS}`,
  );

  function written(term: Term): readonly string[] {
    const last = term.tokens.at(-1) ?? '';
    const before = term.tokens.slice(0, -1);
    if (term.open === 'word') {
      const words = completions.all({ beginning: last }).map(({ word }) => word);
      return [...new Set([last, ...words])].map((word) => quoted(...before, word));
    }
    // Alone, a character is a token of its own column. After others, it begins a pair.
    return [
      term.open === 'character' && before.length > 0 ? `${quoted(...term.tokens)}*` : quoted(...term.tokens),
    ];
  }

  const group = (terms: readonly Term[]): string => anyOf(terms.flatMap(written));

  return {
    /** What matches all of the terms and marks. */
    all(terms: Terms, hashtags: readonly string[], postType: PostType | undefined): string {
      const wanted = [
        ...terms.every.map(group),
        ...hashtags.map((hashtag) => quoted(hashtagToken(hashtag))),
        ...(postType ? [quoted(postTypeToken(postType))] : []),
      ];
      const positive = wanted.length > 0 ? wanted.join(' AND ') : quoted(ANY_NOTE);
      return terms.none.length > 0 ? `(${positive}) NOT ${group(terms.none)}` : positive;
    },
    /** What has any of the words in the title. */
    title: (terms: Terms): string => `title : ${anyOf(terms.every.map(group))}`,
  };
}

const anyOf = (expressions: readonly string[]): string => `(${expressions.join(' OR ')})`;

/** No token holds a quote. */
const quoted = (...tokens: readonly string[]): string => `"${tokens.join(' ')}"`;
