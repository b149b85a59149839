import type { Pool } from 'pg';
import type { Note } from '../../../note/note.ts';
import type { PostType } from '../../../note/post-types.ts';
import { select } from '../sql.ts';
import type { NoteReader } from './note-reader.ts';

// In the order of an index by type, so no note is read on the way.
const at = select<{ moment: number }>(
  `SELECT moment FROM note WHERE post_type = ANY (:types::text[]) ORDER BY post_type, moment LIMIT 1
   OFFSET (SELECT floor(:share::double precision * count(*)) FROM note WHERE post_type = ANY (:types::text[]))`,
);

/** Finds the note at a fraction, from 0 to 1, of all notes of some types. */
export async function randomNote(
  readers: Pool,
  reader: NoteReader,
  share: number,
  types: readonly PostType[],
): Promise<Note | undefined> {
  const found = await at.get(readers, { share, types });
  return found && (await reader.notesAt(readers, [found.moment]))[0];
}
