import type { Platform, SendResult } from '../platform/platform.ts';

/** After so many calls in a row that brought nothing, the platform is asked whether it is there. */
const PROBE_AFTER_FAILURES = 6;
/** What was found out holds so long: however many calls fail, that makes no storm of questions. */
const PROBE_INTERVAL_MS = 10_000;

/** Whether a platform is there at all, however one of its routes fares. Times are those of a clock that nobody sets. */
export interface Liveness {
  /** What became of a call. Settles with whether the platform is known to answer other calls now. Never rejects. */
  record(result: SendResult): Promise<boolean>;
  /** When it last answered anything, a harmless question included. */
  lastAnsweredMs(): number;
  /** When a delivery last succeeded. */
  lastSentMs(): number;
}

interface LivenessParts {
  readonly platform: Pick<Platform, 'answers'>;
  now(): number;
}

export function createLiveness({ platform, now }: LivenessParts): Liveness {
  let aliveMs = Number.NEGATIVE_INFINITY;
  let sentMs = Number.NEGATIVE_INFINITY;
  let askedMs = Number.NEGATIVE_INFINITY;
  let answered = Promise.resolve(false);
  let misses = 0;

  function asked(): Promise<boolean> {
    if (now() - askedMs < PROBE_INTERVAL_MS) return answered;
    askedMs = now();
    answered = platform.answers?.() ?? Promise.resolve(false);
    return answered;
  }

  return {
    async record(result) {
      if (result.status !== 'retry') {
        aliveMs = now();
        if (result.status === 'sent') sentMs = now();
        misses = 0;
        return true;
      }
      misses += 1;
      if (misses < PROBE_AFTER_FAILURES) return false;
      const isAlive = await asked();
      if (isAlive) aliveMs = now();
      return isAlive;
    },
    lastAnsweredMs: () => aliveMs,
    lastSentMs: () => sentMs,
  };
}
