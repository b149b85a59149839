import type { DatabaseSync } from 'node:sqlite';
import type { Note } from '../../../note/note.ts';
import type { Deliveries } from '../../deliveries.ts';
import { type CatchUp, type CatchUpThreshold, DIGEST_PART } from '../../delivery-task.ts';
import { digestEnd, digestOf, isFarBehind, type WaitingPost } from '../../rules/digest-rules.ts';
import { passesFilter } from '../../rules/entry-filter.ts';
import { change, select } from '../sql.ts';
import type { DeliveredState } from './delivered-state.ts';
import { inFlightOf, type WorkRow } from './destination-rows.ts';
import type { JournalTable } from './journal-table.ts';
import { preferencesFromColumn } from './preference-columns.ts';

/** A digest that replaces everything waiting for a destination up to the entry `seq`. */
export interface PendingDigest {
  readonly seq: number;
  readonly catchUp: CatchUp;
}

type NoteByKey = (key: string) => Note | undefined;

export type Digests = ReturnType<typeof createDigests>;

/** Contents of digests, and which notes were delivered in them. Its methods run inside the caller's transaction. */
export function createDigests(db: DatabaseSync, journal: JournalTable, delivered: DeliveredState) {
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

  /** The posts up to an entry that the destination wants and does not have, newest first. */
  function waitingFor(row: WorkRow, end: number, noteByKey: NoteByKey): readonly WaitingPost[] {
    const { ref, position, post_types: postTypes } = row;
    const preferences = preferencesFromColumn(row.choices);
    const posts = waiting.all({ ref, position, end, postTypes });
    return posts.filter(({ key }) => passesFilter(preferences, () => noteByKey(key)));
  }

  function pending(
    row: WorkRow,
    seq: number,
    posts: readonly WaitingPost[],
    noteByKey: NoteByKey,
  ): PendingDigest {
    const { ref, position } = row;
    const keys = posts.map(({ key }) => key);
    const changes = changed
      .all({ ref, position, end: seq })
      .map(({ key }) => delivered.changeOf(ref, key, noteByKey(key)));
    const notes = posts.map(({ key, noteId }) => ({ key, noteId }));
    return { seq, catchUp: { digest: digestOf(keys, noteByKey), notes, changes } };
  }

  return {
    /** The digest for a destination that is far behind; `undefined` if it gets its posts one by one. */
    catchUp(
      row: WorkRow,
      nextSeq: number,
      noteByKey: NoteByKey,
      threshold?: CatchUpThreshold,
    ): PendingDigest | undefined {
      const inFlight = inFlightOf(row);
      const place = { position: row.position, nextSeq, head: journal.head(), ...(inFlight && { inFlight }) };
      const end = digestEnd(place, threshold);
      if (end === undefined) return undefined;
      const posts = waitingFor(row, end, noteByKey);
      if (!inFlight && threshold && !isFarBehind(posts, threshold)) return undefined;
      return pending(row, end, posts, noteByKey);
    },
    /** The digest for a destination whose scheduled time has come; it may be empty. */
    scheduled(row: WorkRow, noteByKey: NoteByKey): PendingDigest {
      const seq = inFlightOf(row)?.seq ?? journal.head();
      return pending(row, seq, waitingFor(row, seq, noteByKey), noteByKey);
    },
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
