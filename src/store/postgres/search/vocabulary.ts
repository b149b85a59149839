import { createLossySet } from '../../../lib/lossy-set.ts';
import { MIN_LETTERS_OPEN } from '../../../note/search/terms.ts';
import type { NoteTokens } from '../../rules/note-tokens.ts';
import { type Connection, change, select, together } from '../sql.ts';

/** Stored words that are cached: a megabyte. */
const CACHED = 2 ** 17;

// In the order of the key, so that two writers can't wait for each other.
const learnWords = change(
  `INSERT INTO vocabulary SELECT word FROM unnest(:words::text[]) AS new (word) ORDER BY word COLLATE "C"
   ON CONFLICT DO NOTHING`,
);
const learnSpellings = change(
  `INSERT INTO spelling SELECT plain, written FROM unnest(:plain::text[], :written::text[]) AS new (plain, written)
   ORDER BY plain COLLATE "C", written COLLATE "C" ON CONFLICT DO NOTHING`,
);
const transactions = select<{ id: string; earlier: string | null }>(
  `SELECT pg_current_xact_id()::text AS id, pg_xact_status(:earlier::text::xid8) AS earlier`,
);

/** What one transaction wrote. */
interface Written {
  readonly transaction: string;
  readonly entries: ReadonlySet<string>;
}

/** Stores every indexed word that a prefix can be expanded to, and every spelling that is not plain. */
export function createVocabulary() {
  // Nearly all words of a text are stored already, and looking each up would cost more than indexing the text.
  const known = createLossySet(CACHED);
  let last: Written | undefined;

  /** What is new of the notes; a spelling is one entry, with its parts separated by a slash. */
  function newEntries(notes: readonly NoteTokens[]): ReadonlySet<string> {
    const entries = new Set<string>();
    for (const { words, spellings } of notes) {
      for (const word of words) if (word.length > MIN_LETTERS_OPEN && !known.has(word)) entries.add(word);
      for (const { plain, written } of spellings) {
        const entry = `${plain}/${written.join(' ')}`;
        if (!known.has(entry)) entries.add(entry);
      }
    }
    return entries;
  }

  /** Adds the vocabulary of notes, inside the caller's transaction. */
  async function learn(on: Connection, notes: readonly NoteTokens[]): Promise<void> {
    const now = await transactions.get(on, { earlier: last?.transaction ?? null });
    // Words of a transaction that was rolled back have to be written again.
    if (now?.earlier === 'committed') last?.entries.forEach((entry) => known.add(entry));
    const entries = newEntries(notes);
    last = now && { transaction: now.id, entries };
    const spellings = [...entries].filter((entry) => entry.includes('/')).map((entry) => entry.split('/'));
    const words = [...entries].filter((entry) => !entry.includes('/'));
    await together([
      words.length > 0 && learnWords(on, { words }),
      spellings.length > 0 &&
        learnSpellings(on, {
          plain: spellings.map(([plain = '']) => plain),
          written: spellings.map(([, written = '']) => written),
        }),
    ]);
  }

  return { learn };
}
