import { createHash } from 'node:crypto';

/** Where values are kept, as Keyv does it. */
export interface TtlStorage<T> {
  get(key: string): Promise<T | undefined>;
  set(key: string, value: T, ttlMs: number): Promise<unknown>;
}

/** A value as it is kept: which key it is for, since when, until when (milliseconds since 1970). */
export interface CacheEntry<T> {
  readonly key: string;
  readonly value: T;
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** Values for a limited time, and a limited number of them. */
export interface BoundedCache<T> {
  get(key: string): Promise<CacheEntry<T> | undefined>;
  set(key: string, value: T, forMs: number): Promise<void>;
}

/**
 * A cache of 4,096 places on a shelf. A key has one place, given by its hash, and gives it up to the next that has the
 * same: so it stays bounded over restarts without a list of what is in it.
 */
export function createBoundedCache<T>(shelf: TtlStorage<CacheEntry<T>>, now: () => number): BoundedCache<T> {
  const placeOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 3);
  return {
    async get(key) {
      const kept = await shelf.get(placeOf(key));
      return kept?.key === key && kept.untilMs > now() ? kept : undefined;
    },
    async set(key, value, forMs) {
      const sinceMs = now();
      await shelf.set(placeOf(key), { key, value, sinceMs, untilMs: sinceMs + forMs }, forMs);
    },
  };
}
