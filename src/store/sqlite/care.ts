import type { DatabaseSync } from 'node:sqlite';
import type { Census } from '../store.ts';
import type { Destination } from '../task.ts';
import type { Journal } from './journal.ts';
import { change, select, transaction } from './sql.ts';

/** Pages of the full-text index merged by one tidying: some tens of milliseconds. */
const MERGE_PAGES = 500;

/** Counting, checking and tidying up. */
export function createCare(db: DatabaseSync, journal: Journal) {
  const notes = select<{ notes: number }>(db, 'SELECT count(*) AS notes FROM note');
  const oldest = select<{ at: number }>(db, 'SELECT created_at AS at FROM note ORDER BY moment LIMIT 1');
  const newest = select<{ at: number }>(db, 'SELECT created_at AS at FROM note ORDER BY moment DESC LIMIT 1');
  const states = select<{ state: Destination['state']; count: number }>(
    db,
    'SELECT state, count(*) AS count FROM destination GROUP BY state',
  );
  const waiting = select<{ waiting: number }>(
    db,
    `SELECT coalesce(sum(:head - position), 0) AS waiting FROM destination WHERE state = 'active'`,
  );
  const beat = change(db, 'INSERT OR REPLACE INTO pulse (one, at_ms) VALUES (1, :at)');
  const heard = select<{ at_ms: number }>(db, 'SELECT at_ms FROM pulse');
  const merge = change(db, `INSERT INTO words (words, rank) VALUES ('merge', ${MERGE_PAGES})`);

  return {
    census(): Census {
      const firstAt = oldest.get()?.at;
      const lastAt = newest.get()?.at;
      return {
        notes: notes.get()?.notes ?? 0,
        ...(firstAt === undefined ? {} : { firstAt }),
        ...(lastAt === undefined ? {} : { lastAt }),
        waiting: waiting.get({ head: journal.head() })?.waiting ?? 0,
        destinations: {
          active: 0,
          suspended: 0,
          gone: 0,
          ...Object.fromEntries(states.all().map(({ state, count }) => [state, count])),
        },
      };
    },
    check(nowMs: number): void {
      transaction(db, () => {
        beat({ at: nowMs });
        if (heard.get()?.at_ms !== nowMs)
          throw new Error('Cannot read back what was written to the database');
      });
    },
    tidy(): void {
      merge();
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
  };
}
