/** Runs tasks with the same key one after the other, in the order they were added, and tasks with different keys side by side. */
export interface KeyedQueue {
  /** Settles as the task does. A task that fails doesn't keep the next one from running. */
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
  /** How many tasks haven't finished. */
  readonly size: number;
  /** Resolves when fewer than `limit` tasks are left; with 1, when all have finished. */
  whenBelow(limit: number): Promise<void>;
}

export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<unknown>>();
  const waiting = new Set<{ readonly limit: number; readonly resume: () => void }>();
  let size = 0;

  function finish(key: string, tail: Promise<unknown>): void {
    if (tails.get(key) === tail) tails.delete(key);
    size -= 1;
    for (const waiter of waiting) {
      if (size >= waiter.limit) continue;
      waiting.delete(waiter);
      waiter.resume();
    }
  }

  return {
    run(key, task) {
      size += 1;
      const result = (tails.get(key) ?? Promise.resolve()).then(task);
      const tail: Promise<void> = result.then(
        () => finish(key, tail),
        () => finish(key, tail),
      );
      tails.set(key, tail);
      return result;
    },
    get size() {
      return size;
    },
    whenBelow(limit) {
      if (size < limit) return Promise.resolve();
      return new Promise((resume) => waiting.add({ limit, resume }));
    },
  };
}

/** The same with a single key. */
export function createSerialQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  const queue = createKeyedQueue();
  return (task) => queue.run('', task);
}
