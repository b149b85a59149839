import type { DatabaseSync } from 'node:sqlite';
import type { Note } from '../../../note/note.ts';
import type { PostType } from '../../../note/post-types.ts';
import { select } from '../sql.ts';
import type { NoteReader } from './note-reader.ts';

/** Finds the note at a fraction, from 0 to 1, of all notes of some types. */
export function createRandomNote(db: DatabaseSync, reader: NoteReader) {
  const types = '(SELECT value FROM json_each(:types))';
  const count = select<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM note WHERE post_type IN ${types}`,
  );
  // In the order of a covering index, so no note is read on the way.
  const at = select<{ moment: number }>(
    db,
    `SELECT moment FROM note WHERE post_type IN ${types} ORDER BY post_type, moment LIMIT 1 OFFSET :offset`,
  );
  return async (share: number, postTypes: readonly PostType[]): Promise<Note | undefined> => {
    const parameters = { types: JSON.stringify(postTypes) };
    const offset = Math.floor(share * (count.get(parameters)?.count ?? 0));
    const found = at.get({ ...parameters, offset });
    return found && (await reader.notesAt([found.moment]))[0];
  };
}
