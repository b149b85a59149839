import type { DatabaseSync } from 'node:sqlite';
import type { Note } from '../../../note/note.ts';
import { noteTokens } from '../../rules/note-tokens.ts';
import { change, select } from '../sql.ts';
import { CHECKPOINT_TOKEN, checkpointBelow, hasCheckpoint } from './scan-checkpoints.ts';
import { createVocabulary } from './vocabulary.ts';

/** Changes of the full-text index in one transaction. */
export interface IndexBatch {
  add(moment: number, note: Note): void;
  remove(moment: number): void;
  /** Indexes a note again that an older version indexed, if this version indexes it differently. */
  reindex(moment: number, note: Note): void;
  /** Call once, before the commit. */
  write(): void;
}

export type WordIndex = ReturnType<typeof createWordIndex>;

/** Writes the full-text index; `search.ts` reads it. */
export function createWordIndex(db: DatabaseSync) {
  const insert = change(
    db,
    `INSERT INTO words (rowid, title, body, tags, characters) VALUES (:moment, :title, :body, :tags, :characters)`,
  );
  const erase = change(db, 'DELETE FROM words WHERE rowid = :moment');
  const entryAt = select<{ rowid: number }>(db, 'SELECT rowid FROM words WHERE rowid = :moment');
  const vocabulary = createVocabulary(db);

  /** Checkpoints to add with these notes; none where a note is, which other engines and the first version allow. */
  function checkpointsFor(moments: ReadonlyMap<number, Note>): ReadonlyMap<number, undefined> {
    const wanted = [...moments.keys()].filter(hasCheckpoint).map(checkpointBelow);
    const missing = wanted.filter((moment) => !moments.has(moment) && entryAt.get({ moment }) === undefined);
    return new Map(missing.map((moment) => [moment, undefined]));
  }

  function batch(): IndexBatch {
    const added = new Map<number, Note>();
    return {
      add(moment, note) {
        added.set(moment, note);
      },
      remove(moment) {
        if (!added.delete(moment)) erase({ moment });
      },
      reindex(moment, note) {
        if (!wasIndexedOtherwise(note)) return vocabulary.addSpellings(entryOf(note).spellings);
        erase({ moment });
        added.set(moment, note);
      },
      write() {
        // FTS5 batches rows in memory while their ids ascend; relays send the newest first.
        const entries = [...added, ...checkpointsFor(added)].sort(([a], [b]) => a - b);
        for (const [moment, note] of entries) {
          const { columns, words, spellings } = note ? entryOf(note) : CHECKPOINT_ENTRY;
          insert({ moment, ...columns });
          vocabulary.add(words);
          vocabulary.addSpellings(spellings);
        }
        vocabulary.write();
      },
    };
  }

  return { batch };
}

const CHECKPOINT_ENTRY = {
  columns: { title: '', body: '', tags: CHECKPOINT_TOKEN, characters: '' },
  words: [],
  spellings: [],
};

/**
 * Older versions cut rows of tables short in articles and left their HTML in; folded non-ASCII hashtags differently; and
 * found no hashtag right after Chinese characters.
 */
const wasIndexedOtherwise = ({ kind, event: { content, tags }, hashtags }: Note): boolean =>
  kind === ARTICLE ||
  (hashtags.length > 0 &&
    (/＃|#[^\s#]*[^\0-\x7f]|[^\0-\x7f]#/u.test(content) ||
      tags.some(([name, value = '']) => name === 't' && /[^\0-\x7f]/u.test(value))));

const ARTICLE = 30_023;

function entryOf(note: Note) {
  const { title, body, hashtags, marks, characters, words, spellings } = noteTokens(note);
  return {
    columns: {
      title: title.join(' '),
      body: body.join(' '),
      // The token of a hashtag separates its words from those of the next.
      tags: [...hashtags.flatMap(({ tokens, mark }) => [...tokens, mark]), ...marks].join(' '),
      characters: characters.join(' '),
    },
    words,
    spellings,
  };
}
