import type { DatabaseSync } from 'node:sqlite';
import { createLossySet } from '../../../lib/lossy-set.ts';
import type { Spelling, Spellings } from '../../../note/search/spellings.ts';
import { MIN_LETTERS_OPEN } from '../../../note/search/terms.ts';
import { MAX_SPELLINGS } from '../../rules/completions.ts';
import { change, onRollback, select } from '../sql.ts';

/** Stored words that are cached: a megabyte. */
const CACHED = 2 ** 17;

/** Stores every indexed word that a prefix can be expanded to, and every spelling that is not plain. */
export function createVocabulary(db: DatabaseSync) {
  const learnWords = change(
    db,
    'INSERT OR IGNORE INTO vocabulary (word) SELECT value FROM json_each(:words) ORDER BY 1',
  );
  const learnSpellings = change(
    db,
    `INSERT OR IGNORE INTO spelling (plain, written)
     SELECT value ->> 0, value ->> 1 FROM json_each(:spellings) ORDER BY 1, 2`,
  );
  const known = createLossySet(CACHED);
  let words: string[] = [];
  let spellings: (readonly [plain: string, written: string])[] = [];
  onRollback(db, () => {
    known.clear();
    words = [];
    spellings = [];
  });

  /** Nearly all words of a text are stored already, and looking each up would cost more than indexing the text. */
  function isNew(word: string): boolean {
    if (known.has(word)) return false;
    known.add(word);
    return true;
  }

  return {
    add(added: readonly string[]): void {
      for (const word of added) if (word.length > MIN_LETTERS_OPEN && isNew(word)) words.push(word);
    },
    addSpellings(added: readonly Spelling[]): void {
      for (const { plain, written } of added) {
        const tokens = written.join(' ');
        if (isNew(`${plain} ${tokens}`)) spellings.push([plain, tokens]);
      }
    },
    /** Writes what was added, inside the caller's transaction. */
    write(): void {
      if (words.length > 0) learnWords({ words: JSON.stringify(words) });
      if (spellings.length > 0) learnSpellings({ spellings: JSON.stringify(spellings) });
      words = [];
      spellings = [];
    },
  };
}

/** Spellings of words in the archive that are not plain. */
export function createSpellings(db: DatabaseSync): Spellings {
  const of = select<{ written: string }>(
    db,
    `SELECT written FROM spelling WHERE plain = :plain LIMIT ${MAX_SPELLINGS}`,
  );
  return (plain) => of.all({ plain }).map(({ written }) => written.split(' '));
}
