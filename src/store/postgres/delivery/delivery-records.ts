import type { Deliveries } from '../../deliveries.ts';
import { type CatchUp, DIGEST_PART, type Receipt } from '../../delivery-task.ts';
import type { StatName } from '../../rules/daily-counts.ts';
import { type InFlight, postponed, settled, withIntent, withReceipt } from '../../rules/in-flight.ts';
import { batched } from '../batched.ts';
import type { DailyStats } from '../daily-stats.ts';
import { type Connection, change, select, together } from '../sql.ts';
import { type DestinationRow, IN_FLIGHT, type InFlightRow, inFlightOf } from './destination-rows.ts';
import { inFlightTable } from './in-flight-table.ts';

type Progress = Pick<DestinationRow, 'ref' | 'position' | 'ahead_seq'>;

interface ProgressRow extends Progress, InFlightRow {
  readonly id: string;
  /** Whether the entry that a result is about is a post. */
  readonly is_post: boolean;
}

/** Locked in a fixed order, so that transactions about the same destinations wait for each other instead of failing. */
const lockProgress = select<ProgressRow>(
  `SELECT d.id, d.ref, d.position, d.ahead_seq, ${IN_FLIGHT}, coalesce(j.action = 'post', false) AS is_post
   FROM unnest(:ids::text[], :seqs::bigint[]) AS asked (id, seq)
   JOIN destination AS d ON d.id = asked.id
   LEFT JOIN in_flight AS f ON f.destination = d.ref LEFT JOIN journal AS j ON j.seq = asked.seq
   ORDER BY d.ref FOR NO KEY UPDATE OF d`,
);
const setProgress = change(
  `UPDATE destination AS d SET position = new.position, ahead_seq = new.ahead_seq,
     held_ms = CASE WHEN d.position < new.position THEN NULL ELSE d.held_ms END
   FROM unnest(:refs::bigint[], :positions::bigint[], :prioritySeqs::bigint[]) AS new (ref, position, ahead_seq)
   WHERE d.ref = new.ref`,
);
const putReceipts = change(
  `INSERT INTO receipt (destination, key, part, note_id, receipt)
   SELECT ref, key, part, nullif(note_id, key), receipt
   FROM unnest(:refs::bigint[], :keys::text[], :parts::int[], :noteIds::text[], :receipts::text[])
     AS new (ref, key, part, note_id, receipt)
   ON CONFLICT (destination, key, part) DO UPDATE SET note_id = excluded.note_id, receipt = excluded.receipt`,
);
const dropReceipts = change(
  'DELETE FROM receipt WHERE destination = :ref AND key = :key AND part >= :fromPart::int',
);
const ON_DIGEST = `destination = :ref AND part = ${DIGEST_PART}`;
const renameDigest = change(`UPDATE receipt SET receipt = :now WHERE ${ON_DIGEST} AND receipt = :was`);
const showOnDigest = change(
  `UPDATE receipt SET note_id = nullif(:noteId, :key) WHERE ${ON_DIGEST} AND key = :key`,
);
const leaveDigest = change(`DELETE FROM receipt WHERE ${ON_DIGEST} AND key = :key`);

interface PartShown extends Receipt {
  readonly ref: number;
  readonly key: string;
}

const rowOf = batched(async (on, asked: readonly { readonly id: string; readonly seq: number }[]) => {
  const rows = await lockProgress.all(on, {
    ids: asked.map(({ id }) => id),
    seqs: asked.map(({ seq }) => seq),
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return asked.map(({ id }) => byId.get(id));
});
const put = batched(async (on, all: readonly PartShown[]) => {
  await putReceipts(on, {
    refs: all.map(({ ref }) => ref),
    keys: all.map(({ key }) => key),
    parts: all.map(({ part }) => part),
    noteIds: all.map(({ noteId }) => noteId),
    receipts: all.map(({ receipt }) => receipt),
  });
  return [];
});
const advance = batched(
  async (
    on,
    all: readonly { readonly ref: number; readonly position: number; readonly prioritySeq: number }[],
  ) => {
    await setProgress(on, {
      refs: all.map(({ ref }) => ref),
      positions: all.map(({ position }) => position),
      prioritySeqs: all.map(({ prioritySeq }) => prioritySeq),
    });
    return [];
  },
);

/**
 * Records the results of tasks, for a crowd of destinations in a handful of statements. Its methods run inside the caller's
 * transaction and ignore deleted destinations.
 */
export function createDeliveryRecords(dailyStats: Pick<DailyStats, 'count'>) {
  const count = batched(
    async (on, all: readonly { readonly what: StatName; readonly id: string; readonly times: number }[]) => {
      const kinds = Map.groupBy(all, ({ what, id }) => `${what} ${id.slice(0, id.indexOf(':'))}`);
      for (const [, same] of [...kinds].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
        const times = same.reduce((sum, one) => sum + one.times, 0);
        if (same[0]) await dailyStats.count(on, same[0].what, same[0].id, times);
      }
      return [];
    },
  );

  async function update(
    on: Connection,
    id: string,
    seq: number,
    next: (before: InFlight | undefined) => InFlight,
  ): Promise<void> {
    const row = await rowOf(on, { id, seq });
    if (row) await inFlightTable.put(on, { ref: row.ref, work: next(inFlightOf(row)) });
  }

  /**
   * Does the `work`, and settles the entry or records that more parts follow, unless the entry is settled already. All
   * statements are sent before the first is answered.
   */
  async function record(
    on: Connection,
    id: string,
    seq: number,
    last: boolean,
    work: (row: ProgressRow) => readonly Promise<unknown>[],
  ): Promise<void> {
    const row = await rowOf(on, { id, seq });
    if (!row) return;
    await together([...work(row), ...progress(on, row, seq, last)]);
  }

  function progress(
    on: Connection,
    row: ProgressRow,
    seq: number,
    last: boolean,
  ): readonly Promise<unknown>[] {
    const { ref, position, ahead_seq: prioritySeq } = row;
    if (seq <= position) return [];
    const before = inFlightOf(row);
    if (!last) return [inFlightTable.put(on, { ref, work: withReceipt(before, seq) })];
    const after = settled({ position, prioritySeq }, before, seq);
    return [
      advance(on, { ref, ...after }),
      ...(row.work_seq === null ? [] : [inFlightTable.remove(on, ref)]),
    ];
  }

  return {
    recordIntent: (on: Connection, id: string, seq: number, part: number) =>
      update(on, id, seq, (before) => withIntent(before, seq, part)),
    postpone: (on: Connection, id: string, seq: number, untilMs: number, uncertain: boolean) =>
      update(on, id, seq, (before) => postponed(before, seq, untilMs, uncertain)),
    recordReceipt: (on: Connection, id: string, seq: number, key: string, receipt: Receipt, last: boolean) =>
      record(on, id, seq, last, ({ ref, is_post: isPost }) => [
        put(on, { ref, key, ...receipt }),
        ...(last && isPost ? [count(on, { what: 'delivered', id, times: 1 })] : []),
      ]),
    recordRemoval: (on: Connection, id: string, seq: number, key: string, fromPart: number, last: boolean) =>
      record(on, id, seq, last, ({ ref }) => [dropReceipts(on, { ref, key, fromPart })]),
    recordDigest: (on: Connection, id: string, seq: number, notes: CatchUp['notes'], receipt: string) =>
      record(on, id, seq, true, ({ ref }) => [
        ...notes.map(({ key, noteId }) => put(on, { ref, key, part: DIGEST_PART, noteId, receipt })),
        count(on, { what: 'delivered', id, times: notes.length }),
      ]),
    recordDigestEdit: (
      on: Connection,
      ...[id, seq, key, { was, receipt, noteId }, last]: Parameters<Deliveries['recordDigestEdit']>
    ) =>
      record(on, id, seq, last, ({ ref }) => [
        renameDigest(on, { ref, was, now: receipt }),
        noteId === undefined ? leaveDigest(on, { ref, key }) : showOnDigest(on, { ref, key, noteId }),
      ]),
    skip: (on: Connection, id: string, seq: number, isRefused: boolean) =>
      record(on, id, seq, true, ({ is_post: isPost }) =>
        isRefused && isPost ? [count(on, { what: 'refused', id, times: 1 })] : [],
      ),
  };
}
