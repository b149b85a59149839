import { LRUCache } from 'lru-cache';

/** Returns true for a key the first time only. Forgets the oldest key beyond `max`. */
export function createFirstTime(max: number): (key: string) => boolean {
  const seen = new LRUCache<string, true>({ max });
  return (key) => {
    if (seen.has(key)) return false;
    seen.set(key, true);
    return true;
  };
}
