import type { DatabaseSync } from 'node:sqlite';
import { change } from './sql.ts';

export type StatName = 'posts' | 'delivered' | 'refused' | 'joined' | 'left';

export const DAY_MS = 86_400_000;

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
    count(what, destination = ':', times = 1) {
      const platform = destination.slice(0, destination.indexOf(':'));
      add({ day: Math.floor(now() / DAY_MS), platform, what, times });
    },
  };
}
