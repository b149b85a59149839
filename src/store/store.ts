import type { Activity } from './activity.ts';
import type { Archive } from './archive.ts';
import type { Deliveries } from './deliveries.ts';
import type { Destinations } from './destinations.ts';
import type { Journal } from './journal.ts';
import type { Stats } from './stats.ts';
import type { Values } from './values.ts';

/**
 * Everything that must survive a crash, one port per use. Every method of every port is one transaction: when its promise
 * resolves, all of it is durable; when it rejects, none of it happened. Callers never hold a transaction open. Every
 * engine passes the same contract suite, `test/contract/store.ts`.
 */
export interface Store {
  readonly journal: Journal;
  readonly archive: Archive;
  readonly destinations: Destinations;
  readonly deliveries: Deliveries;
  readonly values: Values;
  readonly stats: Stats;
  readonly activity: Activity;
  /**
   * Erases everything stored about a person. `names` lists every name they go by: `User.id`, `User.inbox`, the
   * destinations that are theirs alone, and their pseudonym. Deletes those destinations with their topics and receipts,
   * every value that names the person, and their items in lists. Returns the deleted destinations. Once it resolves, no
   * trace is left in the database files, unless another program is reading them or they exceed 64 MiB (docs/security.md).
   */
  forget(names: readonly string[]): Promise<readonly string[]>;
  /**
   * Deletes what has expired at `nowMs` (cached values, and notes as `Journal.deleteExpired` does) and destinations that
   * have been gone for 30 days, except those that the operator configured; then lets the engine optimize its files.
   */
  maintain(nowMs: number): Promise<void>;
  /** Rejects if the store cannot be read and written. */
  check(): Promise<void>;
  close(): Promise<void>;
}
