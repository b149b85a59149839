import type { DatabaseSync } from 'node:sqlite';
import { documentText } from '../../note/document.ts';
import type { Note, PostType } from '../../note/note.ts';
import { type Token, tokensOf } from '../../note/tokens.ts';
import { change } from './sql.ts';

/** Stands in every note. */
export const ANY_NOTE = '·all';
/** Stands in every note of the type. */
export const postTypeToken = (postType: PostType): string => `·${postType}`;
/** Stands in every note with the hashtag. Written in hex, because a hashtag may hold what parts words. */
export const hashtagToken = (hashtag: string): string =>
  `··${Buffer.from(hashtag.normalize('NFC').toLowerCase()).toString('hex')}`;

/** What happens to the full-text index in one transaction. */
export interface IndexBatch {
  add(moment: number, note: Note): void;
  remove(moment: number): void;
  /** To be called once, before the commit. */
  write(): void;
}

/** The writing side of the full-text index; `search.ts` is the reading side. */
export function createWordIndex(db: DatabaseSync): { batch(): IndexBatch } {
  const insert = change(
    db,
    `INSERT INTO words (rowid, title, body, tags, characters) VALUES (:moment, :title, :body, :tags, :characters)`,
  );
  const erase = change(db, 'DELETE FROM words WHERE rowid = :moment');
  const learn = change(
    db,
    'INSERT OR IGNORE INTO vocabulary (word) SELECT value FROM json_each(:words) ORDER BY 1',
  );

  function batch(): IndexBatch {
    const added = new Map<number, Note>();
    return {
      add(moment, note) {
        added.set(moment, note);
      },
      remove(moment) {
        if (!added.delete(moment)) erase({ moment });
      },
      write() {
        const words = new Set<string>();
        // FTS5 gathers rows in memory while their ids go up; relays send the newest first.
        for (const [moment, note] of [...added].sort(([a], [b]) => a - b)) {
          const entry = entryOf(note);
          insert({ moment, ...entry.columns });
          for (const word of entry.words) words.add(word);
        }
        if (words.size > 0) learn({ words: JSON.stringify([...words]) });
      },
    };
  }

  return { batch };
}

function entryOf(note: Note) {
  const title = tokensOf(note.title ?? '');
  const body = tokensOf(documentText(note.body));
  const hashtags = note.hashtags.map((hashtag) => ({ hashtag, tokens: tokensOf(hashtag) }));
  const all = [...title, ...body, ...hashtags.flatMap(({ tokens }) => tokens)];
  const tags = hashtags.map(({ hashtag, tokens }) => `${joined(tokens)} ${hashtagToken(hashtag)}`);
  return {
    columns: {
      title: joined(title),
      body: joined(body),
      tags: [...tags, ANY_NOTE, postTypeToken(note.postType)].join(' '),
      characters: [...new Set(all.flatMap(({ character }) => character ?? []))].join(' '),
    },
    words: all.flatMap(({ token, character }) => (character === undefined ? token : [])),
  };
}

const joined = (tokens: readonly Token[]): string => tokens.map(({ token }) => token).join(' ');
