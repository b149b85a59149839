import type { DatabaseSync } from 'node:sqlite';
import { DIGEST_PART, type Receipt } from '../../delivery-task.ts';
import { select } from '../sql.ts';

export type DeliveredState = ReturnType<typeof createDeliveredState>;

/** What destinations have received. */
export function createDeliveredState(db: DatabaseSync) {
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
    /** Keys of the archived notes that the digest with that receipt stands for, newest first. */
    notesOnDigest: (ref: number, receipt: string): readonly string[] =>
      onDigest.all({ ref, receipt }).map(({ key }) => key),
  };
}
