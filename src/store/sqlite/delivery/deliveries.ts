import type { DatabaseSync } from 'node:sqlite';
import type { CatchUp, Receipt } from '../../delivery-task.ts';
import type { Store } from '../../store.ts';
import type { DailyStats } from '../daily-stats.ts';
import { change, select } from '../sql.ts';
import type { ClockTimes, Deferred } from './deferred.ts';
import type { Digests } from './digests.ts';
import type { JournalTable } from './journal-table.ts';

/** Whether the entry is the one that was begun ahead of its turn. */
const IS_PRIORITY = '(begun_ahead AND begun_seq IS :seq)';

/** What became of what is due, and when it is due again. Runs inside the caller's transaction. */
export function createDeliveryRecords(
  db: DatabaseSync,
  journal: JournalTable,
  digests: Digests,
  held: Deferred,
  figures: DailyStats,
) {
  const nextDue = select<{ due_ms: number }>(
    db,
    `SELECT due_ms FROM destination INDEXED BY destination_postponed
     WHERE state = 'active' AND platform = :platform AND due_ms > :now AND position < :head
     ORDER BY due_ms LIMIT 1`,
  );
  const begin = change(
    db,
    `UPDATE destination SET in_doubt = begun_seq IS :seq AND begun_part IS :part, begun_ahead = ${IS_PRIORITY},
       begun_seq = :seq, begun_part = :part WHERE id = :id`,
  );
  const putReceipt = change(
    db,
    `INSERT OR REPLACE INTO receipt (destination, key, part, note_id, receipt)
     SELECT ref, :key, :part, nullif(:noteId, :key), :receipt FROM destination WHERE id = :id`,
  );
  const dropReceipts = change(
    db,
    `DELETE FROM receipt WHERE key = :key AND part >= :fromPart
     AND destination = (SELECT ref FROM destination WHERE id = :id)`,
  );
  const advance = change(
    db,
    `UPDATE destination SET begun_seq = :seq, begun_part = NULL, in_doubt = 0, attempts = 0, due_ms = NULL
     WHERE id = :id AND position < :seq`,
  );
  const settle = change(
    db,
    `UPDATE destination SET position = iif(${IS_PRIORITY}, position, :seq), held_ms = iif(${IS_PRIORITY}, held_ms, NULL),
       ahead_seq = iif(${IS_PRIORITY}, max(ahead_seq, :seq), ahead_seq), begun_seq = NULL, begun_ahead = 0,
       begun_part = NULL, in_doubt = 0, attempts = 0, due_ms = NULL
     WHERE id = :id AND position < :seq`,
  );
  const postpone = change(
    db,
    `UPDATE destination SET due_ms = :until, attempts = attempts + 1, in_doubt = in_doubt OR :uncertain,
       begun_part = iif(in_doubt OR :uncertain, begun_part, NULL) WHERE id = :id`,
  );

  const hasten = change(
    db,
    `UPDATE destination INDEXED BY destination_postponed SET due_ms = :latest
     WHERE state = 'active' AND platform = :platform AND due_ms > :latest`,
  );

  return {
    nextDueMs(platform: string, { nowMs, wallMs }: ClockTimes): number | undefined {
      const postponed = nextDue.get({ platform, now: nowMs, head: journal.head() })?.due_ms;
      const over = held.nextOverMs(platform, wallMs);
      const times = [postponed, over === undefined ? undefined : nowMs + over - wallMs];
      const next = Math.min(...times.filter((time) => time !== undefined));
      return Number.isFinite(next) ? next : undefined;
    },
    hasten(platform: string, latest: number): void {
      hasten({ platform, latest });
    },
    begin(id: string, seq: number, part: number): void {
      begin({ id, seq, part });
    },
    delivered(id: string, seq: number, key: string, receipt: Receipt, last: boolean): void {
      if (last && journal.isPost(seq)) figures.count('delivered', id);
      putReceipt({ id, key, part: receipt.part, noteId: receipt.noteId, receipt: receipt.receipt });
      (last ? settle : advance)({ id, seq });
    },
    removed(id: string, seq: number, key: string, fromPart: number, last: boolean): void {
      dropReceipts({ id, key, fromPart });
      (last ? settle : advance)({ id, seq });
    },
    digested(id: string, seq: number, notes: CatchUp['notes'], receipt: string): void {
      digests.put(id, notes, receipt);
      figures.count('delivered', id, notes.length);
      settle({ id, seq });
    },
    digestEdited(...[id, seq, key, edit, last]: Parameters<Store['deliveries']['recordDigestEdit']>): void {
      digests.edit(id, key, edit);
      (last ? settle : advance)({ id, seq });
    },
    skip(id: string, seq: number, isRefused: boolean): void {
      if (isRefused && journal.isPost(seq)) figures.count('refused', id);
      settle({ id, seq });
    },
    postpone(id: string, untilMs: number, uncertain: boolean): void {
      postpone({ id, until: untilMs, uncertain: uncertain ? 1 : 0 });
    },
  };
}
