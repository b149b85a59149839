import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { POST_TYPES } from '../../../note/post-types.ts';
import type { PostCount } from '../../archive.ts';
import { firstMomentAt, MOMENTS_PER_SECOND } from '../../rules/moment.ts';
import { select } from '../sql.ts';

/** Range read in one turn of the event loop. */
const SLICE_S = 90 * 86_400;

/** Counts posts by their dates. */
export function createPostTimes(db: DatabaseSync) {
  const types = JSON.stringify(POST_TYPES);
  // The index by type has all that's needed, so no note is read.
  const counted = select<{ bucket: number; count: number }>(
    db,
    `SELECT moment / ${MOMENTS_PER_SECOND} / CAST(:bucketS AS INTEGER) AS bucket, count(*) AS count FROM note
     WHERE post_type IN (SELECT value FROM json_each(:types)) AND moment >= :from AND moment < :to
     GROUP BY bucket ORDER BY bucket`,
  );
  return async (sinceS: number, untilS: number, bucketS: number): Promise<readonly PostCount[]> => {
    const counts = new Map<number, number>();
    for (let from = sinceS; from < untilS; from += SLICE_S) {
      const to = Math.min(from + SLICE_S, untilS);
      const rows = counted.all({ types, bucketS, from: firstMomentAt(from), to: firstMomentAt(to) });
      // A slice may end within a bucket.
      for (const { bucket, count } of rows) counts.set(bucket, (counts.get(bucket) ?? 0) + count);
      await setImmediate();
    }
    return [...counts].map(([bucket, count]) => ({ atS: bucket * bucketS, count }));
  };
}
