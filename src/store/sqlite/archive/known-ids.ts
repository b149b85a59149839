import type { DatabaseSync } from 'node:sqlite';
import type { KnownIds } from '../../archive.ts';
import { firstMomentAt } from '../../rules/moment.ts';
import { select } from '../sql.ts';

interface Row {
  readonly id: string;
  readonly createdAt: number;
}

/** Lists every id ever accepted, newest first: notes, older versions, deleted notes, deletion requests. */
export function createKnownIds(db: DatabaseSync) {
  // Notes whose row ids collided may have one of the second before, so the range is a second wider.
  const notes = select<Row>(
    db,
    `SELECT id, created_at AS createdAt FROM note
     WHERE moment BETWEEN :from AND :to AND created_at BETWEEN :sinceS AND :untilS
     ORDER BY moment DESC LIMIT :count`,
  );
  // Edited articles have the row id of their first publication.
  const edited = select<Row>(
    db,
    `SELECT id, created_at AS createdAt FROM note
     WHERE created_at > moment / 1048576 + 1 AND created_at BETWEEN :sinceS AND :untilS
       AND moment NOT BETWEEN :from AND :to
     ORDER BY created_at DESC LIMIT :count`,
  );
  const past = select<Row>(
    db,
    `SELECT id, created_at AS createdAt FROM past
     WHERE created_at BETWEEN :sinceS AND :untilS ORDER BY created_at DESC LIMIT :count`,
  );

  function rows(sinceS: number, untilS: number, count: number): Row[] {
    const within = { sinceS, untilS, count };
    const moments = { from: firstMomentAt(sinceS - 1), to: firstMomentAt(untilS + 1) };
    const among = { ...within, ...moments };
    return [...notes.all(among), ...edited.all(among), ...past.all(within)].sort(
      (a, b) => b.createdAt - a.createdAt,
    );
  }

  return (
    { sinceS, untilS }: { readonly sinceS: number; readonly untilS: number },
    count: number,
  ): KnownIds => {
    const newest = rows(sinceS, untilS, count);
    const last = newest[count - 1];
    if (!last) return { sinceS, events: newest };
    const later = newest.filter(({ createdAt }) => createdAt > last.createdAt);
    return { sinceS: last.createdAt, events: [...later, ...rows(last.createdAt, last.createdAt, -1)] };
  };
}
