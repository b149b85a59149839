import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Store } from './store.ts';

/** How often a store that fails is tried. */
const RETRY_MS = 5_000;
/** How often it is said that it still fails. */
const LOG_INTERVAL_MS = 60_000;

/**
 * For what must not get lost while the store can't be written: a full disk, one that is read-only, a lock. One for the
 * whole program: however many wait, one of them tries, and it is said once.
 */
export interface StoreRetry {
  /**
   * The store for those who go on when it works again: intake and delivery. What delivery heard from a platform is kept in
   * hand until it is recorded, and nothing else is done for that destination before.
   */
  readonly store: Store;
  /** Tries until it works. Rejects with what came last once the signal has aborted. */
  retryUntilOk<T>(work: () => Promise<T>): Promise<T>;
  /** Why the store fails, in its own words; `undefined` while it works. */
  error(): string | undefined;
}

interface StoreRetryParts {
  readonly store: Store;
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export function createStoreRetry({ store, log, clock, signal }: StoreRetryParts): StoreRetry {
  let failing: { readonly sinceMs: number; readonly reason: string; readonly isSaid: boolean } | undefined;
  let saidMs = Number.NEGATIVE_INFINITY;
  let mending: Promise<void> | undefined;

  function failed(error: unknown): void {
    const isTime = clock.steady() - saidMs >= LOG_INTERVAL_MS;
    if (isTime) {
      saidMs = clock.steady();
      log.error('store.failing', { error });
    }
    failing = {
      sinceMs: failing?.sinceMs ?? clock.steady(),
      reason: error instanceof Error ? error.message : String(error),
      isSaid: isTime || (failing?.isSaid ?? false),
    };
  }

  function worked(): void {
    if (failing?.isSaid) log.info('store.recovered', { afterMs: clock.steady() - failing.sinceMs });
    failing = undefined;
  }

  async function mended(): Promise<void> {
    for (;;) {
      await clock.wait(RETRY_MS, signal);
      if (signal.aborted) return;
      try {
        return await store.check();
      } catch (error) {
        failed(error);
      }
    }
  }

  async function insist<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      await mending;
      try {
        const result = await work();
        worked();
        return result;
      } catch (error) {
        if (signal.aborted) throw error;
        failed(error);
        mending ??= mended().finally(() => {
          mending = undefined;
        });
      }
    }
  }

  return { store: retryingStore(store, insist), retryUntilOk: insist, error: () => failing?.reason };
}

function retryingStore(store: Store, insist: StoreRetry['retryUntilOk']): Store {
  return {
    ...store,
    accept: (...given) => insist(() => store.accept(...given)),
    recordSighting: (...given) => insist(() => store.recordSighting(...given)),
    delete: (...given) => insist(() => store.delete(...given)),
    deleteExpired: (...given) => insist(() => store.deleteExpired(...given)),
    nextExpiryMs: () => insist(() => store.nextExpiryMs()),
    nextTasks: (...given) => insist(() => store.nextTasks(...given)),
    recordIntent: (...given) => insist(() => store.recordIntent(...given)),
    recordReceipt: (...given) => insist(() => store.recordReceipt(...given)),
    recordRemoval: (...given) => insist(() => store.recordRemoval(...given)),
    recordDigest: (...given) => insist(() => store.recordDigest(...given)),
    recordDigestEdit: (...given) => insist(() => store.recordDigestEdit(...given)),
    skip: (...given) => insist(() => store.skip(...given)),
    postpone: (...given) => insist(() => store.postpone(...given)),
    suspend: (...given) => insist(() => store.suspend(...given)),
    resume: (...given) => insist(() => store.resume(...given)),
    move: (...given) => insist(() => store.move(...given)),
  };
}
