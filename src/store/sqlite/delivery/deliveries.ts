import type { DatabaseSync } from 'node:sqlite';
import type { Deliveries } from '../../deliveries.ts';
import type { CatchUp, Receipt } from '../../delivery-task.ts';
import { type InFlight, postponed, settled, withIntent, withReceipt } from '../../rules/in-flight.ts';
import type { DailyStats } from '../daily-stats.ts';
import { change, select } from '../sql.ts';
import { inFlightOf, type ProgressRow, SELECT_PROGRESS } from './destination-rows.ts';
import type { Digests } from './digests.ts';
import type { InFlightTable } from './in-flight-table.ts';
import type { JournalTable } from './journal-table.ts';

interface Parts {
  readonly journal: JournalTable;
  readonly digests: Digests;
  readonly inFlight: InFlightTable;
  readonly dailyStats: DailyStats;
}

/** Records the results of tasks. Its methods run inside the caller's transaction and ignore deleted destinations. */
export function createDeliveryRecords(db: DatabaseSync, { journal, digests, inFlight, dailyStats }: Parts) {
  const byId = select<ProgressRow>(db, `${SELECT_PROGRESS} WHERE d.id = :id`);
  const putReceipt = change(
    db,
    `INSERT OR REPLACE INTO receipt (destination, key, part, note_id, receipt)
     VALUES (:ref, :key, :part, nullif(:noteId, :key), :receipt)`,
  );
  const dropReceipts = change(
    db,
    'DELETE FROM receipt WHERE destination = :ref AND key = :key AND part >= :fromPart',
  );
  const setProgress = change(
    db,
    `UPDATE destination SET position = :position, ahead_seq = :prioritySeq,
       held_ms = iif(position < :position, NULL, held_ms) WHERE ref = :ref`,
  );

  function update(id: string, next: (before: InFlight | undefined) => InFlight): void {
    const row = byId.get({ id });
    if (row) inFlight.put(row.ref, next(inFlightOf(row)));
  }

  /** Does the `work`, then settles the entry or records that more parts follow, unless the entry is settled already. */
  function record(id: string, seq: number, last: boolean, work: (ref: number) => void): void {
    const row = byId.get({ id });
    if (!row) return;
    const { ref, position, ahead_seq: prioritySeq } = row;
    work(ref);
    if (seq <= position) return;
    const before = inFlightOf(row);
    if (!last) return inFlight.put(ref, withReceipt(before, seq));
    setProgress({ ref, ...settled({ position, prioritySeq }, before, seq) });
    inFlight.remove(ref);
  }

  return {
    recordIntent: (id: string, seq: number, part: number): void =>
      update(id, (before) => withIntent(before, seq, part)),
    postpone: (id: string, seq: number, untilMs: number, uncertain: boolean): void =>
      update(id, (before) => postponed(before, seq, untilMs, uncertain)),
    recordReceipt(
      id: string,
      seq: number,
      key: string,
      { part, noteId, receipt }: Receipt,
      last: boolean,
    ): void {
      record(id, seq, last, (ref) => putReceipt({ ref, key, part, noteId, receipt }));
      if (last && journal.isPost(seq)) dailyStats.count('delivered', id);
    },
    recordRemoval: (id: string, seq: number, key: string, fromPart: number, last: boolean): void =>
      record(id, seq, last, (ref) => dropReceipts({ ref, key, fromPart })),
    recordDigest(id: string, seq: number, notes: CatchUp['notes'], receipt: string): void {
      record(id, seq, true, (ref) => digests.put(ref, notes, receipt));
      dailyStats.count('delivered', id, notes.length);
    },
    recordDigestEdit: (...[id, seq, key, edit, last]: Parameters<Deliveries['recordDigestEdit']>): void =>
      record(id, seq, last, (ref) => digests.edit(ref, key, edit)),
    skip(id: string, seq: number, isRefused: boolean): void {
      record(id, seq, true, () => undefined);
      if (isRefused && journal.isPost(seq)) dailyStats.count('refused', id);
    },
  };
}
