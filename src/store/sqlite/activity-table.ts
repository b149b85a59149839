import type { DatabaseSync } from 'node:sqlite';
import { ACTIVITY_HOURS, type ActivityCount, type ActivitySum } from '../activity.ts';
import { change, select } from './sql.ts';

/** Activity counts by hour. `add` runs inside the caller's transaction. */
export function createActivityTable(db: DatabaseSync) {
  const add = change(
    db,
    `INSERT INTO activity (hour, what, subject, bucket, count) VALUES (:hour, :what, :subject, :bucket, :count)
     ON CONFLICT (hour, what, subject, bucket) DO UPDATE SET count = count + excluded.count`,
  );
  const exists = select<{ hour: number }>(db, 'SELECT hour FROM activity WHERE hour = :hour LIMIT 1');
  // Steps from hour to hour instead of reading their counts.
  const prune = change(
    db,
    `WITH RECURSIVE kept (hour, number) AS (
       SELECT max(hour), 1 FROM activity
       UNION ALL
       SELECT (SELECT max(a.hour) FROM activity AS a WHERE a.hour < kept.hour), number + 1 FROM kept
       WHERE number < ${ACTIVITY_HOURS} AND hour IS NOT NULL
     )
     DELETE FROM activity WHERE hour < (SELECT hour FROM kept WHERE number = ${ACTIVITY_HOURS} LIMIT 1)`,
  );
  const sum = select<ActivitySum>(
    db,
    `SELECT what, subject, bucket, sum(count) AS count FROM activity WHERE hour >= :fromHour AND hour < :untilHour
     GROUP BY what, subject, bucket`,
  );
  return {
    add(counts: readonly ActivityCount[]): void {
      let isNewHour = false;
      for (const one of counts) {
        isNewHour ||= exists.get({ hour: one.hour }) === undefined;
        add({ ...one });
      }
      if (isNewHour) prune();
    },
    sum: (fromHour: number, untilHour: number): readonly ActivitySum[] => sum.all({ fromHour, untilHour }),
  };
}
