import type { Store } from '../store/store.ts';
import { type Clock, createBell } from './timing.ts';

interface ExpiryParts {
  /** A patient one. */
  readonly store: Pick<Store, 'expire' | 'nextExpiryMs'>;
  /** The journal grew. */
  announced(): void;
  readonly clock: Clock;
}

/** Takes notes back as they expire (NIP-40), where they stand and from the archive. */
export interface Expiry {
  /** A note has come in, and may expire before any other. */
  look(): void;
  /** Watches until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

/** The clock may be set: then a note expires so much later than it says at most. */
const LOOK_AGAIN_MS = 60_000;

export function createExpiry({ store, announced, clock }: ExpiryParts): Expiry {
  const bell = createBell();

  async function rungOr(ms: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const until = AbortSignal.any([signal, over.signal]);
    await Promise.race([bell.rung(until), clock.wait(ms, until)]);
    over.abort();
  }

  return {
    look: bell.ring,
    async run(signal) {
      while (!signal.aborted) {
        if ((await store.expire(clock.now())) > 0) announced();
        const nextMs = (await store.nextExpiryMs()) ?? Number.POSITIVE_INFINITY;
        await rungOr(Math.min(Math.max(nextMs - clock.now(), 0), LOOK_AGAIN_MS), signal);
      }
    },
  };
}
