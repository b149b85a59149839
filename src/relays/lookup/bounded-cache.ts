import { createHash } from 'node:crypto';

/** A key-value store whose entries expire, like Keyv. */
export interface TtlStorage<T> {
  get(key: string): Promise<T | undefined>;
  set(key: string, value: T, ttlMs: number): Promise<unknown>;
}

/** Stored as JSON. Times are milliseconds since 1970. */
export interface CacheEntry<T> {
  readonly key: string;
  readonly value: T;
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** A limited number of values, each for a limited time. */
export interface BoundedCache<T> {
  get(key: string): Promise<CacheEntry<T> | undefined>;
  set(key: string, value: T, forMs: number): Promise<void>;
}

/**
 * A cache of 4,096 slots. A key's slot is given by its hash, and taken over by the next key with the same slot, so the
 * cache stays bounded over restarts without a list of its contents.
 */
export function createBoundedCache<T>(shelf: TtlStorage<CacheEntry<T>>, now: () => number): BoundedCache<T> {
  const slotOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 3);
  return {
    async get(key) {
      const kept = await shelf.get(slotOf(key));
      return kept?.key === key && kept.untilMs > now() ? kept : undefined;
    },
    async set(key, value, forMs) {
      const sinceMs = now();
      await shelf.set(slotOf(key), { key, value, sinceMs, untilMs: sinceMs + forMs }, forMs);
    },
  };
}
