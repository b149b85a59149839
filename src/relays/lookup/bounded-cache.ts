import { createHash } from 'node:crypto';
import type { KeyValue } from '../../lib/key-value.ts';

/** Opens the key-value store of a namespace. */
export type OpenCacheStorage = <T>(namespace: string) => Pick<KeyValue<T>, 'get' | 'set'>;

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
export function createBoundedCache<T>(
  storage: Pick<KeyValue<CacheEntry<T>>, 'get' | 'set'>,
  now: () => number,
): BoundedCache<T> {
  const slotOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 3);
  return {
    async get(key) {
      const entry = await storage.get(slotOf(key));
      return entry?.key === key && entry.untilMs > now() ? entry : undefined;
    },
    async set(key, value, forMs) {
      const sinceMs = now();
      await storage.set(slotOf(key), { key, value, sinceMs, untilMs: sinceMs + forMs }, forMs);
    },
  };
}
