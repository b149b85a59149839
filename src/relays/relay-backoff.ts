import type { Recovery } from './relay-errors.ts';
import { exponential, type Timeouts } from './timeouts.ts';

/** How long to wait before the next try, longer with each one. */
export interface RelayBackoff {
  next(remedy: Recovery): number;
  /** A page came in spite of a limit: the next refusal is a first one. */
  progressed(): void;
  /** Only after a catch-up that is complete: a relay that accepts and drops must not be asked every second. */
  reset(): void;
}

/** So many misdeeds within `strikesMs`, and a relay is left alone for an hour and more. */
const MAX_STRIKES = 3;

export function createRelayBackoff(
  timeouts: Timeouts,
  random: () => number,
  monotonic: () => number = () => performance.now(),
): RelayBackoff {
  const tries = new Map<Recovery, number>();
  let strikes: number[] = [];

  function attempt(remedy: Recovery): number {
    const before = tries.get(remedy) ?? 0;
    tries.set(remedy, before + 1);
    return before;
  }
  // Full jitter: a relay that restarts is not to meet all its clients in the same second.
  const reconnect = (): number =>
    random() * exponential(attempt('reconnect'), timeouts.retryMs, timeouts.retryMaxMs);
  const quarantine = (): number =>
    exponential(attempt('quarantine'), timeouts.quarantineMs, timeouts.quarantineMaxMs);

  function strike(): number {
    const nowMs = monotonic();
    strikes = [...strikes.filter((atMs) => atMs > nowMs - timeouts.strikesMs), nowMs];
    if (strikes.length < MAX_STRIKES) return reconnect();
    strikes = [];
    return quarantine();
  }

  const waits: Readonly<Record<Recovery, () => number>> = {
    reconnect,
    strike,
    quarantine,
    // What could be done about it on the spot has been done.
    authenticate: quarantine,
    simplify: quarantine,
    'slow-down': () => exponential(attempt('slow-down'), timeouts.rateLimitMs, timeouts.rateLimitMaxMs),
  };

  return {
    next: (remedy) => waits[remedy](),
    progressed: () => void tries.delete('slow-down'),
    reset: () => tries.clear(),
  };
}
