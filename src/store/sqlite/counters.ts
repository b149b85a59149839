import type { DatabaseSync } from 'node:sqlite';
import type { Destination } from '../destinations.ts';
import { select } from './sql.ts';

interface Counter {
  readonly count: number;
  /** Sum of their positions. */
  readonly positions: number;
}

/** Reads the counters that triggers keep. */
export function createCounters(db: DatabaseSync) {
  const of = select<Counter>(db, 'SELECT count, positions FROM tally WHERE name = :name');
  return (name: 'note' | 'held' | Destination['state']): Counter =>
    of.get({ name }) ?? { count: 0, positions: 0 };
}
