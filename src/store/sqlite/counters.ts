import type { DatabaseSync } from 'node:sqlite';
import type { Destination } from '../destinations.ts';
import { select } from './sql.ts';

interface Counter {
  readonly count: number;
  /** Added up. */
  readonly positions: number;
}

/** Reads the tally: a row, whatever it has counted. */
export function createCounters(db: DatabaseSync) {
  const of = select<Counter>(db, 'SELECT count, positions FROM tally WHERE name = :name');
  return (name: 'note' | 'held' | Destination['state']): Counter =>
    of.get({ name }) ?? { count: 0, positions: 0 };
}
