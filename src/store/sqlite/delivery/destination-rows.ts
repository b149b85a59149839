import type { Destination } from '../../destinations.ts';
import { preferencesFromColumn } from '../../preference-columns.ts';
import type { InFlight } from '../../rules/in-flight.ts';
import type { Recipient } from '../../rules/next-task.ts';

/** A row of `destination`; the migrations describe the columns that `Destination` does not show. */
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

/** How far a destination has got, with its row of `in_flight`, whose columns are null if there is none. */
export interface ProgressRow extends Pick<DestinationRow, 'ref' | 'position' | 'ahead_seq'> {
  readonly work_seq: number | null;
  readonly part: number | null;
  readonly is_uncertain: 0 | 1 | null;
  readonly is_priority: 0 | 1 | null;
  readonly attempts: number | null;
  readonly due_ms: number | null;
}

export interface WorkRow extends DestinationRow, ProgressRow {}

const WORK = 'f.seq AS work_seq, f.part, f.is_uncertain, f.is_priority, f.attempts, f.due_ms';
const JOIN = 'LEFT JOIN in_flight AS f ON f.destination = d.ref';

/** Selects `ProgressRow`s. */
export const SELECT_PROGRESS = `SELECT d.ref, d.position, d.ahead_seq, ${WORK} FROM destination AS d ${JOIN}`;

/** Selects `WorkRow`s by an index that is named because the planner might choose one that visits every destination. */
export const selectWork = (index: string): string =>
  `SELECT d.*, ${WORK} FROM destination AS d INDEXED BY ${index} ${JOIN}`;

/** Condition on destination `d`: nothing there is postponed beyond `:now`. */
export const IS_DUE = `NOT EXISTS (SELECT 1 FROM in_flight AS p WHERE p.destination = d.ref AND p.due_ms > :now)`;

/** The entry in flight at a destination, unless its position has moved past it. */
export function inFlightOf(row: ProgressRow): InFlight | undefined {
  if (row.work_seq === null || row.work_seq <= row.position) return undefined;
  return {
    seq: row.work_seq,
    ...(row.part !== null && { part: row.part }),
    isUncertain: row.is_uncertain === 1,
    isPriority: row.is_priority === 1,
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
