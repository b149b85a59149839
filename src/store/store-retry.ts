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

function retryingStore(store: Store, retry: StoreRetry['retryUntilOk']): Store {
  const { journal, archive, destinations, deliveries } = store;
  return {
    ...store,
    journal: {
      accept: (...given) => retry(() => journal.accept(...given)),
      delete: (...given) => retry(() => journal.delete(...given)),
      deleteExpired: (...given) => retry(() => journal.deleteExpired(...given)),
      nextExpiryMs: () => retry(() => journal.nextExpiryMs()),
    },
    archive: {
      ...archive,
      recordSighting: (...given) => retry(() => archive.recordSighting(...given)),
    },
    destinations: {
      ...destinations,
      suspend: (...given) => retry(() => destinations.suspend(...given)),
      resume: (...given) => retry(() => destinations.resume(...given)),
      move: (...given) => retry(() => destinations.move(...given)),
    },
    deliveries: {
      ...deliveries,
      nextTasks: (...given) => retry(() => deliveries.nextTasks(...given)),
      recordIntent: (...given) => retry(() => deliveries.recordIntent(...given)),
      recordReceipt: (...given) => retry(() => deliveries.recordReceipt(...given)),
      recordRemoval: (...given) => retry(() => deliveries.recordRemoval(...given)),
      recordDigest: (...given) => retry(() => deliveries.recordDigest(...given)),
      recordDigestEdit: (...given) => retry(() => deliveries.recordDigestEdit(...given)),
      skip: (...given) => retry(() => deliveries.skip(...given)),
      postpone: (...given) => retry(() => deliveries.postpone(...given)),
    },
  };
}
