import { doubled, type Timers } from './timers.ts';

/** What helps after a relay has ended something. */
type Remedy = 'reconnect' | 'slow-down' | 'simplify' | 'quarantine';

/** Why a catch-up or a connection ended, in a few words, and what helps. */
export interface Ending {
  readonly reason: string;
  readonly remedy: Remedy;
}

// NIP-01's machine-readable prefixes. Others (`error:`, none) mean what a dropped connection means.
const REMEDIES: Readonly<Record<string, Remedy>> = {
  'rate-limited': 'slow-down',
  'auth-required': 'quarantine',
  restricted: 'quarantine',
  blocked: 'quarantine',
  invalid: 'simplify',
  unsupported: 'simplify',
};

/** What a CLOSED with that reason asks for. */
export function endingOf(reason: string): Ending {
  const prefix = /^([a-z-]+):/.exec(reason)?.[1] ?? '';
  const remedy = REMEDIES[prefix] ?? 'reconnect';
  // We have no key of our own to authenticate with (NIP-42).
  return { reason: prefix === 'auth-required' ? 'needs key' : reason || 'closed by the relay', remedy };
}

/** How long to wait before the next try, longer with each one. */
export interface Backoff {
  next(remedy: Remedy): number;
  /** Only after a catch-up that is complete: a relay that accepts and drops must not be asked every second. */
  reset(): void;
}

export function createBackoff(timers: Timers, random: () => number): Backoff {
  const tries = new Map<Remedy, number>();
  return {
    next(remedy) {
      const attempt = tries.get(remedy) ?? 0;
      tries.set(remedy, attempt + 1);
      switch (remedy) {
        case 'reconnect':
          // Full jitter: a relay that restarts is not to meet all its clients in the same second.
          return random() * doubled(attempt, timers.retryMs, timers.retryMaxMs);
        case 'slow-down':
          return doubled(attempt, timers.rateLimitMs, timers.rateLimitMaxMs);
        case 'quarantine':
        case 'simplify':
          return doubled(attempt, timers.quarantineMs, timers.quarantineMaxMs);
      }
    },
    reset: () => tries.clear(),
  };
}
