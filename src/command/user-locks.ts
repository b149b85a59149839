/** Held by a user's request while it is in progress. */
export interface UserLock {
  /** Runs the work once no other request of theirs is in progress; new ones wait for it. */
  runExclusive<T>(work: () => Promise<T>): Promise<T>;
  release(): void;
}

/**
 * A read-write lock per user: requests share it, and deleting a user's data holds it exclusively, so that nothing
 * that was read before is written back afterwards.
 */
export function createUserLocks(): (user: string) => Promise<UserLock> {
  const running = new Map<string, Set<Promise<void>>>();
  const exclusives = new Map<string, Promise<void>>();

  return async (user) => {
    while (exclusives.has(user)) await exclusives.get(user);
    const { promise: left, resolve } = Promise.withResolvers<void>();
    const others = running.get(user) ?? new Set();
    running.set(user, others.add(left));
    function leave(): void {
      others.delete(left);
      if (others.size === 0 && running.get(user) === others) running.delete(user);
      resolve();
    }
    return {
      release: leave,
      async runExclusive(work) {
        const { promise: done, resolve: end } = Promise.withResolvers<void>();
        exclusives.set(user, done);
        // Released first, so that two exclusive requests don't wait for each other.
        leave();
        await Promise.all(others);
        try {
          return await work();
        } finally {
          if (exclusives.get(user) === done) exclusives.delete(user);
          end();
        }
      },
    };
  };
}
