import type { DatabaseSync } from 'node:sqlite';
import { iterate, select } from '../sql.ts';
import { isCheckpoint } from './scan-checkpoints.ts';

/** Row ids from `from` up to but not including `to`. */
export interface RowidRange {
  readonly from: number;
  readonly to: number;
}

/** What to look for, and how many matches at most. */
export interface ScanRequest extends RowidRange {
  readonly match: string;
  readonly limit: number;
}

/** Checkpoints passed before the clock is checked, so that scans of small archives always complete. */
const MIN_CHECKPOINTS = 16;

/**
 * Scans the index from the newest note to the oldest. If the query matches checkpoints, the scan looks at the clock at each;
 * once `untilMs` has passed it stops, and `end` is the row id below which nothing was scanned.
 */
export function createTimeBoxedScan(db: DatabaseSync, nowMs: () => number) {
  const matching = iterate<{ moment: number }>(
    db,
    `SELECT rowid AS moment FROM words WHERE words MATCH :match AND rowid >= :from AND rowid < :to ORDER BY rowid DESC`,
  );
  const noteAt = select<{ moment: number }>(db, 'SELECT moment FROM note WHERE moment = :moment');

  return function scan({ from, to, match, limit }: ScanRequest, untilMs: number) {
    const moments: number[] = [];
    let checkpoints = 0;
    // FTS5 honours bounds only if they are integers; node:sqlite binds numbers as floating point.
    for (const { moment } of matching({ match, from: BigInt(from), to: BigInt(to) })) {
      // Notes that the first version archived may have any row id.
      if (!isCheckpoint(moment) || noteAt.get({ moment })) moments.push(moment);
      else if ((checkpoints += 1) > MIN_CHECKPOINTS && nowMs() >= untilMs) return { moments, end: moment };
      if (moments.length >= limit) break;
    }
    return { moments };
  };
}
