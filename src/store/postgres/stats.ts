import type { Pool } from 'pg';
import type { Destination } from '../destinations.ts';
import { COUNTS_KEPT_MS, DAY_MS, LOST_DAYS, MAX_REASONS, type StatName } from '../rules/daily-counts.ts';
import type { Stats } from '../stats.ts';
import { snapshot } from './snapshot.ts';
import { type Connection, change, select } from './sql.ts';

const notes = select<{ count: number; first: number | null; last: number | null }>(
  `SELECT count, (SELECT created_at FROM note ORDER BY moment LIMIT 1) AS first,
     (SELECT created_at FROM note ORDER BY moment DESC LIMIT 1) AS last FROM note_count`,
);
const lost = select<{ platform: string; count: number }>(
  `SELECT platform, sum(count) AS count FROM figure WHERE what = 'refused' AND day > :before::bigint GROUP BY platform`,
);
const tallies = select<{ platform: string; state: Destination['state'] | 'held'; count: number }>(
  'SELECT platform, state, count FROM tally',
);
/** Entries that active destinations, which aren't deferred, are behind. */
const waiting = (which: string) =>
  select<{ entries: number }>(
    `SELECT coalesce(sum(head.seq - d.position), 0) AS entries FROM head JOIN destination AS d ON d.position < head.seq
     WHERE d.state = 'active' AND d.held_ms IS NULL AND ${which}`,
  );
const allWaiting = waiting('d.platform = ANY (:platforms::text[])');
const counted = select<{ what: StatName; count: number }>(
  `SELECT what, sum(count) AS count FROM figure
   WHERE day >= :from::bigint AND day < :until::bigint AND platform IN ('', :platform) GROUP BY what`,
);
const suspended = select<{ reason: string; count: number }>(
  `SELECT coalesce(reason, '') AS reason, count(*) AS count FROM destination
   WHERE state <> 'active' AND state = 'suspended' AND platform = :platform
   GROUP BY reason ORDER BY count(*) DESC, reason LIMIT ${MAX_REASONS}`,
);
const awaiting = select<{ count: number }>(
  `SELECT count(*) AS count FROM destination
   WHERE state = 'active' AND held_ms IS NULL AND platform = :platform
     AND position < (SELECT seq FROM journal WHERE key = :key AND action = 'post' ORDER BY seq DESC LIMIT 1)`,
);
const forget = change('DELETE FROM figure WHERE day < :before::bigint');

/** `Stats`, and what maintenance does about them, in the caller's transaction. */
export interface StatsTable extends Stats {
  forgetOld(on: Connection, nowMs: number): Promise<void>;
}

export function createStats(readers: Pool, now: () => number): StatsTable {
  const waitingOf = async (on: Connection, platforms: readonly string[]): Promise<number> =>
    (await allWaiting.get(on, { platforms }))?.entries ?? 0;

  return {
    totals: () =>
      snapshot(readers, async (on) => {
        const { count = 0, first = null, last = null } = (await notes.get(on)) ?? {};
        const before = Math.floor(now() / DAY_MS) - LOST_DAYS;
        const tally = await tallies.all(on);
        const countOf = (...states: readonly string[]): number =>
          tally.reduce((sum, row) => sum + (states.includes(row.state) ? row.count : 0), 0);
        return {
          notes: count,
          ...(first !== null && { firstAt: first }),
          ...(last !== null && { lastAt: last }),
          lost: Object.fromEntries((await lost.all(on, { before })).map((row) => [row.platform, row.count])),
          waiting: await waitingOf(on, [...new Set(tally.map(({ platform }) => platform))]),
          destinations: {
            active: countOf('active', 'held'),
            suspended: countOf('suspended'),
            gone: countOf('gone'),
          },
        };
      }),
    awaiting: async (key, platform) => (await awaiting.get(readers, { key, platform }))?.count ?? 0,
    ofPlatform: (platform, fromMs, untilMs) =>
      snapshot(readers, async (on) => {
        const days = { from: Math.floor(fromMs / DAY_MS), until: Math.floor(untilMs / DAY_MS) };
        const counts = new Map(
          (await counted.all(on, { ...days, platform })).map(({ what, count }) => [what, count]),
        );
        const countOf = (what: StatName): number => counts.get(what) ?? 0;
        const active = (await tallies.all(on)).filter(
          (row) => row.platform === platform && (row.state === 'active' || row.state === 'held'),
        );
        return {
          posts: countOf('posts'),
          delivered: countOf('delivered'),
          refused: countOf('refused'),
          joined: countOf('joined'),
          left: countOf('left'),
          active: active.reduce((sum, { count }) => sum + count, 0),
          waiting: await waitingOf(on, [platform]),
          suspended: await suspended.all(on, { platform }),
        };
      }),
    async forgetOld(on, nowMs) {
      await forget(on, { before: Math.floor((nowMs - COUNTS_KEPT_MS) / DAY_MS) });
    },
  };
}
