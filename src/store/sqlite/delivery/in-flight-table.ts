import type { DatabaseSync } from 'node:sqlite';
import type { InFlight } from '../../rules/in-flight.ts';
import { change, select } from '../sql.ts';

export type InFlightTable = ReturnType<typeof createInFlightTable>;

/** Work in flight, at most one row per destination. Its methods run inside the caller's transaction. */
export function createInFlightTable(db: DatabaseSync) {
  const put = change(
    db,
    `INSERT INTO in_flight (destination, seq, part, is_uncertain, is_priority, attempts, due_ms)
     VALUES (:ref, :seq, :part, :isUncertain, :isPriority, :attempts, :dueMs)
     ON CONFLICT (destination) DO UPDATE SET seq = excluded.seq, part = excluded.part, is_uncertain = excluded.is_uncertain,
       is_priority = excluded.is_priority, attempts = excluded.attempts, due_ms = excluded.due_ms`,
  );
  const remove = change(db, 'DELETE FROM in_flight WHERE destination = :ref');
  const retry = change(db, 'UPDATE in_flight SET attempts = 0, due_ms = NULL WHERE destination = :ref');
  const clamp = change(
    db,
    `UPDATE in_flight SET due_ms = :latest WHERE due_ms > :latest AND EXISTS (
       SELECT 1 FROM destination AS d WHERE d.ref = in_flight.destination AND d.platform = :platform AND d.state = 'active')`,
  );
  const nextDue = select<{ due_ms: number }>(
    db,
    `SELECT f.due_ms FROM in_flight AS f INDEXED BY in_flight_postponed
     CROSS JOIN destination AS d ON d.ref = f.destination
     WHERE f.due_ms > :now AND d.state = 'active' AND d.platform = :platform AND d.position < :head
     ORDER BY f.due_ms LIMIT 1`,
  );

  return {
    put(ref: number, { seq, part, isUncertain, isPriority, attempts, dueMs }: InFlight): void {
      const flags = { isUncertain: isUncertain ? 1 : 0, isPriority: isPriority ? 1 : 0 };
      put({ ref, seq, part: part ?? null, ...flags, attempts, dueMs: dueMs ?? null });
    },
    remove: (ref: number): void => void remove({ ref }),
    /** Tries again at once, as if nothing had failed. */
    retry: (ref: number): void => void retry({ ref }),
    /** Brings forward all work of the platform that is postponed beyond `latest`. */
    clamp: (platform: string, latest: number): void => void clamp({ platform, latest }),
    /** When the next postponed work of the platform is due. */
    nextDueMs: (platform: string, now: number, head: number): number | undefined =>
      nextDue.get({ platform, now, head })?.due_ms,
  };
}
