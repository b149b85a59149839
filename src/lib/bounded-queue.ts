/** A bounded line between many producers and one consumer, first in, first out. */
export interface BoundedQueue<T> {
  /** Takes its place in the line at once; settles when the line has room again. After abort it takes nothing. */
  push(item: T): Promise<void>;
  /** For one consumer. Ends on abort; what still waits then is dropped. */
  readonly items: AsyncIterable<T>;
}

export function createBoundedQueue<T>(capacity: number, signal: AbortSignal): BoundedQueue<T> {
  const line: T[] = [];
  const waiting: (() => void)[] = [];
  let arrived = (): void => {};
  signal.addEventListener('abort', wakeAll, { once: true });

  function wakeAll(): void {
    arrived();
    for (const wake of waiting.splice(0)) wake();
  }

  async function* items(): AsyncGenerator<T, void> {
    while (!signal.aborted) {
      const item = line.shift();
      if (item === undefined) {
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
        continue;
      }
      if (line.length < capacity) wakeAll();
      yield item;
    }
  }

  return {
    async push(item) {
      if (signal.aborted) return;
      line.push(item);
      arrived();
      while (line.length >= capacity && !signal.aborted)
        await new Promise<void>((resolve) => waiting.push(resolve));
    },
    items: { [Symbol.asyncIterator]: items },
  };
}
