import type { DatabaseSync } from 'node:sqlite';
import type { Destination } from '../task.ts';
import { select } from './sql.ts';

interface Tally {
  readonly count: number;
  /** Added up. */
  readonly positions: number;
}

/** Reads the tally: a row, whatever it has counted. */
export function createTally(db: DatabaseSync) {
  const of = select<Tally>(db, 'SELECT count, positions FROM tally WHERE name = :name');
  return (name: 'note' | 'held' | Destination['state']): Tally =>
    of.get({ name }) ?? { count: 0, positions: 0 };
}
