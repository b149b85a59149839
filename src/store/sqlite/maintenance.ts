import type { DatabaseSync } from 'node:sqlite';
import type { Destination } from '../destinations.ts';
import { DAY_MS, LOST_DAYS } from '../rules/daily-counts.ts';
import type { Totals } from '../stats.ts';
import type { JournalTable } from './delivery/journal-table.ts';
import { change, select, transaction } from './sql.ts';

/** Pages of the full-text index merged at a time: some tens of milliseconds. */
const MERGE_PAGES = 500;

/** Totals, the health check and housekeeping. */
export function createMaintenance(db: DatabaseSync, journal: JournalTable, now: () => number) {
  const counter = createCounters(db);
  const oldest = select<{ at: number }>(db, 'SELECT created_at AS at FROM note ORDER BY moment LIMIT 1');
  const newest = select<{ at: number }>(db, 'SELECT created_at AS at FROM note ORDER BY moment DESC LIMIT 1');
  const lost = select<{ platform: string; count: number }>(
    db,
    `SELECT platform, sum(count) AS count FROM figure WHERE what = 'refused' AND day > :before GROUP BY platform`,
  );
  const beat = change(db, 'INSERT OR REPLACE INTO pulse (one, at_ms) VALUES (1, :at)');
  const lastBeat = select<{ at_ms: number }>(db, 'SELECT at_ms FROM pulse');
  const merge = change(db, `INSERT INTO words (words, rank) VALUES ('merge', ${MERGE_PAGES})`);

  return {
    totals(): Totals {
      const firstAt = oldest.get()?.at;
      const lastAt = newest.get()?.at;
      const active = counter('active');
      return {
        notes: counter('note').count,
        ...(firstAt === undefined ? {} : { firstAt }),
        ...(lastAt === undefined ? {} : { lastAt }),
        lost: Object.fromEntries(
          lost
            .all({ before: Math.floor(now() / DAY_MS) - LOST_DAYS })
            .map(({ platform, count }) => [platform, count]),
        ),
        waiting: journal.head() * active.count - active.positions,
        destinations: {
          active: active.count + counter('held').count,
          suspended: counter('suspended').count,
          gone: counter('gone').count,
        },
      };
    },
    check(nowMs: number): void {
      transaction(db, () => {
        beat({ at: nowMs });
        if (lastBeat.get()?.at_ms !== nowMs)
          throw new Error('Cannot read back what was written to the database');
      });
    },
    optimize(): void {
      merge();
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
  };
}

interface Counter {
  readonly count: number;
  /** Sum of their positions. */
  readonly positions: number;
}

/** Reads the counters that triggers keep. */
function createCounters(db: DatabaseSync) {
  const of = select<Counter>(db, 'SELECT count, positions FROM tally WHERE name = :name');
  return (name: 'note' | 'held' | Destination['state']): Counter =>
    of.get({ name }) ?? { count: 0, positions: 0 };
}
