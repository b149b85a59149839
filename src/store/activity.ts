/** How often something happened in an hour. */
export interface ActivityCount {
  /** Whole hours since 1970, UTC. */
  readonly hour: number;
  /** What happened; the store doesn't know the words. */
  readonly what: string;
  /** A platform or a relay; empty: neither. */
  readonly subject: string;
  /** For durations, how long, as a number of their scale; otherwise 0. */
  readonly bucket: number;
  /** At least 1. */
  readonly count: number;
}

/** Counts of several hours together. */
export type ActivitySum = Omit<ActivityCount, 'hour'>;

/** What happened hour by hour, for charts: the newest `ACTIVITY_HOURS` hours that have counts, whatever the clock says. */
export interface Activity {
  /** Adds to the counts. */
  add(counts: readonly ActivityCount[]): Promise<void>;
  /** Sums from `fromHour` until before `untilHour`. */
  sum(fromHour: number, untilHour: number): Promise<readonly ActivitySum[]>;
}

/** 31 days. Hours are counted, not compared with the clock, so that a wrong one deletes no more than it adds. */
export const ACTIVITY_HOURS = 31 * 24;
