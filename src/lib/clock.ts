import { exponentialDelay } from './backoff.ts';

/** Time as the pipeline needs it; tests pass their own. */
export interface Clock {
  /** Milliseconds since 1970, as the machine's clock says: for dates. It may jump either way when somebody sets it. */
  now(): number;
  /** Milliseconds that pass evenly, whatever becomes of `now`, from where that stood at the start: for waits and limits. */
  steady(): number;
  /** Resolves after so long, or at once when the signal aborts. Never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  steady: () => Math.round(performance.timeOrigin + performance.now()),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(ms, MAX_TIMEOUT_MS));
      signal.addEventListener('abort', done);
    }),
};

/** A bell that somebody waits for: rings are not counted, only remembered until the next wait. */
export interface WakeSignal {
  notify(): void;
  /**
   * Resolves at the next ring, or at once where it rang since the last wait. Whoever waits no longer says so by the
   * signal: a ring that nobody hears is remembered.
   */
  wait(signal: AbortSignal): Promise<void>;
}

export function createWakeSignal(): WakeSignal {
  let rang = false;
  let wake: (() => void) | undefined;
  return {
    notify() {
      rang = true;
      wake?.();
    },
    wait: (signal) =>
      new Promise((resolve) => {
        const done = () => {
          rang = false;
          leave();
        };
        const leave = () => {
          if (wake === done) wake = undefined;
          signal.removeEventListener('abort', leave);
          resolve();
        };
        if (signal.aborted) return resolve();
        wake = done;
        signal.addEventListener('abort', leave);
        if (rang) done();
      }),
  };
}

const BASE_DELAY_MS = 1_000;
const MAX_DELAY_MS = 5 * 60_000;

/** How long to wait after so many failed tries (from 0): doubling from 1 s to 5 min, each by chance 50–100 % of it. */
export function backoffMs(attempts: number, random: () => number): number {
  const full = exponentialDelay(attempts, BASE_DELAY_MS, MAX_DELAY_MS);
  return Math.round(full * (0.5 + random() / 2));
}

const MAX_RETRY_AFTER_MS = 24 * 60 * 60_000;
/** From the second wait on: who says each time that it is over already is not asked a thousand times a second. */
const MIN_REPEATED_DELAY_MS = 250;

/** How long a platform asks us to wait, a day at most; `undefined` where what it says is no time at all. */
export function clampRetryAfter(afterMs: number | undefined): number | undefined {
  if (afterMs === undefined || Number.isNaN(afterMs) || afterMs < 0) return undefined;
  return Math.min(afterMs, MAX_RETRY_AFTER_MS);
}

/** How long to wait after so many failed tries (from 0), of which the platform said that: what it asks for, else `backoffMs`. */
export function retryDelayMs(afterMs: number | undefined, attempts: number, random: () => number): number {
  if (afterMs === undefined) return backoffMs(attempts, random);
  return attempts === 0 ? afterMs : Math.max(afterMs, MIN_REPEATED_DELAY_MS);
}
