import type { DatabaseSync } from 'node:sqlite';
import { iterate, select } from '../sql.ts';
import { isCheckpoint } from './scan-checkpoints.ts';

/** Moments from `from` up to but not including `to`. */
export interface RowidRange {
  readonly from: number;
  readonly to: number;
}

/** What is looked for, and how many of it at most. */
export interface ScanRequest extends RowidRange {
  readonly match: string;
  readonly limit: number;
}

/** So many milestones, some thousand notes each, are always passed: in no smaller archive does anything end too soon. */
const MIN_CHECKPOINTS = 16;

/**
 * Looks through the index from the newest note to the oldest. Where the match has milestones in it, the clock is looked
 * at on each; where it says that it is late, `end` is the moment before which nothing was looked at.
 */
export function createTimeBoxedScan(db: DatabaseSync, nowMs: () => number) {
  const matching = iterate<{ moment: number }>(
    db,
    `SELECT rowid AS moment FROM words WHERE words MATCH :match AND rowid >= :from AND rowid < :to ORDER BY rowid DESC`,
  );
  const noteAt = select<{ moment: number }>(db, 'SELECT moment FROM note WHERE moment = :moment');

  return function look({ from, to, match, limit }: ScanRequest, untilMs: number) {
    const moments: number[] = [];
    let milestones = 0;
    // FTS5 begins and ends where it should only for integers, and numbers come to SQLite as something else.
    for (const { moment } of matching({ match, from: BigInt(from), to: BigInt(to) })) {
      // Notes of the first program may stand anywhere.
      if (!isCheckpoint(moment) || noteAt.get({ moment })) moments.push(moment);
      else if ((milestones += 1) > MIN_CHECKPOINTS && nowMs() >= untilMs) return { moments, end: moment };
      if (moments.length >= limit) break;
    }
    return { moments };
  };
}
