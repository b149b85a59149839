import type { DatabaseSync } from 'node:sqlite';
import { documentText } from '../../../note/document.ts';
import { hashtagKey } from '../../../note/hashtag.ts';
import type { Note } from '../../../note/note.ts';
import type { PostType } from '../../../note/post-types.ts';
import { type Spelling, spellingsIn } from '../../../note/search/spellings.ts';
import { asciiTokens, tokenize } from '../../../note/search/tokenizer.ts';
import { change, select } from '../sql.ts';
import { CHECKPOINT_TOKEN, checkpointBelow, hasCheckpoint } from './scan-checkpoints.ts';
import { createVocabulary } from './vocabulary.ts';

/** Token of every note. */
export const ANY_NOTE = '·all';
/** Token of every note of the type. */
export const postTypeToken = (postType: PostType): string => `·${postType}`;
/** Token of every note with the hashtag; in hex, because hashtags may contain characters that separate tokens. */
export const hashtagToken = (hashtag: string): string =>
  `··${Buffer.from(hashtagKey(hashtag)).toString('hex')}`;

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

  /** Checkpoints to add with these notes. */
  function checkpointsFor(moments: Iterable<number>): ReadonlyMap<number, undefined> {
    const wanted = [...moments].filter(hasCheckpoint).map(checkpointBelow);
    const missing = wanted.filter((moment) => entryAt.get({ moment }) === undefined);
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
        const entries = [...added, ...checkpointsFor(added.keys())].sort(([a], [b]) => a - b);
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
  const title = piecesOf(note.title ?? '');
  const body = piecesOf(documentText(note.body));
  const hashtags = note.hashtags.map((hashtag) => ({ hashtag, ...piecesOf(hashtag) }));
  const all = [title, body, ...hashtags];
  const tags = hashtags.map(({ hashtag, tokens }) => `${tokens} ${hashtagToken(hashtag)}`);
  return {
    columns: {
      title: title.tokens,
      body: body.tokens,
      tags: [...tags, ANY_NOTE, postTypeToken(note.postType)].join(' '),
      characters: [...new Set(all.flatMap(({ characters }) => characters))].join(' '),
    },
    words: all.flatMap(({ words }) => words),
    spellings: all.flatMap(({ spellings }) => spellings),
  };
}

/** What one text adds to the index: its tokens; the words and single characters among them; and its spellings. */
interface Pieces {
  readonly tokens: string;
  readonly words: readonly string[];
  readonly characters: readonly string[];
  readonly spellings: readonly Spelling[];
}

function piecesOf(text: string): Pieces {
  const plain = asciiTokens(text);
  const spellings = spellingsIn(text);
  if (plain) return { tokens: plain.join(' '), words: plain, characters: [], spellings };
  const tokens = tokenize(text);
  return {
    tokens: tokens.map(({ token }) => token).join(' '),
    words: tokens.flatMap(({ token, character }) => (character === undefined ? token : [])),
    characters: tokens.flatMap(({ character }) => character ?? []),
    spellings,
  };
}
