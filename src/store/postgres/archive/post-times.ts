import type { Pool } from 'pg';
import type { PostCount } from '../../archive.ts';
import { firstMomentAt } from '../../rules/moment.ts';
import { select } from '../sql.ts';

// The key has all that's needed, so no note is read.
const counted = select<{ bucket: number; count: number }>(
  `SELECT (moment >> 20) / :bucketS::bigint AS bucket, count(*) AS count FROM note
   WHERE moment >= :from AND moment < :to GROUP BY bucket ORDER BY bucket`,
);

/** Counts posts by their dates. */
export async function postCounts(
  readers: Pool,
  sinceS: number,
  untilS: number,
  bucketS: number,
): Promise<readonly PostCount[]> {
  const range = { from: firstMomentAt(sinceS), to: firstMomentAt(untilS) };
  const rows = await counted.all(readers, { bucketS: Math.trunc(bucketS), ...range });
  return rows.map(({ bucket, count }) => ({ atS: bucket * bucketS, count }));
}
