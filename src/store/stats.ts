import type { Destination } from './delivery-task.ts';

/** How much is kept, for `/about`, `/status` and metrics. Times in seconds since 1970. */
export interface Totals {
  readonly notes: number;
  readonly firstAt?: number;
  readonly lastAt?: number;
  /** Posts of the last seven days, today included, that did not reach a destination for good: refused or given up, by platform. */
  readonly lost: Readonly<Record<string, number>>;
  /** Journal entries not yet settled, added up over the active destinations. */
  readonly waiting: number;
  readonly destinations: Readonly<Record<Destination['state'], number>>;
}

/** What became of posts on one platform in some days, and how its destinations stand now. */
export interface PlatformStats {
  /** Posts that were to reach readers, on whatever platform. */
  readonly posts: number;
  /** Posts that arrived at a destination, each counted there. */
  readonly delivered: number;
  /** Posts that the platform would not have for what is in them. */
  readonly refused: number;
  /** Destinations that came, or came back from being gone; that were ended, or are gone. */
  readonly joined: number;
  readonly left: number;
  readonly active: number;
  readonly waiting: number;
  /** The most frequent reasons why destinations get nothing for now, at most five. */
  readonly suspended: readonly { readonly reason: string; readonly count: number }[];
}
