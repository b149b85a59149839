import type { Clock } from '../lib/clock.ts';
import type { KeyValue } from '../lib/key-value.ts';
import type { Log } from '../lib/log.ts';
import { backoffMs } from '../lib/retry-delay.ts';
import { createWakeSignal } from '../lib/wake-signal.ts';

/** A queued item, or that it is done. Stored as it is. */
type QueueRecord<T> = { readonly item: T; readonly atMs: number } | { readonly done: true };

/** A queue that survives crashes. Items are tried one at a time; one that fails goes behind the others. */
export interface DurableQueue<T> {
  /** Resolves when the item is stored. False if there is or was one of that name, so nothing is done twice. */
  add(name: string, item: T): Promise<boolean>;
  /** Deletes an item that isn't done, and aborts the attempt if it is being tried. */
  drop(name: string): Promise<void>;
  /** Tries items until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

export interface DurableQueueParts<T> {
  readonly storage: KeyValue<QueueRecord<T>>;
  /** `later`: it is tried again. `save` stores progress for the next attempt. The signal aborts when the item is dropped. */
  attempt(
    name: string,
    item: T,
    save: (item: T) => Promise<void>,
    dropped: AbortSignal,
  ): Promise<'done' | 'later'>;
  readonly clock: Clock;
  random(): number;
  readonly log: Log;
}

/** How long an item is known to be done: longer than it may be added again. */
const DONE_TTL_MS = 60 * 86_400_000;

export function createDurableQueue<T>({
  storage,
  attempt,
  clock,
  random,
  log,
}: DurableQueueParts<T>): DurableQueue<T> {
  const waiting = new Map<string, T>();
  let inProgress: { readonly name: string; readonly drop: AbortController } | undefined;
  const wakeSignal = createWakeSignal();

  async function load(): Promise<void> {
    const found: { readonly name: string; readonly item: T; readonly atMs: number }[] = [];
    for await (const [name, kept] of storage.iterator()) if ('item' in kept) found.push({ name, ...kept });
    for (const { name, item } of found.sort((a, b) => a.atMs - b.atMs)) waiting.set(name, item);
  }

  async function tryItem(name: string, item: T): Promise<boolean> {
    const drop = new AbortController();
    inProgress = { name, drop };
    const save = async (changed: T): Promise<void> => {
      drop.signal.throwIfAborted();
      waiting.set(name, changed);
      await storage.set(name, { item: changed, atMs: clock.now() });
    };
    try {
      const isDone = (await attempt(name, item, save, drop.signal)) === 'done';
      if (isDone) await storage.set(name, { done: true }, DONE_TTL_MS);
      return isDone;
    } catch (error) {
      if (!drop.signal.aborted) log.error('dm.retrying', { error });
      return drop.signal.aborted;
    } finally {
      inProgress = undefined;
    }
  }

  return {
    async add(name, item) {
      if (await storage.get(name)) return false;
      await storage.set(name, { item, atMs: clock.now() });
      waiting.set(name, item);
      wakeSignal.notify();
      return true;
    },
    async drop(name) {
      if (inProgress?.name === name) inProgress.drop.abort();
      // One that is done stays marked as done.
      if (waiting.delete(name)) await storage.delete(name);
    },
    async run(signal) {
      await load();
      for (let failures = 0; !signal.aborted; ) {
        const [next] = waiting;
        if (!next) {
          await wakeSignal.wait(signal);
          continue;
        }
        const [name, item] = next;
        const isDone = await tryItem(name, item);
        const left = waiting.get(name);
        waiting.delete(name);
        if (isDone) {
          failures = 0;
          continue;
        }
        if (left !== undefined) waiting.set(name, left);
        await clock.wait(backoffMs(failures, random), signal);
        failures += 1;
      }
    },
  };
}
