/** A request of a user that is in progress. */
export interface UserLock {
  /** Runs the work once no other request of theirs is in progress; new ones wait for it. */
  runExclusive<T>(work: () => Promise<T>): Promise<T>;
  release(): void;
}

/**
 * Read-write locks by user: requests hold them side by side, and deleting a user's data holds one alone, so that nothing
 * that was read before is written back afterwards.
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
        // Released first, so that two exclusive ones don't wait for each other.
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
