import type { DatabaseSync } from 'node:sqlite';
import { countedUnder, type StatName } from '../rules/daily-counts.ts';
import { change } from './sql.ts';

export interface DailyStats {
  /** Counts something on the platform of a destination; posts belong to none. */
  count(what: StatName, destination?: string, times?: number): void;
}

/** Counts by UTC day and platform. Runs inside the caller's transaction. */
export function createDailyStats(db: DatabaseSync, now: () => number): DailyStats {
  const add = change(
    db,
    `INSERT INTO figure (day, platform, what, count) VALUES (:day, :platform, :what, :times)
     ON CONFLICT (day, platform, what) DO UPDATE SET count = count + excluded.count`,
  );
  return {
    count(what, destination, times = 1) {
      add({ ...countedUnder(now(), destination), what, times });
    },
  };
}
