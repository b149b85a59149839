import type { ChangeResult, Platform } from '../platform/platform.ts';

/** After this many consecutive failures the platform is probed. */
const PROBE_AFTER_FAILURES = 6;
/** How long the result of a probe is reused, so that many failing calls don't cause many probes. */
const PROBE_INTERVAL_MS = 10_000;

/** Whether a platform answers at all, even if deliveries fail. Times are monotonic milliseconds. */
export interface Liveness {
  /**
   * Records the result of a call. Resolves with whether the platform is known to answer other calls now. Never
   * rejects.
   */
  record(result: ChangeResult): Promise<boolean>;
  /** When it last answered anything, a probe included. */
  lastAnsweredMs(): number;
  /** When a delivery last succeeded. */
  lastSentMs(): number;
}

interface LivenessParts {
  readonly platform: Pick<Platform, 'isReachable'>;
  now(): number;
}

export function createLiveness({ platform, now }: LivenessParts): Liveness {
  let aliveMs = Number.NEGATIVE_INFINITY;
  let sentMs = Number.NEGATIVE_INFINITY;
  let probedMs = Number.NEGATIVE_INFINITY;
  let answered = Promise.resolve(false);
  let failures = 0;

  function probe(): Promise<boolean> {
    if (now() - probedMs < PROBE_INTERVAL_MS) return answered;
    probedMs = now();
    answered = platform.isReachable?.() ?? Promise.resolve(false);
    return answered;
  }

  return {
    async record(result) {
      if (result.status !== 'retry') {
        aliveMs = now();
        if (result.status === 'sent') sentMs = now();
        failures = 0;
        return true;
      }
      failures += 1;
      if (failures < PROBE_AFTER_FAILURES) return false;
      const isAlive = await probe();
      if (isAlive) aliveMs = now();
      return isAlive;
    },
    lastAnsweredMs: () => aliveMs,
    lastSentMs: () => sentMs,
  };
}
