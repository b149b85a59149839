import type { DatabaseSync } from 'node:sqlite';
import type { Deliveries } from '../../deliveries.ts';
import { type CatchUp, DIGEST_PART } from '../../delivery-task.ts';
import { preferenceColumns } from '../../preference-columns.ts';
import type { WaitingPost } from '../../rules/digest-rules.ts';
import type { Recipient } from '../../rules/next-task.ts';
import { change, select } from '../sql.ts';

export type Digests = ReturnType<typeof createDigests>;

/** Contents of digests, and which notes were delivered in them. Its methods run inside the caller's transaction. */
export function createDigests(db: DatabaseSync) {
  const waiting = select<WaitingPost>(
    db,
    `SELECT j.key, n.id AS noteId, n.created_at AS createdAt FROM journal AS j JOIN note AS n ON n.key = j.key
     WHERE j.seq > :position AND j.seq <= :end AND j.action = 'post' AND instr(:postTypes, ' ' || j.post_type || ' ')
       AND NOT EXISTS (SELECT 1 FROM journal AS k WHERE k.key = j.key AND k.seq > j.seq AND k.action = 'delete')
       AND NOT EXISTS (SELECT 1 FROM receipt AS r WHERE r.destination = :ref AND r.key = j.key)
     ORDER BY n.moment DESC`,
  );
  const changed = select<{ key: string }>(
    db,
    `SELECT DISTINCT j.key FROM journal AS j
     WHERE j.seq > :position AND j.seq <= :end AND j.action <> 'post'
       AND EXISTS (SELECT 1 FROM receipt AS r WHERE r.destination = :ref AND r.key = j.key)`,
  );
  const put = change(
    db,
    `INSERT OR REPLACE INTO receipt (destination, key, part, note_id, receipt)
     VALUES (:ref, :key, ${DIGEST_PART}, nullif(:noteId, :key), :receipt)`,
  );
  const here = `destination = :ref AND part = ${DIGEST_PART}`;
  const rename = change(db, `UPDATE receipt SET receipt = :now WHERE ${here} AND receipt = :was`);
  const show = change(db, `UPDATE receipt SET note_id = nullif(:noteId, :key) WHERE ${here} AND key = :key`);
  const leave = change(db, `DELETE FROM receipt WHERE ${here} AND key = :key`);

  return {
    /** Posts up to an entry that the destination may want by their types and doesn't have, newest first. */
    waitingPosts(
      { ref, destination: { position, preferences } }: Recipient,
      end: number,
    ): readonly WaitingPost[] {
      const { postTypes } = preferenceColumns(preferences);
      return waiting.all({ ref, position, end, postTypes });
    },
    /** Keys of notes that the destination has and that changed up to an entry. */
    changedNotes: ({ ref, destination: { position } }: Recipient, end: number): readonly string[] =>
      changed.all({ ref, position, end }).map(({ key }) => key),
    /** Records that a digest replaces these notes. */
    put(ref: number, notes: CatchUp['notes'], receipt: string): void {
      for (const { key, noteId } of notes) put({ ref, key, noteId, receipt });
    },
    /** Records that a digest shows another version of a note or, without `noteId`, no longer shows it. */
    edit(
      ref: number,
      key: string,
      { was, receipt, noteId }: Parameters<Deliveries['recordDigestEdit']>[3],
    ): void {
      rename({ ref, was, now: receipt });
      if (noteId === undefined) leave({ ref, key });
      else show({ ref, key, noteId });
    },
  };
}
