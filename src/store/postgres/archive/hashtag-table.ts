import { hashtagKey } from '../../../note/hashtag.ts';
import type { Note } from '../../../note/note.ts';
import { type Connection, change } from '../sql.ts';

export type HashtagTable = ReturnType<typeof createHashtagTable>;

const insert = change(
  'INSERT INTO note_hashtag (tag, moment) SELECT * FROM unnest(:tags::text[], :moments::bigint[])',
);

/** Which notes have a hashtag, in the order of lists. */
export function createHashtagTable() {
  return {
    async add(on: Connection, notes: ReadonlyMap<number, Note>): Promise<void> {
      const rows = [...notes].flatMap(([moment, { hashtags }]) =>
        [...new Set(hashtags.map(listedTag))].map((tag) => ({ tag, moment })),
      );
      if (rows.length === 0) return;
      await insert(on, { tags: rows.map(({ tag }) => tag), moments: rows.map(({ moment }) => moment) });
    },
  };
}

/** UTF-16 units. An index takes rows of up to 2,700 bytes. */
const MAX_LENGTH = 500;

/** The form of a hashtag by which its notes are listed; like the token by which they are found, without half surrogate pairs. */
export const listedTag = (hashtag: string): string => hashtagKey(hashtag).slice(0, MAX_LENGTH).toWellFormed();
