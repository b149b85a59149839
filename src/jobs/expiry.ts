import type { Clock } from '../lib/clock.ts';
import { createWakeSignal } from '../lib/wake-signal.ts';
import type { Journal } from '../store/journal.ts';

interface ExpiryTimerParts {
  /** Retries until it works, see `store/store-retry`. */
  readonly journal: Pick<Journal, 'deleteExpired' | 'nextExpiryMs'>;
  readonly clock: Clock;
}

/** Deletes notes when they expire (NIP-40), from the archive and wherever they were posted. */
export interface ExpiryTimer {
  /** To be called when a note arrives that may expire before all others. */
  reschedule(): void;
  /** Runs until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

/** If the system clock is set ahead, notes expire late by this at most. */
const MAX_WAIT_MS = 60_000;

export function createExpiryTimer({ journal, clock }: ExpiryTimerParts): ExpiryTimer {
  const wakeSignal = createWakeSignal();
  return {
    reschedule: wakeSignal.notify,
    async run(signal) {
      signal.addEventListener('abort', wakeSignal.notify);
      while (!signal.aborted) {
        await journal.deleteExpired(clock.now());
        const nextMs = (await journal.nextExpiryMs()) ?? Number.POSITIVE_INFINITY;
        const waitMs = Math.min(Math.max(nextMs - clock.now(), 0), MAX_WAIT_MS);
        await wakeSignal.waitOr((over) => clock.wait(waitMs, over));
      }
    },
  };
}
