import type { InFlight } from '../../rules/in-flight.ts';
import { batched } from '../batched.ts';
import { type Connection, change, select } from '../sql.ts';

const put = change(
  `INSERT INTO in_flight (destination, seq, part, is_uncertain, is_priority, attempts, due_ms)
   SELECT * FROM unnest(:refs::bigint[], :seqs::bigint[], :parts::int[], :uncertain::boolean[], :priority::boolean[],
     :attempts::int[], :dueMs::bigint[])
   ON CONFLICT (destination) DO UPDATE SET seq = excluded.seq, part = excluded.part, is_uncertain = excluded.is_uncertain,
     is_priority = excluded.is_priority, attempts = excluded.attempts, due_ms = excluded.due_ms`,
);
const remove = change('DELETE FROM in_flight WHERE destination = ANY (:refs::bigint[])');
const retry = change('UPDATE in_flight SET attempts = 0, due_ms = NULL WHERE destination = :ref');
const clamp = change(
  `UPDATE in_flight AS f SET due_ms = :latest::bigint FROM destination AS d
   WHERE f.due_ms > :latest::bigint AND d.ref = f.destination AND d.platform = :platform AND d.state = 'active'`,
);
const nextDue = select<{ due_ms: number }>(
  `SELECT f.due_ms FROM in_flight AS f JOIN destination AS d ON d.ref = f.destination
   WHERE f.due_ms > :now::bigint AND d.state = 'active' AND d.platform = :platform
     AND d.position < (SELECT seq FROM head)
   ORDER BY f.due_ms LIMIT 1`,
);

interface Work {
  readonly ref: number;
  readonly work: InFlight;
}

export async function putInFlight(on: Connection, all: readonly Work[]): Promise<void> {
  if (all.length === 0) return;
  await put(on, {
    refs: all.map(({ ref }) => ref),
    seqs: all.map(({ work }) => work.seq),
    parts: all.map(({ work }) => work.part ?? null),
    uncertain: all.map(({ work }) => work.isUncertain),
    priority: all.map(({ work }) => work.isPriority),
    attempts: all.map(({ work }) => work.attempts),
    dueMs: all.map(({ work }) => work.dueMs ?? null),
  });
}

/** Work in flight, at most one row per destination; whoever changes it has locked the destination. */
export const inFlightTable = {
  put: batched(async (on, all: readonly Work[]) => {
    await putInFlight(on, all);
    return [];
  }),
  remove: batched(async (on, refs: readonly number[]) => {
    await remove(on, { refs });
    return [];
  }),
  /** Tries again at once, as if nothing had failed. */
  async retry(on: Connection, ref: number): Promise<void> {
    await retry(on, { ref });
  },
  /** Brings forward all work of the platform that is postponed beyond `latest`. */
  async clamp(on: Connection, platform: string, latest: number): Promise<void> {
    await clamp(on, { platform, latest });
  },
  /** When the next postponed work of the platform is due. */
  nextDueMs: async (on: Connection, platform: string, now: number): Promise<number | undefined> =>
    (await nextDue.get(on, { platform, now }))?.due_ms,
};
