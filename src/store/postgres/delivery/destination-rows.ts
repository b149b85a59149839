import type { Destination } from '../../destinations.ts';
import { preferencesFromColumn } from '../../preference-columns.ts';
import type { InFlight } from '../../rules/in-flight.ts';
import type { Recipient } from '../../rules/next-task.ts';

/** A row of `destination`; the migrations of SQLite describe the columns that `Destination` does not show. */
export interface DestinationRow {
  readonly ref: number;
  readonly id: string;
  readonly platform: string;
  readonly source: Destination['source'];
  /** Post types it may want (`candidateTypes`), separated and enclosed by spaces. */
  readonly post_types: string;
  /** Preferences as text; empty for the defaults. */
  readonly choices: string;
  readonly state: Destination['state'];
  readonly reason: string | null;
  readonly position: number;
  readonly gone_ms: number | null;
  readonly held_ms: number | null;
  readonly ahead_seq: number;
}

export const toDestination = (row: DestinationRow): Destination => ({
  id: row.id,
  source: row.source,
  preferences: preferencesFromColumn(row.choices),
  state: row.state,
  ...(row.reason === null ? {} : { reason: row.reason }),
  position: row.position,
});

/** The columns of `in_flight`; null if the destination has no row there. */
export interface InFlightRow {
  readonly work_seq: number | null;
  readonly part: number | null;
  readonly is_uncertain: boolean | null;
  readonly is_priority: boolean | null;
  readonly attempts: number | null;
  readonly due_ms: number | null;
}

export interface WorkRow extends DestinationRow, InFlightRow {}

/** Selects an `InFlightRow`, where `in_flight` is `f`. */
export const IN_FLIGHT = 'f.seq AS work_seq, f.part, f.is_uncertain, f.is_priority, f.attempts, f.due_ms';

/** The entry in flight at a destination, unless its position has moved past it. */
export function inFlightOf(row: InFlightRow & Pick<DestinationRow, 'position'>): InFlight | undefined {
  if (row.work_seq === null || row.work_seq <= row.position) return undefined;
  return {
    seq: row.work_seq,
    ...(row.part !== null && { part: row.part }),
    isUncertain: row.is_uncertain === true,
    isPriority: row.is_priority === true,
    attempts: row.attempts ?? 0,
    ...(row.due_ms !== null && { dueMs: row.due_ms }),
  };
}

export const toRecipient = (row: WorkRow): Recipient => ({
  ref: row.ref,
  destination: toDestination(row),
  inFlight: inFlightOf(row),
  prioritySeq: row.ahead_seq,
});
