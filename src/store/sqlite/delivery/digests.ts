import type { DatabaseSync } from 'node:sqlite';
import { type Digest, MAX_LINES } from '../../../note/present/digest.ts';
import { type CatchUp, type CatchUpThreshold, DIGEST_PART } from '../../delivery-task.ts';
import type { Store } from '../../store.ts';
import type { NoteReader } from '../archive/note-reader.ts';
import { change, select } from '../sql.ts';
import type { DeliveredState } from './delivered-state.ts';
import { type DestinationRow, hasBegun } from './destinations.ts';
import type { JournalTable } from './journal-table.ts';
import { matchesBeyondType, preferencesFromColumn } from './preference-columns.ts';

interface WaitingRow {
  readonly key: string;
  readonly noteId: string;
  readonly createdAt: number;
}

/** What a destination gets instead of the posts that wait for it, and the entry up to which that goes. */
export interface PendingDigest {
  readonly seq: number;
  readonly catchUp: CatchUp;
}

type NoteOfKey = NoteReader['noteOfKey'];

export type Digests = ReturnType<typeof createDigests>;

/** Digests: sent to those that are far behind or want them so, and edited as long as they stand. Runs inside the caller's transaction. */
export function createDigests(db: DatabaseSync, journal: JournalTable, standing: DeliveredState) {
  const waiting = select<WaitingRow>(
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
     SELECT ref, :key, ${DIGEST_PART}, nullif(:noteId, :key), :receipt FROM destination WHERE id = :id`,
  );
  const here = `destination = (SELECT ref FROM destination WHERE id = :id) AND part = ${DIGEST_PART}`;
  const rename = change(db, `UPDATE receipt SET receipt = :now WHERE ${here} AND receipt = :was`);
  const show = change(db, `UPDATE receipt SET note_id = nullif(:noteId, :key) WHERE ${here} AND key = :key`);
  const leave = change(db, `DELETE FROM receipt WHERE ${here} AND key = :key`);

  function digestOf(rows: readonly WaitingRow[], noteOfKey: NoteOfKey): Digest {
    const notes = rows.slice(0, MAX_LINES).flatMap(({ key }) => noteOfKey(key) ?? []);
    return { notes, more: rows.length - notes.length };
  }

  /** What waits for a destination up to an entry and is wanted there, newest first. */
  function waitingFor(row: DestinationRow, end: number, noteOfKey: NoteOfKey): readonly WaitingRow[] {
    const { ref, position, post_types: postTypes } = row;
    const choices = preferencesFromColumn(row.choices);
    const rows = waiting.all({ ref, position, end, postTypes });
    return rows.filter(({ key }) => matchesBeyondType(choices, () => noteOfKey(key)));
  }

  function upTo(
    seq: number,
    rows: readonly WaitingRow[],
    row: DestinationRow,
    noteOfKey: NoteOfKey,
  ): PendingDigest {
    const { ref, position } = row;
    const changes = changed
      .all({ ref, position, end: seq })
      .map(({ key }) => standing.changeOf(ref, key, noteOfKey(key)));
    const notes = rows.map(({ key, noteId }) => ({ key, noteId }));
    return { seq, catchUp: { digest: digestOf(rows, noteOfKey), notes, changes } };
  }

  return {
    /** What a destination gets that is far behind; `undefined` where it is not. What was begun is finished in the way it was begun. */
    catchUpOf(
      row: DestinationRow,
      nextSeq: number,
      noteOfKey: NoteOfKey,
      far?: CatchUpThreshold,
    ): PendingDigest | undefined {
      if (row.begun_seq === nextSeq) return undefined;
      const begun = row.begun_seq !== null && row.begun_seq > nextSeq ? row.begun_seq : undefined;
      const seq = begun ?? journal.head();
      if (begun === undefined && (far === undefined || seq - row.position <= far.count)) return undefined;
      const rows = waitingFor(row, seq, noteOfKey);
      if (begun === undefined && !(far && isFar(rows, far))) return undefined;
      return upTo(seq, rows, row, noteOfKey);
    },
    /** What a destination gets whose hour has come, though that may be nothing; `undefined` where posts come one by one. */
    rhythmic(row: DestinationRow, noteOfKey: NoteOfKey): PendingDigest | undefined {
      if (preferencesFromColumn(row.choices).rhythm.kind === 'at-once') return undefined;
      const seq = hasBegun(row) ? row.begun_seq : journal.head();
      return upTo(seq, waitingFor(row, seq, noteOfKey), row, noteOfKey);
    },
    /** A digest stands for all these notes. */
    put(id: string, notes: CatchUp['notes'], receipt: string): void {
      for (const { key, noteId } of notes) put({ id, key, noteId, receipt });
    },
    /** A digest was edited on account of one note: it shows another version of it, or (no `noteId`) the note no more. */
    edit(
      id: string,
      key: string,
      { was, receipt, noteId }: Parameters<Store['deliveries']['recordDigestEdit']>[3],
    ): void {
      rename({ id, was, now: receipt });
      if (noteId === undefined) leave({ id, key });
      else show({ id, key, noteId });
    },
  };
}

function isFar(newestFirst: readonly WaitingRow[], { count, beforeS, flood }: CatchUpThreshold): boolean {
  const oldest = newestFirst.at(-1)?.createdAt ?? Number.POSITIVE_INFINITY;
  return newestFirst.length > flood || (newestFirst.length > count && oldest < beforeS);
}
