import type { Pool } from 'pg';
import type { Deliveries } from '../../deliveries.ts';
import type { NoteReader } from '../archive/note-reader.ts';
import type { DailyStats } from '../daily-stats.ts';
import type { JournalTable } from '../journal-table.ts';
import type { WriteQueue } from '../write-queue.ts';
import { createDeliveryRecords } from './delivery-records.ts';
import { nextDeferralOverMs } from './due-destinations.ts';
import { inFlightTable } from './in-flight-table.ts';
import { createTaskFinder } from './next-tasks.ts';
import type { EntrySkipper } from './skip-unwanted.ts';

interface Parts {
  readonly readers: Pool;
  readonly queue: WriteQueue;
  readonly journal: JournalTable;
  readonly reader: NoteReader;
  readonly skipper: EntrySkipper;
  readonly dailyStats: DailyStats;
}

export function createDeliveries({
  readers,
  queue,
  journal,
  reader,
  skipper,
  dailyStats,
}: Parts): Deliveries {
  const records = createDeliveryRecords(dailyStats);
  const findTasks = createTaskFinder({ readers, queue, journal, reader, skipper });

  return {
    nextTasks: (platform, nowMs, limit, busy, threshold, wallMs = nowMs) =>
      findTasks({
        platform,
        nowMs: Math.floor(nowMs),
        wallMs: Math.floor(wallMs),
        limit,
        busy,
        threshold,
      }),
    async nextDueMs(platform, nowMs, wallMs = nowMs) {
      const [postponedMs, deferredMs] = await Promise.all([
        inFlightTable.nextDueMs(readers, platform, Math.floor(nowMs)),
        nextDeferralOverMs(readers, platform, Math.floor(wallMs)),
      ]);
      const times = [postponedMs, deferredMs === undefined ? undefined : nowMs + deferredMs - wallMs];
      const next = Math.min(...times.filter((time) => time !== undefined));
      return Number.isFinite(next) ? next : undefined;
    },
    clampPostponed: (platform, latestMs) =>
      queue.write((on) => inFlightTable.clamp(on, platform, Math.floor(latestMs))),
    recordIntent: (id, seq, part) => queue.write((on) => records.recordIntent(on, id, seq, part), id),
    recordReceipt: (id, seq, key, receipt, last) =>
      queue.write((on) => records.recordReceipt(on, id, seq, key, receipt, last), id),
    recordRemoval: (id, seq, key, fromPart, last) =>
      queue.write((on) => records.recordRemoval(on, id, seq, key, fromPart, last), id),
    recordDigest: (id, seq, notes, receipt) =>
      queue.write((on) => records.recordDigest(on, id, seq, notes, receipt), id),
    recordDigestEdit: (...edit) => queue.write((on) => records.recordDigestEdit(on, ...edit), edit[0]),
    skip: (id, seq, isRefused = false) => queue.write((on) => records.skip(on, id, seq, isRefused), id),
    postpone: (id, seq, untilMs, uncertain) =>
      queue.write((on) => records.postpone(on, id, seq, Math.ceil(untilMs), uncertain), id),
  };
}
