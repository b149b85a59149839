import { countedUnder, type StatName } from '../rules/daily-counts.ts';
import { type Connection, change } from './sql.ts';

export interface DailyStats {
  /** Counts something on the platform of a destination; posts belong to none. Runs in the transaction of `on`. */
  count(on: Connection, what: StatName, destination?: string, times?: number): Promise<void>;
}

const add = change(
  `INSERT INTO figure (day, platform, what, count) VALUES (:day, :platform, :what, :times)
   ON CONFLICT (day, platform, what) DO UPDATE SET count = figure.count + excluded.count`,
);

/** Counts by UTC day and platform. */
export function createDailyStats(now: () => number): DailyStats {
  return {
    async count(on, what, destination, times = 1) {
      await add(on, { ...countedUnder(now(), destination), what, times });
    },
  };
}
