import type { Pool } from 'pg';
import { ACTIVITY_HOURS, type Activity, type ActivitySum } from '../activity.ts';
import { change, select } from './sql.ts';
import type { WriteQueue } from './write-queue.ts';

const add = change(
  `INSERT INTO activity (hour, what, subject, bucket, count)
   SELECT hour, what, subject, bucket, sum(count)
     FROM unnest(:hours::bigint[], :whats::text[], :subjects::text[], :buckets::int[], :counts::bigint[])
       AS one (hour, what, subject, bucket, count)
     GROUP BY hour, what, subject, bucket ORDER BY hour, what, subject, bucket
   ON CONFLICT (hour, what, subject, bucket) DO UPDATE SET count = activity.count + excluded.count`,
);
const newest = select<{ hour: number | null }>('SELECT max(hour) AS hour FROM activity');
// Steps from hour to hour instead of reading their counts.
const prune = change(
  `WITH RECURSIVE kept (hour, number) AS (
     SELECT max(hour), 1 FROM activity
     UNION ALL
     SELECT (SELECT max(a.hour) FROM activity AS a WHERE a.hour < kept.hour), number + 1 FROM kept
     WHERE number < ${ACTIVITY_HOURS} AND hour IS NOT NULL
   )
   DELETE FROM activity WHERE hour < (SELECT hour FROM kept WHERE number = ${ACTIVITY_HOURS} LIMIT 1)`,
);
const sum = select<ActivitySum>(
  `SELECT what, subject, bucket, sum(count) AS count FROM activity WHERE hour >= :fromHour AND hour < :untilHour
   GROUP BY what, subject, bucket`,
);

/** Activity counts by hour. */
export function createActivity(readers: Pool, queue: WriteQueue): Activity {
  return {
    add: (counts) =>
      queue.write(async (on) => {
        if (counts.length === 0) return;
        const known = (await newest.get(on))?.hour ?? Number.NEGATIVE_INFINITY;
        await add(on, {
          hours: counts.map(({ hour }) => hour),
          whats: counts.map(({ what }) => what),
          subjects: counts.map(({ subject }) => subject),
          buckets: counts.map(({ bucket }) => bucket),
          counts: counts.map(({ count }) => count),
        });
        if (counts.some(({ hour }) => hour !== known)) await prune(on);
      }, 'activity'),
    sum: (fromHour, untilHour) => sum.all(readers, { fromHour, untilHour }),
  };
}
