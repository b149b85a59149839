import { exponentialDelay } from './backoff.ts';

const BASE_DELAY_MS = 1_000;
const MAX_DELAY_MS = 5 * 60_000;
const MAX_RETRY_AFTER_MS = 24 * 60 * 60_000;
/** A server that asks for no wait at all, time and again, isn't asked a thousand times a second. */
const MIN_REPEATED_DELAY_MS = 250;

/** Exponential backoff with jitter after `attempts` failures (from 0): doubles from 1 s to 5 min, of which 50–100 %. */
export function backoffMs(attempts: number, random: () => number): number {
  const fullMs = exponentialDelay(attempts, BASE_DELAY_MS, MAX_DELAY_MS);
  return Math.round(fullMs * (0.5 + random() / 2));
}

/** The wait a server asks for, a day at most; `undefined` if what it asks for isn't a duration. */
export function clampRetryAfter(afterMs: number | undefined): number | undefined {
  if (afterMs === undefined || Number.isNaN(afterMs) || afterMs < 0) return undefined;
  return Math.min(afterMs, MAX_RETRY_AFTER_MS);
}

/** The wait after `attempts` failures (from 0): what the server asks for, or else `backoffMs`. */
export function retryDelayMs(afterMs: number | undefined, attempts: number, random: () => number): number {
  if (afterMs === undefined) return backoffMs(attempts, random);
  return attempts === 0 ? afterMs : Math.max(afterMs, MIN_REPEATED_DELAY_MS);
}
