import type { DatabaseSync } from 'node:sqlite';
import { COUNTS_KEPT_MS, DAY_MS, MAX_REASONS, type StatName } from '../rules/daily-counts.ts';
import type { PlatformStats } from '../stats.ts';
import type { JournalTable } from './delivery/journal-table.ts';
import { change, select } from './sql.ts';

export function createPlatformStats(db: DatabaseSync, journal: JournalTable) {
  const counted = select<{ what: StatName; count: number }>(
    db,
    `SELECT what, sum(count) AS count FROM figure
     WHERE day >= :from AND day < :until AND platform IN ('', :platform) GROUP BY what`,
  );
  const active = select<{ count: number; waiting: number }>(
    db,
    `SELECT count(*) AS count, coalesce(sum(:head - position), 0) AS waiting FROM destination INDEXED BY destination_behind
     WHERE state = 'active' AND held_ms IS NULL AND platform = :platform`,
  );
  const held = select<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM destination INDEXED BY destination_held
     WHERE state = 'active' AND held_ms IS NOT NULL AND platform = :platform`,
  );
  const suspended = select<{ reason: string; count: number }>(
    db,
    `SELECT coalesce(reason, '') AS reason, count(*) AS count FROM destination
     WHERE state <> 'active' AND state = 'suspended' AND platform = :platform
     GROUP BY reason ORDER BY count(*) DESC, reason LIMIT ${MAX_REASONS}`,
  );
  const awaiting = select<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM destination INDEXED BY destination_behind
     WHERE state = 'active' AND held_ms IS NULL AND platform = :platform
       AND position < (SELECT max(seq) FROM journal WHERE key = :key AND action = 'post')`,
  );
  const forget = change(db, 'DELETE FROM figure WHERE day < :before');

  return {
    of(platform: string, fromMs: number, untilMs: number): PlatformStats {
      const days = { from: Math.floor(fromMs / DAY_MS), until: Math.floor(untilMs / DAY_MS) };
      const counts = new Map(counted.all({ ...days, platform }).map(({ what, count }) => [what, count]));
      const countOf = (what: StatName): number => counts.get(what) ?? 0;
      const { count = 0, waiting = 0 } = active.get({ platform, head: journal.head() }) ?? {};
      return {
        posts: countOf('posts'),
        delivered: countOf('delivered'),
        refused: countOf('refused'),
        joined: countOf('joined'),
        left: countOf('left'),
        active: count + (held.get({ platform })?.count ?? 0),
        waiting,
        suspended: suspended
          .all({ platform })
          .map(({ reason, count: places }) => ({ reason, count: places })),
      };
    },
    awaiting: (key: string, platform: string): number => awaiting.get({ key, platform })?.count ?? 0,
    forget(nowMs: number): void {
      forget({ before: Math.floor((nowMs - COUNTS_KEPT_MS) / DAY_MS) });
    },
  };
}
