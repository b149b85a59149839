/** Who makes a destination by a command, and what it is a part of (`Place.home`). */
export interface Owner {
  readonly asker: string;
  readonly home: string;
}

/** So many destinations one asker may make, and so many may be in one server, or in one chat with its topics. */
export const MAX_DESTINATIONS: Readonly<Record<keyof Owner, number>> = { asker: 100, home: 50 };

/** Where the destinations that somebody made are remembered. */
export interface OwnerStore {
  get(key: string): Promise<readonly string[] | undefined>;
  set(key: string, made: readonly string[]): Promise<unknown>;
}

/** Keeps anybody from making destinations without end. Those that were forgotten meanwhile don't count. */
export interface Quota {
  /** What `add` gives, which adds the destination; `full`, without adding it, where there are too many. One at a time. */
  reserve<T>(destination: string, maker: Owner, add: () => Promise<T>): Promise<T | 'full'>;
  /** Runs what may change what is remembered here, while nothing else does. */
  runExclusive<T>(work: () => Promise<T>): Promise<T>;
}

const ownerKey = (destination: string): string => `maker ${destination}`;

/** The asker who made a destination last; `undefined` of those made before that was remembered, or by the operator. */
export async function ownerOf(shelf: OwnerStore, destination: string): Promise<string | undefined> {
  return (await shelf.get(ownerKey(destination)))?.[0];
}

export function createQuota(shelf: OwnerStore, isThere: (destination: string) => Promise<boolean>): Quota {
  let last: Promise<unknown> = Promise.resolve();

  async function attempt<T>(destination: string, maker: Owner, add: () => Promise<T>): Promise<T | 'full'> {
    const lists: (readonly [key: string, made: readonly string[]])[] = [];
    for (const by of ['asker', 'home'] as const) {
      const key = `${by} ${maker[by]}`;
      const made: string[] = [];
      for (const one of (await shelf.get(key)) ?? []) if (await isThere(one)) made.push(one);
      if (made.length >= MAX_DESTINATIONS[by]) return 'full';
      lists.push([key, [...made, destination]]);
    }
    const added = await add();
    for (const [key, made] of lists) await shelf.set(key, made);
    await shelf.set(ownerKey(destination), [maker.asker]);
    return added;
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  }

  return {
    reserve: (destination, maker, add) => inTurn(() => attempt(destination, maker, add)),
    runExclusive: inTurn,
  };
}
