/** `firstMs`, doubled with every attempt (counted from 0), but at most `maxMs`. */
export function exponentialDelay(attempt: number, firstMs: number, maxMs: number): number {
  return Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 30));
}

/** How long to wait before each further attempt, in milliseconds: longer every time. */
export interface Backoff {
  next(): number;
  /** An attempt succeeded: the next delay is the first one again. */
  reset(): void;
}

export interface BackoffOptions {
  readonly firstMs: number;
  readonly maxMs: number;
  /** Varies a delay, so that many clients don't retry in the same second. None by default. */
  readonly jitter?: (delayMs: number) => number;
}

export function createBackoff({ firstMs, maxMs, jitter = (delayMs) => delayMs }: BackoffOptions): Backoff {
  let attempts = 0;
  return {
    next() {
      attempts += 1;
      return jitter(exponentialDelay(attempts - 1, firstMs, maxMs));
    },
    reset() {
      attempts = 0;
    },
  };
}
