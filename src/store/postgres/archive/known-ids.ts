import type { KnownIds } from '../../archive.ts';
import { firstMomentAt } from '../../rules/moment.ts';
import { type Connection, select } from '../sql.ts';

interface Row {
  readonly id: string;
  readonly createdAt: number;
}

// Notes, older versions, deleted notes and deletion requests. Notes whose moments collided may have one of the second before, so
// the range is a second wider; edited articles have the moment of their first publication.
const among = `
  (SELECT id, created_at FROM note
   WHERE moment BETWEEN :from AND :to AND created_at BETWEEN :sinceS AND :untilS
   ORDER BY moment DESC LIMIT :count)
  UNION ALL
  (SELECT id, created_at FROM note
   WHERE created_at > (moment >> 20) + 1 AND created_at BETWEEN :sinceS AND :untilS AND moment NOT BETWEEN :from AND :to
   ORDER BY created_at DESC LIMIT :count)
  UNION ALL
  (SELECT id, created_at FROM past WHERE created_at BETWEEN :sinceS AND :untilS ORDER BY created_at DESC LIMIT :count)`;
const rows = select<Row>(
  `SELECT id, created_at AS "createdAt" FROM (${among}) AS known ORDER BY created_at DESC`,
);

const within = (on: Connection, sinceS: number, untilS: number, count: number | null) =>
  rows.all(on, {
    sinceS,
    untilS,
    count,
    from: firstMomentAt(sinceS - 1),
    to: firstMomentAt(untilS + 1),
  });

/** Lists every id ever accepted, newest first. The two lists it may take have to be of the same snapshot. */
export async function knownInRange(
  on: Connection,
  { sinceS, untilS }: { readonly sinceS: number; readonly untilS: number },
  count: number,
): Promise<KnownIds> {
  const newest = await within(on, sinceS, untilS, count);
  const last = newest[count - 1];
  if (!last) return { sinceS, events: newest };
  const later = newest.filter(({ createdAt }) => createdAt > last.createdAt);
  const rest = await within(on, last.createdAt, last.createdAt, null);
  return { sinceS: last.createdAt, events: [...later, ...rest] };
}
