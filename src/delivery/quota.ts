import { createSerialQueue } from '../lib/keyed-queue.ts';

/** Who subscribed a destination, and the server or chat it belongs to (`Chat.home`). */
export interface Owner {
  readonly user: string;
  readonly home: string;
}

/** Limits on subscriptions, per user and per server (or chat with its topics). */
export const MAX_DESTINATIONS: Readonly<Record<keyof Owner, number>> = { user: 100, home: 50 };

/** In stored keys. */
const KEY_PREFIXES: Readonly<Record<keyof Owner, string>> = { user: 'asker', home: 'home' };

/** Destinations by owner, and owners by destination. */
export interface OwnerStore {
  get(key: string): Promise<readonly string[] | undefined>;
  set(key: string, value: readonly string[]): Promise<unknown>;
}

/** Limits how many destinations a user and a server may have. Those that no longer exist don't count. */
export interface Quota {
  /** Runs `add`, which adds the destination, unless the quota is used up. One reservation at a time. */
  reserve<T>(destination: string, owner: Owner, add: () => Promise<T>): Promise<T | 'full'>;
  /** Runs `work` while nothing else changes the owners' records. */
  runExclusive<T>(work: () => Promise<T>): Promise<T>;
}

const ownerKey = (destination: string): string => `maker ${destination}`;

/** The user who subscribed the destination last; `undefined` if it was the operator, or before this was recorded. */
export async function ownerOf(store: OwnerStore, destination: string): Promise<string | undefined> {
  return (await store.get(ownerKey(destination)))?.[0];
}

export function createQuota(store: OwnerStore, exists: (destination: string) => Promise<boolean>): Quota {
  const runExclusive = createSerialQueue();

  async function reserve<T>(destination: string, owner: Owner, add: () => Promise<T>): Promise<T | 'full'> {
    const lists: (readonly [key: string, destinations: readonly string[]])[] = [];
    for (const by of ['user', 'home'] as const) {
      const key = `${KEY_PREFIXES[by]} ${owner[by]}`;
      const existing: string[] = [];
      for (const one of (await store.get(key)) ?? []) if (await exists(one)) existing.push(one);
      if (existing.length >= MAX_DESTINATIONS[by]) return 'full';
      lists.push([key, [...existing, destination]]);
    }
    const added = await add();
    for (const [key, destinations] of lists) await store.set(key, destinations);
    await store.set(ownerKey(destination), [owner.user]);
    return added;
  }

  return {
    reserve: (destination, owner, add) => runExclusive(() => reserve(destination, owner, add)),
    runExclusive,
  };
}
