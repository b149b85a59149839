import type { Connection } from './sql.ts';

interface Asked<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Runs one statement for all that is asked of a connection in the same turn of the event loop: a crowd of changes
 * (`write-queue.ts`) then takes as many round trips as one of them. `run` returns results in the order of the items.
 */
export function batched<Item, Result>(
  run: (on: Connection, items: readonly Item[]) => Promise<readonly Result[]>,
): (on: Connection, item: Item) => Promise<Result> {
  const waiting = new Map<Connection, Asked<Item, Result>[]>();

  async function answer(on: Connection): Promise<void> {
    const all = waiting.get(on) ?? [];
    waiting.delete(on);
    try {
      const results = await run(
        on,
        all.map(({ item }) => item),
      );
      all.forEach(({ resolve }, index) => resolve(results[index] as Result));
    } catch (error) {
      for (const { reject } of all) reject(error);
    }
  }

  return (on, item) =>
    new Promise((resolve, reject) => {
      const asked = { item, resolve, reject };
      const others = waiting.get(on);
      if (others) {
        others.push(asked);
        return;
      }
      waiting.set(on, [asked]);
      // After all promises that are settled by now have been followed up.
      process.nextTick(() => void answer(on));
    });
}
