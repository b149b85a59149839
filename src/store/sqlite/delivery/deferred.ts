import type { DatabaseSync } from 'node:sqlite';
import { newInFlight } from '../../rules/in-flight.ts';
import { change, select } from '../sql.ts';
import { IS_DUE, selectWork, type WorkRow } from './destination-rows.ts';
import type { InFlightTable } from './in-flight-table.ts';
import type { JournalTable } from './journal-table.ts';

/** The time in milliseconds: of a steady clock, which postponement uses, and since 1970. */
export interface ClockTimes {
  readonly nowMs: number;
  readonly wallMs: number;
}

export type Deferred = ReturnType<typeof createDeferred>;

/**
 * Destinations that wait for a chosen time, and the priority entries they get meanwhile. Its methods run inside the
 * caller's transaction.
 */
export function createDeferred(db: DatabaseSync, journal: JournalTable, inFlight: InFlightTable) {
  const rows = (index: string, which: string, order: string) =>
    select<WorkRow>(
      db,
      `${selectWork(index)}
       WHERE d.state = 'active' AND d.held_ms IS NOT NULL AND d.platform = :platform AND ${which}
         AND d.position < :head AND ${IS_DUE}
         AND d.id NOT IN (SELECT value FROM json_each(:taken))
       ORDER BY ${order} LIMIT :limit`,
    );
  const over = rows('destination_held', 'd.held_ms <= :wall', 'd.held_ms');
  const waiting = rows('destination_ahead', 'd.held_ms > :wall AND d.ahead_seq < :last', 'd.ahead_seq');
  const nextOver = select<{ held_ms: number }>(
    db,
    `SELECT held_ms FROM destination INDEXED BY destination_held
     WHERE state = 'active' AND held_ms IS NOT NULL AND platform = :platform AND held_ms > :wall
     ORDER BY held_ms LIMIT 1`,
  );
  const defer = change(
    db,
    'UPDATE destination SET held_ms = :untilMs, ahead_seq = max(ahead_seq, position) WHERE ref = :ref',
  );
  const release = change(db, 'UPDATE destination SET held_ms = NULL WHERE ref = :ref');
  const considered = change(db, 'UPDATE destination SET ahead_seq = :seq WHERE ref = :ref');

  return {
    defer: (ref: number, untilMs: number): void => void defer({ ref, untilMs }),
    release: (ref: number): void => void release({ ref }),
    /** Destinations whose time has come, the longest waiting first. */
    over: (platform: string, { nowMs, wallMs }: ClockTimes, taken: string, limit: number) =>
      over.all({ platform, head: journal.head(), now: nowMs, wall: wallMs, taken, limit }),
    /** When the next destination's time comes, in milliseconds since 1970. */
    nextOverMs: (platform: string, wallMs: number): number | undefined =>
      nextOver.get({ platform, wall: wallMs })?.held_ms,
    /** Destinations that are still waiting and have priority entries to consider. */
    waiting: (platform: string, { nowMs, wallMs }: ClockTimes, taken: string, limit: number) =>
      waiting.all({
        platform,
        head: journal.head(),
        last: journal.lastPriority(),
        now: nowMs,
        wall: wallMs,
        taken,
        limit,
      }),
    /** Records that an entry is delivered ahead of its turn. */
    begin: (ref: number, seq: number): void => inFlight.put(ref, newInFlight(seq, true)),
    /** No entry up to `seq` is delivered ahead of its turn, or all that are have been. */
    considered: (ref: number, seq: number): void => void considered({ ref, seq }),
  };
}
