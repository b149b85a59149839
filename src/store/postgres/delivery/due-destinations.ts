import type { Connection } from '../sql.ts';
import { select } from '../sql.ts';
import { IN_FLIGHT, type WorkRow } from './destination-rows.ts';

/** The time in milliseconds: of a steady clock, which postponement uses, and since 1970. */
export interface ClockTimes {
  readonly nowMs: number;
  readonly wallMs: number;
}

/** Of which platform, at what time, which of its destinations are left out, and how many at most. */
export interface DueRequest extends ClockTimes {
  readonly platform: string;
  readonly without: Iterable<string>;
  readonly limit: number;
}

/** Active destinations of a platform that nothing is postponed for, beginning with one end of an index. */
const due = (which: string, order: string) =>
  select<WorkRow>(
    `SELECT d.*, ${IN_FLIGHT} FROM destination AS d LEFT JOIN in_flight AS f ON f.destination = d.ref
     WHERE d.state = 'active' AND ${which} AND d.platform = :platform AND d.position < :head::bigint
       AND (f.due_ms IS NULL OR f.due_ms <= :now::bigint)
       AND NOT EXISTS (SELECT 1 FROM unnest(:without::text[]) AS w (id) WHERE w.id = d.id)
     ORDER BY ${order} LIMIT :limit`,
  );

const inTurn = due('d.held_ms IS NULL', 'd.position, d.ref');
const deferralOver = due('d.held_ms IS NOT NULL AND d.held_ms <= :wall::bigint', 'd.held_ms');
const deferred = due(
  `d.held_ms IS NOT NULL AND d.held_ms > :wall::bigint AND d.ahead_seq < :lastPriority::bigint`,
  'd.ahead_seq',
);
const nextOver = select<{ held_ms: number }>(
  `SELECT held_ms FROM destination
   WHERE state = 'active' AND held_ms IS NOT NULL AND platform = :platform AND held_ms > :wall::bigint
   ORDER BY held_ms LIMIT 1`,
);

/** Destinations that may get a task, by why; the longest waiting first. */
export interface DueDestinations {
  /** Those that wait for a chosen time and may get an entry ahead of its turn. */
  readonly deferred: readonly WorkRow[];
  /** Those whose chosen time has come. */
  readonly deferralOver: readonly WorkRow[];
  readonly inTurn: readonly WorkRow[];
}

/** Where the journal ends, and where its last entry is that may be delivered ahead of its turn. */
export interface JournalEnds {
  readonly head: number;
  readonly lastPriority: number;
}

export async function dueDestinations(
  on: Connection,
  { platform, nowMs, wallMs, without, limit }: DueRequest,
  { head, lastPriority }: JournalEnds,
): Promise<DueDestinations> {
  const values = { platform, head, now: nowMs, wall: wallMs, without: [...without], limit };
  return {
    deferred: await deferred.all(on, { ...values, lastPriority }),
    deferralOver: await deferralOver.all(on, values),
    inTurn: await inTurn.all(on, values),
  };
}

/** When the next deferred destination's time comes, in milliseconds since 1970. */
export const nextDeferralOverMs = async (
  on: Connection,
  platform: string,
  wallMs: number,
): Promise<number | undefined> => (await nextOver.get(on, { platform, wall: wallMs }))?.held_ms;
