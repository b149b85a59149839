import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Store } from './store.ts';

/** How often a failing store is tried again. */
const RETRY_MS = 5_000;
/** How often a failure that persists is logged. */
const LOG_INTERVAL_MS = 60_000;

/**
 * Retries what must not get lost while the store cannot be written: a full or read-only disk, or a lock. There is one for
 * the whole program: of all that are waiting one tries, and a failure is logged once.
 */
export interface StoreRetry {
  /**
   * The store, with the methods of intake and delivery retried until they work. So a receipt waits until it can be stored,
   * and nothing else is sent to its destination meanwhile.
   */
  readonly store: Store;
  /** Tries until it works. Rejects with the last error once the signal has aborted. */
  retryUntilOk<T>(work: () => Promise<T>): Promise<T>;
  /** The error of a failing store; `undefined` while it works. */
  error(): string | undefined;
}

interface StoreRetryParts {
  readonly store: Store;
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export function createStoreRetry({ store, log, clock, signal }: StoreRetryParts): StoreRetry {
  let failing: { readonly sinceMs: number; readonly reason: string; readonly isLogged: boolean } | undefined;
  let loggedMs = Number.NEGATIVE_INFINITY;
  let recovery: Promise<void> | undefined;

  function failed(error: unknown): void {
    const isDue = clock.steady() - loggedMs >= LOG_INTERVAL_MS;
    if (isDue) {
      loggedMs = clock.steady();
      log.error('store.failing', { error });
    }
    failing = {
      sinceMs: failing?.sinceMs ?? clock.steady(),
      reason: error instanceof Error ? error.message : String(error),
      isLogged: isDue || (failing?.isLogged ?? false),
    };
  }

  function worked(): void {
    if (failing?.isLogged) log.info('store.recovered', { afterMs: clock.steady() - failing.sinceMs });
    failing = undefined;
  }

  async function recovered(): Promise<void> {
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

  async function retryUntilOk<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      await recovery;
      try {
        const result = await work();
        worked();
        return result;
      } catch (error) {
        if (signal.aborted) throw error;
        failed(error);
        recovery ??= recovered().finally(() => {
          recovery = undefined;
        });
      }
    }
  }

  return { store: retryingStore(store, retryUntilOk), retryUntilOk, error: () => failing?.reason };
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
