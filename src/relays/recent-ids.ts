import { LRUCache } from 'lru-cache';

/** An event id with the event's date, in seconds since 1970. */
export interface DatedId {
  readonly id: string;
  readonly createdAt: number;
}

/** The ids that were added or asked for most recently, with their dates. */
export interface RecentIds {
  has(id: string): boolean;
  add(dated: DatedId): void;
  /** Those dated within these seconds, both included. */
  within(sinceS: number, untilS: number): readonly DatedId[];
}

export function createRecentIds(capacity: number): RecentIds {
  const dates = new LRUCache<string, number>({ max: capacity });
  return {
    has: (id) => dates.get(id) !== undefined,
    add: ({ id, createdAt }) => void dates.set(id, createdAt),
    within: (sinceS, untilS) =>
      [...dates].flatMap(([id, createdAt]) =>
        createdAt >= sinceS && createdAt <= untilS ? [{ id, createdAt }] : [],
      ),
  };
}
