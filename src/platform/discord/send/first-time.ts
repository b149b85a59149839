import { LRUCache } from 'lru-cache';

/** The function returns true only the first time it gets a key. It forgets the least recent of more than `max` keys. */
export function createSeenKeys(max: number): (key: string) => boolean {
  const seen = new LRUCache<string, true>({ max });
  return (key) => {
    if (seen.has(key)) return false;
    seen.set(key, true);
    return true;
  };
}
