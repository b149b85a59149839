import type { Destination } from './destinations.ts';

/** How much is stored, for `/about`, `/status` and metrics. Times in seconds since 1970. */
export interface Totals {
  readonly notes: number;
  readonly firstAt?: number;
  readonly lastAt?: number;
  /** By platform, posts of the last seven days, including today, that were rejected or abandoned at a destination. */
  readonly lost: Readonly<Record<string, number>>;
  /** Journal entries not yet settled, summed over the active destinations. */
  readonly waiting: number;
  readonly destinations: Readonly<Record<Destination['state'], number>>;
}

/** What happened on one platform in some days, and how its destinations are now. */
export interface PlatformStats {
  /** Posts that readers were to get, on whatever platform. */
  readonly posts: number;
  /** Posts that arrived, counted once per destination. */
  readonly delivered: number;
  /** Posts that were rejected or abandoned. */
  readonly refused: number;
  /** Destinations that subscribed, or came back after being gone. */
  readonly joined: number;
  /** Destinations that unsubscribed or are gone. */
  readonly left: number;
  readonly active: number;
  readonly waiting: number;
  /** The five most frequent reasons why destinations are suspended. */
  readonly suspended: readonly { readonly reason: string; readonly count: number }[];
}

/** Counts, kept as things happen. */
export interface Stats {
  totals(): Promise<Totals>;
  /**
   * How many active destinations of a platform have still to get the note with that key, or to pass over it. Those that
   * wait for their time of delivery aren't counted.
   */
  awaiting(key: string, platform: string): Promise<number>;
  /** Counts of whole UTC days from `fromMs` until before `untilMs`, of the last 60 days. */
  ofPlatform(platform: string, fromMs: number, untilMs: number): Promise<PlatformStats>;
}
