import type { Clock } from '../lib/clock.ts';
import type { KeyValue } from '../lib/key-value.ts';
import type { Log } from '../lib/log.ts';
import { backoffMs } from '../lib/retry-delay.ts';
import { createWakeSignal } from '../lib/wake-signal.ts';

/** What is to be done, or that it was done. */
type QueueRecord<T> = { readonly item: T; readonly atMs: number } | { readonly done: true };

/** Things to do that a crash does not lose, one after the other. What can't be done now lets the next one try. */
export interface DurableQueue<T> {
  /** Settles when it is kept. False where there is or was one of that name: nothing is done twice. */
  add(name: string, item: T): Promise<boolean>;
  /** Forgets one that is not done; what is being attempted is broken off. */
  drop(name: string): Promise<void>;
  /** Works until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

export interface DurableQueueParts<T> {
  readonly storage: KeyValue<QueueRecord<T>>;
  /** `later`: it comes again. `keep` writes down how far it got, for the next try. The signal aborts when it is dropped. */
  attempt(
    name: string,
    item: T,
    keep: (item: T) => Promise<void>,
    dropped: AbortSignal,
  ): Promise<'done' | 'later'>;
  readonly clock: Clock;
  random(): number;
  readonly log: Log;
}

/** How long it is known that something was done. Longer than anything may come again. */
const DONE_TTL_MS = 60 * 86_400_000;

export function createDurableQueue<T>({
  storage,
  attempt,
  clock,
  random,
  log,
}: DurableQueueParts<T>): DurableQueue<T> {
  const waiting = new Map<string, T>();
  let inHand: { readonly name: string; readonly drop: AbortController } | undefined;
  const bell = createWakeSignal();

  async function recall(): Promise<void> {
    const found: { readonly name: string; readonly item: T; readonly atMs: number }[] = [];
    for await (const [name, kept] of storage.iterator()) if ('item' in kept) found.push({ name, ...kept });
    for (const { name, item } of found.sort((a, b) => a.atMs - b.atMs)) waiting.set(name, item);
  }

  async function tried(name: string, item: T): Promise<boolean> {
    const drop = new AbortController();
    inHand = { name, drop };
    const keep = async (changed: T): Promise<void> => {
      drop.signal.throwIfAborted();
      waiting.set(name, changed);
      await storage.set(name, { item: changed, atMs: clock.now() });
    };
    try {
      const isDone = (await attempt(name, item, keep, drop.signal)) === 'done';
      if (isDone) await storage.set(name, { done: true }, DONE_TTL_MS);
      return isDone;
    } catch (error) {
      if (!drop.signal.aborted) log.error('dm.retrying', { error });
      return drop.signal.aborted;
    } finally {
      inHand = undefined;
    }
  }

  return {
    async add(name, item) {
      if (await storage.get(name)) return false;
      await storage.set(name, { item, atMs: clock.now() });
      waiting.set(name, item);
      bell.notify();
      return true;
    },
    async drop(name) {
      if (inHand?.name === name) inHand.drop.abort();
      // What is done stays known as done.
      if (waiting.delete(name)) await storage.delete(name);
    },
    async run(signal) {
      await recall();
      for (let failures = 0; !signal.aborted; ) {
        const [next] = waiting;
        if (!next) {
          await bell.wait(signal);
          continue;
        }
        const [name, item] = next;
        const isDone = await tried(name, item);
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
