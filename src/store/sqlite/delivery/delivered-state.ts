import type { DatabaseSync } from 'node:sqlite';
import type { Note } from '../../../note/note.ts';
import { DIGEST_PART, type NoteChange, type Receipt } from '../../delivery-task.ts';
import { noteChange } from '../../rules/note-change.ts';
import type { NoteReader } from '../archive/note-reader.ts';
import { select } from '../sql.ts';

export type DeliveredState = ReturnType<typeof createDeliveredState>;

/** What destinations have received. */
export function createDeliveredState(db: DatabaseSync, reader: NoteReader) {
  const receipts = select<Receipt>(
    db,
    `SELECT coalesce(note_id, key) AS noteId, part, receipt FROM receipt
     WHERE destination = :ref AND key = :key ORDER BY part`,
  );
  const onDigest = select<{ key: string }>(
    db,
    `SELECT r.key FROM receipt AS r JOIN note AS n ON n.key = r.key
     WHERE r.destination = :ref AND r.part = ${DIGEST_PART} AND r.receipt = :receipt ORDER BY n.moment DESC`,
  );

  return {
    receipts: (ref: number, key: string): readonly Receipt[] => receipts.all({ ref, key }),
    /** What to do about one note; `note` is its newest version, absent if it was deleted. */
    changeOf: (ref: number, key: string, note: Note | undefined): NoteChange =>
      noteChange(key, note, {
        receipts: (of) => receipts.all({ ref, key: of }),
        keyOf: reader.keyOf,
        notesOnDigest: (receipt) => onDigest.all({ ref, receipt }).map((row) => row.key),
        noteByKey: reader.noteByKey,
      }),
  };
}
