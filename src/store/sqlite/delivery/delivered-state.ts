import type { DatabaseSync } from 'node:sqlite';
import type { Note } from '../../../note/note.ts';
import { MAX_LINES } from '../../../note/present/digest.ts';
import { DIGEST_PART, type NoteChange, type Receipt } from '../../delivery-task.ts';
import type { NoteReader } from '../archive/note-reader.ts';
import { select } from '../sql.ts';

export type DeliveredState = ReturnType<typeof createDeliveredState>;

/** What stands at a destination. */
export function createDeliveredState(db: DatabaseSync, reading: NoteReader) {
  const receipts = select<Receipt>(
    db,
    `SELECT coalesce(note_id, key) AS noteId, part, receipt FROM receipt
     WHERE destination = :ref AND key = :key ORDER BY part`,
  );
  const together = select<{ key: string }>(
    db,
    `SELECT r.key FROM receipt AS r JOIN note AS n ON n.key = r.key
     WHERE r.destination = :ref AND r.part = ${DIGEST_PART} AND r.receipt = :receipt AND r.key IS NOT :gone
     ORDER BY n.moment DESC`,
  );

  /** `gone` is to leave it, also where another note has come to its address since. */
  function digestWith(
    ref: number,
    receipt: string,
    gone: string | null,
  ): NonNullable<NoteChange['outdatedDigest']> {
    const keys = together.all({ ref, receipt, gone });
    const notes = keys.slice(0, MAX_LINES).flatMap(({ key }) => reading.noteOfKey(key) ?? []);
    return { receipt, digest: { notes, more: keys.length - notes.length } };
  }

  return {
    /** All that is known here of one note, which is absent where it was taken back. */
    changeOf(ref: number, key: string, note: Note | undefined): NoteChange {
      const all = receipts.all({ ref, key });
      const parts = all.filter(({ part }) => part !== DIGEST_PART);
      const digested = all.find(({ part }) => part === DIGEST_PART);
      const parent =
        note?.replyTo === undefined ? [] : receipts.all({ ref, key: reading.keyOf(note.replyTo) });
      const replyTo = parent.find(({ part }) => part === 0)?.receipt;
      return {
        key,
        ...(note ? { note } : {}),
        receipts: parts.map(({ noteId, part, receipt }) => ({ noteId, part, receipt })),
        ...(replyTo === undefined ? {} : { replyTo }),
        // A digest that shows the newest version is right as it is.
        ...(digested && digested.noteId !== note?.id
          ? { outdatedDigest: digestWith(ref, digested.receipt, note ? null : key) }
          : {}),
      };
    },
  };
}
