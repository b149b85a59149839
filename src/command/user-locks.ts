/** Somebody's invocation that is being answered. */
export interface UserLock {
  /** Runs the work once nothing else of theirs is in hand; what they ask meanwhile waits for it. */
  runExclusive<T>(work: () => Promise<T>): Promise<T>;
  release(): void;
}

/**
 * What is being answered, by asker: whoever is forgotten is so when nothing of theirs is in hand any more that was read
 * before and would be written again after.
 */
export function createUserLocks(): (asker: string) => Promise<UserLock> {
  const inHand = new Map<string, Set<Promise<void>>>();
  const clearings = new Map<string, Promise<void>>();

  return async (asker) => {
    while (clearings.has(asker)) await clearings.get(asker);
    const { promise: left, resolve } = Promise.withResolvers<void>();
    const others = inHand.get(asker) ?? new Set();
    inHand.set(asker, others.add(left));
    function leave(): void {
      others.delete(left);
      if (others.size === 0 && inHand.get(asker) === others) inHand.delete(asker);
      resolve();
    }
    return {
      release: leave,
      async runExclusive(work) {
        const { promise: done, resolve: end } = Promise.withResolvers<void>();
        clearings.set(asker, done);
        // Two that want to be alone don't wait for each other.
        leave();
        await Promise.all(others);
        try {
          return await work();
        } finally {
          if (clearings.get(asker) === done) clearings.delete(asker);
          end();
        }
      },
    };
  };
}
