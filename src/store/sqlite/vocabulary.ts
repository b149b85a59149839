import type { DatabaseSync } from 'node:sqlite';
import { MIN_LETTERS_OPEN } from '../../note/terms.ts';
import { change, whenUndone } from './sql.ts';

/** Words that are remembered as learned, by their hash; a megabyte. */
const REMEMBERED = 2 ** 17;

/** Every word ever indexed that the beginning of one can be completed to. */
export function createVocabulary(db: DatabaseSync) {
  const learn = change(
    db,
    'INSERT OR IGNORE INTO vocabulary (word) SELECT value FROM json_each(:words) ORDER BY 1',
  );
  const remembered = new Float64Array(REMEMBERED);
  let fresh: string[] = [];
  whenUndone(db, () => {
    remembered.fill(0);
    fresh = [];
  });

  /** Nearly all words of a text were learned long ago, and asking the table for each would cost more than indexing it. */
  function add(word: string): void {
    const hash = hashOf(word);
    const place = hash % REMEMBERED;
    if (remembered[place] === hash) return;
    remembered[place] = hash;
    fresh.push(word);
  }

  return {
    add(words: readonly string[]): void {
      for (const word of words) if (word.length > MIN_LETTERS_OPEN) add(word);
    },
    /** Puts what was added into the table, inside the caller's transaction. */
    write(): void {
      if (fresh.length > 0) learn({ words: JSON.stringify(fresh) });
      fresh = [];
    },
  };
}

/** Of 53 bits, so that no two words of an archive are likely to share one. */
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
