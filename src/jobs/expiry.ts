import { type Clock, createWakeSignal } from '../lib/clock.ts';
import type { Journal } from '../store/journal.ts';

interface ExpiryTimerParts {
  /** A patient one. */
  readonly journal: Pick<Journal, 'deleteExpired' | 'nextExpiryMs'>;
  /** The journal grew. */
  wakeDelivery(): void;
  readonly clock: Clock;
}

/** Takes notes back as they expire (NIP-40), where they stand and from the archive. */
export interface ExpiryTimer {
  /** A note has come in, and may expire before any other. */
  reschedule(): void;
  /** Watches until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

/** The clock may be set: then a note expires so much later than it says at most. */
const MAX_WAIT_MS = 60_000;

export function createExpiryTimer({ journal, wakeDelivery, clock }: ExpiryTimerParts): ExpiryTimer {
  const bell = createWakeSignal();

  async function rungOr(ms: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const until = AbortSignal.any([signal, over.signal]);
    await Promise.race([bell.wait(until), clock.wait(ms, until)]);
    over.abort();
  }

  return {
    reschedule: bell.notify,
    async run(signal) {
      while (!signal.aborted) {
        if ((await journal.deleteExpired(clock.now())) > 0) wakeDelivery();
        const nextMs = (await journal.nextExpiryMs()) ?? Number.POSITIVE_INFINITY;
        await rungOr(Math.min(Math.max(nextMs - clock.now(), 0), MAX_WAIT_MS), signal);
      }
    },
  };
}
