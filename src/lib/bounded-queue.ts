/** A bounded first-in, first-out queue between many producers and one consumer. */
export interface BoundedQueue<T> {
  /** Queues the item at once; settles when the queue has room again. Does nothing after abort. */
  push(item: T): Promise<void>;
  /** For one consumer. Ends on abort; items still queued are dropped. */
  readonly items: AsyncIterable<T>;
}

export function createBoundedQueue<T>(capacity: number, signal: AbortSignal): BoundedQueue<T> {
  const queue: T[] = [];
  const waiting: (() => void)[] = [];
  let arrived = (): void => {};
  signal.addEventListener('abort', wakeAll, { once: true });

  function wakeAll(): void {
    arrived();
    for (const wake of waiting.splice(0)) wake();
  }

  async function* items(): AsyncGenerator<T, void> {
    while (!signal.aborted) {
      const item = queue.shift();
      if (item === undefined) {
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
        continue;
      }
      if (queue.length < capacity) wakeAll();
      yield item;
    }
  }

  return {
    async push(item) {
      if (signal.aborted) return;
      queue.push(item);
      arrived();
      while (queue.length >= capacity && !signal.aborted)
        await new Promise<void>((resolve) => waiting.push(resolve));
    },
    items: { [Symbol.asyncIterator]: items },
  };
}
