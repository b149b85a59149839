/** An id with the date of its event, in seconds since 1970. */
export interface DatedId {
  readonly id: string;
  readonly createdAt: number;
}

/** Ids that count as known, with their dates: the `capacity` of them that were added or asked for last. */
export interface RecentIds {
  has(id: string): boolean;
  add(dated: DatedId): void;
  /** Those dated within these seconds, both included. */
  within(sinceS: number, untilS: number): readonly DatedId[];
}

export function createRecentIds(capacity: number): RecentIds {
  const dates = new Map<string, number>();
  function put(id: string, createdAt: number): void {
    dates.delete(id);
    dates.set(id, createdAt);
  }
  return {
    has(id) {
      const createdAt = dates.get(id);
      if (createdAt === undefined) return false;
      put(id, createdAt);
      return true;
    },
    add({ id, createdAt }) {
      put(id, createdAt);
      if (dates.size <= capacity) return;
      for (const oldest of dates.keys()) {
        dates.delete(oldest);
        break;
      }
    },
    within: (sinceS, untilS) =>
      [...dates].flatMap(([id, createdAt]) =>
        createdAt >= sinceS && createdAt <= untilS ? [{ id, createdAt }] : [],
      ),
  };
}
