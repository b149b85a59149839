import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Store } from './store.ts';

/** How often a failing store is checked. */
const RETRY_MS = 5_000;
/** How often the log says that it is still failing. */
const LOG_INTERVAL_MS = 60_000;

/**
 * Keeps work from getting lost while the store can't be written: a full disk, a read-only one, a lock. There is one per
 * process: however many callers wait, one check at a time is made, and the log says so once.
 */
export interface StoreRetry {
  /**
   * The store for ingest and delivery, whose writes wait until it works. In this way a platform's answer is kept until it
   * is recorded, and nothing else is sent to that destination before.
   */
  readonly store: Store;
  /** Tries until it works. Once the signal has aborted, rejects with the last error. */
  retryUntilOk<Args extends readonly unknown[], T>(
    work: (...args: Args) => Promise<T>,
    ...args: Args
  ): Promise<T>;
  /** The store's own words for why it fails; `undefined` while it works. */
  error(): string | undefined;
}

interface StoreRetryParts {
  readonly store: Store;
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export function createStoreRetry({ store, log, clock, signal }: StoreRetryParts): StoreRetry {
  let failure: { readonly sinceMs: number; readonly reason: string; readonly isLogged: boolean } | undefined;
  let loggedMs = Number.NEGATIVE_INFINITY;
  /** Settles when the store works again. */
  let recovery: Promise<void> | undefined;

  function failed(error: unknown): void {
    const isLogged = clock.steady() - loggedMs >= LOG_INTERVAL_MS;
    if (isLogged) {
      loggedMs = clock.steady();
      log.error('store.failing', { error });
    }
    failure = {
      sinceMs: failure?.sinceMs ?? clock.steady(),
      reason: error instanceof Error ? error.message : String(error),
      isLogged: isLogged || (failure?.isLogged ?? false),
    };
  }

  function recovered(): void {
    if (failure?.isLogged) log.info('store.recovered', { afterMs: clock.steady() - failure.sinceMs });
    failure = undefined;
  }

  async function waitUntilOk(): Promise<void> {
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

  async function retryUntilOk<Args extends readonly unknown[], T>(
    work: (...args: Args) => Promise<T>,
    ...args: Args
  ): Promise<T> {
    for (;;) {
      if (recovery) await recovery;
      try {
        const result = await work(...args);
        if (failure) recovered();
        return result;
      } catch (error) {
        if (signal.aborted) throw error;
        failed(error);
        recovery ??= waitUntilOk().finally(() => {
          recovery = undefined;
        });
      }
    }
  }

  return { store: retryingStore(store, retryUntilOk), retryUntilOk, error: () => failure?.reason };
}

function retryingStore(store: Store, retry: StoreRetry['retryUntilOk']): Store {
  const { journal, archive, destinations, deliveries } = store;
  return {
    ...store,
    journal: {
      accept: (...args) => retry(journal.accept, ...args),
      delete: (...args) => retry(journal.delete, ...args),
      deleteExpired: (...args) => retry(journal.deleteExpired, ...args),
      nextExpiryMs: () => retry(journal.nextExpiryMs),
    },
    archive: {
      ...archive,
      recordSighting: (...args) => retry(archive.recordSighting, ...args),
    },
    destinations: {
      ...destinations,
      suspend: (...args) => retry(destinations.suspend, ...args),
      resume: (...args) => retry(destinations.resume, ...args),
      move: (...args) => retry(destinations.move, ...args),
    },
    deliveries: {
      ...deliveries,
      nextTasks: (...args) => retry(deliveries.nextTasks, ...args),
      recordIntent: (...args) => retry(deliveries.recordIntent, ...args),
      recordReceipt: (...args) => retry(deliveries.recordReceipt, ...args),
      recordRemoval: (...args) => retry(deliveries.recordRemoval, ...args),
      recordDigest: (...args) => retry(deliveries.recordDigest, ...args),
      recordDigestEdit: (...args) => retry(deliveries.recordDigestEdit, ...args),
      skip: (...args) => retry(deliveries.skip, ...args),
      postpone: (...args) => retry(deliveries.postpone, ...args),
    },
  };
}
