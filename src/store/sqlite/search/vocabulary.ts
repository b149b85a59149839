import type { DatabaseSync } from 'node:sqlite';
import type { Spelling, Spellings } from '../../../note/search/spellings.ts';
import { MIN_LETTERS_OPEN } from '../../../note/search/terms.ts';
import { change, onRollback, select } from '../sql.ts';

/** Hashes of stored words that are cached: a megabyte. */
const CACHED_HASHES = 2 ** 17;
/** More spellings of one word occur only in texts about spelling. */
const MAX_SPELLINGS = 4;

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
  const knownHashes = new Float64Array(CACHED_HASHES);
  let words: string[] = [];
  let spellings: (readonly [plain: string, written: string])[] = [];
  onRollback(db, () => {
    knownHashes.fill(0);
    words = [];
    spellings = [];
  });

  /** Nearly all words of a text are stored already, and looking each up would cost more than indexing the text. */
  function isNew(word: string): boolean {
    const hash = hashOf(word);
    const place = hash % CACHED_HASHES;
    if (knownHashes[place] === hash) return false;
    knownHashes[place] = hash;
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

/** 53 bits, so that two words of an archive are unlikely to collide. */
function hashOf(word: string): number {
  let low = 0;
  let high = 0;
  for (let at = 0; at < word.length; at += 1) {
    const unit = word.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x0100_0193) + 0x9e37_79b9;
    high = Math.imul(high ^ unit, 0x85eb_ca6b) ^ (low >>> 13);
  }
  return (low >>> 0) + (high >>> 11) * 2 ** 32;
}
