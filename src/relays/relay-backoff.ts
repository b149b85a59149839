import { createBackoff } from '../lib/backoff.ts';
import type { Recovery } from './relay-errors.ts';
import type { Timeouts } from './timeouts.ts';

/** How long to wait before a relay is tried again, depending on what went wrong. */
export interface RelayBackoff {
  next(recovery: Recovery): number;
  /** A page came despite a rate limit: the next refusal is a first one again. */
  progressed(): void;
  /** Only after a complete catch-up: a relay that accepts connections and drops them mustn't be tried every second. */
  reset(): void;
}

/** Strikes within `strikesMs` after which a relay is quarantined. */
const MAX_STRIKES = 3;

export function createRelayBackoff(
  timeouts: Timeouts,
  random: () => number,
  monotonic: () => number = () => performance.now(),
): RelayBackoff {
  const reconnect = createBackoff({
    firstMs: timeouts.retryMs,
    maxMs: timeouts.retryMaxMs,
    // Full jitter: a relay that restarts must not get all its clients back in the same second.
    jitter: (delayMs) => random() * delayMs,
  });
  const quarantine = createBackoff({ firstMs: timeouts.quarantineMs, maxMs: timeouts.quarantineMaxMs });
  const slowDown = createBackoff({ firstMs: timeouts.rateLimitMs, maxMs: timeouts.rateLimitMaxMs });
  let strikes: number[] = [];

  function strike(): number {
    const nowMs = monotonic();
    strikes = [...strikes.filter((atMs) => atMs > nowMs - timeouts.strikesMs), nowMs];
    if (strikes.length < MAX_STRIKES) return reconnect.next();
    strikes = [];
    return quarantine.next();
  }

  const delays: Readonly<Record<Recovery, () => number>> = {
    reconnect: reconnect.next,
    strike,
    quarantine: quarantine.next,
    // Whatever could be done on the spot has been done.
    authenticate: quarantine.next,
    simplify: quarantine.next,
    'slow-down': slowDown.next,
  };

  return {
    next: (recovery) => delays[recovery](),
    progressed: slowDown.reset,
    reset() {
      for (const backoff of [reconnect, quarantine, slowDown]) backoff.reset();
    },
  };
}
