import type { Note } from '../../../note/note.ts';
import { hashtagToken, type NoteTokens, noteTokens } from '../../rules/note-tokens.ts';
import { type Connection, change, select, together } from '../sql.ts';
import { countHashtags } from './hashtags.ts';
import { noteVector } from './note-vector.ts';
import { createVocabulary } from './vocabulary.ts';

/** Changes of the index of words in one transaction. */
export interface IndexBatch {
  add(moment: number, note: Note): void;
  remove(moment: number): void;
  /** Writes them. Call once, at the end of the transaction. */
  write(on: Connection): Promise<void>;
}

export type WordIndex = ReturnType<typeof createWordIndex>;

const MARK = hashtagToken('');

const insert = change(`INSERT INTO word SELECT * FROM unnest(:moments::bigint[], :vectors::tsvector[])`);
const erase = select<{ mark: string }>(
  `WITH erased AS (DELETE FROM word WHERE moment = ANY (:moments::bigint[]) RETURNING words)
   SELECT lexeme AS mark FROM erased, unnest(words) WHERE starts_with(lexeme, '${MARK}')`,
);

/** Writes the index of words; `search.ts` reads it. One per session, because it remembers what the session has written. */
export function createWordIndex() {
  const vocabulary = createVocabulary();

  function batch(): IndexBatch {
    const added = new Map<number, Note>();
    const removed: number[] = [];

    async function marksOfRemoved(on: Connection): Promise<readonly string[]> {
      if (removed.length === 0) return [];
      return (await erase.all(on, { moments: removed })).map(({ mark }) => mark);
    }

    return {
      add(moment, note) {
        added.set(moment, note);
      },
      remove(moment) {
        if (!added.delete(moment)) removed.push(moment);
      },
      async write(on) {
        const tokens = Array.from(added.values(), noteTokens);
        const moments = [...added.keys()];
        const erased = marksOfRemoved(on);
        await together([
          erased,
          moments.length > 0 && insert(on, { moments, vectors: vectorsOf(moments, tokens) }),
          moments.length > 0 && vocabulary.learn(on, tokens),
          erased.then((marks) => countHashtags(on, tokens, marks)),
        ]);
      },
    };
  }

  return { batch };
}

const vectorsOf = (moments: readonly number[], tokens: readonly NoteTokens[]): readonly string[] =>
  tokens.map((one, index) => noteVector(moments[index] ?? 0, one));
