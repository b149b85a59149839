import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './timing.ts';

/** How often a store that fails is tried. */
const RETRY_MS = 5_000;
/** How often it is said that it still fails. */
const SAY_AGAIN_MS = 60_000;

/**
 * For what must not get lost while the store can't be written: a full disk, one that is read-only, a lock. One for the
 * whole program: however many wait, one of them tries, and it is said once.
 */
export interface Patience {
  /**
   * The store for those who go on when it works again: intake and delivery. What delivery heard from a platform is kept in
   * hand until it is recorded, and nothing else is done for that destination before.
   */
  readonly store: Store;
  /** Tries until it works. Rejects with what came last once the signal has aborted. */
  insist<T>(work: () => Promise<T>): Promise<T>;
  /** Why the store fails, in its own words; `undefined` while it works. */
  trouble(): string | undefined;
}

interface PatienceParts {
  readonly store: Store;
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export function createPatience({ store, log, clock, signal }: PatienceParts): Patience {
  let failing: { readonly sinceMs: number; readonly reason: string; readonly isSaid: boolean } | undefined;
  let saidMs = Number.NEGATIVE_INFINITY;
  let mending: Promise<void> | undefined;

  function failed(error: unknown): void {
    const isTime = clock.steady() - saidMs >= SAY_AGAIN_MS;
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
    if (failing?.isSaid) log.info('store.mended', { afterMs: clock.steady() - failing.sinceMs });
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

  return { store: patientStore(store, insist), insist, trouble: () => failing?.reason };
}

function patientStore(store: Store, insist: Patience['insist']): Store {
  return {
    ...store,
    accept: (...given) => insist(() => store.accept(...given)),
    sighted: (...given) => insist(() => store.sighted(...given)),
    takeBack: (...given) => insist(() => store.takeBack(...given)),
    expire: (...given) => insist(() => store.expire(...given)),
    nextExpiryMs: () => insist(() => store.nextExpiryMs()),
    due: (...given) => insist(() => store.due(...given)),
    begin: (...given) => insist(() => store.begin(...given)),
    delivered: (...given) => insist(() => store.delivered(...given)),
    removed: (...given) => insist(() => store.removed(...given)),
    digested: (...given) => insist(() => store.digested(...given)),
    digestEdited: (...given) => insist(() => store.digestEdited(...given)),
    skip: (...given) => insist(() => store.skip(...given)),
    postpone: (...given) => insist(() => store.postpone(...given)),
    suspend: (...given) => insist(() => store.suspend(...given)),
    resume: (...given) => insist(() => store.resume(...given)),
    move: (...given) => insist(() => store.move(...given)),
  };
}
