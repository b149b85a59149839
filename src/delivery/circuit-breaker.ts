import type { Log } from '../lib/log.ts';
import { backoffMs } from '../lib/retry-delay.ts';
import type { ChangeResult } from '../platform/platform.ts';

/** After failures at this many destinations without a success in between, the platform counts as unreachable. */
const FAILURE_THRESHOLD = 3;

/**
 * Decides how many calls one platform gets: as many as usual; none while it asks us to wait; one at a time while it is
 * unreachable.
 */
export interface CircuitBreaker {
  /** How many calls may be in progress now, `max` in normal operation. */
  permits(max: number): number;
  /** Milliseconds until calls are permitted again; 0 if they are now. */
  retryAfterMs(): number;
  /** The result of a call; `isAlive`: the platform is known to answer other calls. */
  record(destination: string, result: ChangeResult, isAlive?: boolean): void;
  /** Why the platform can't be reached, in a few words; `undefined` if it can. */
  error(): string | undefined;
}

interface CircuitBreakerParts {
  readonly log: Log;
  /** Monotonic, in milliseconds. */
  now(): number;
  random(): number;
}

/**
 * An unreachable platform is tried with one call at a time, from a second to five minutes apart, until it answers
 * anything at all. So there is no storm of calls or log lines, however many destinations wait. If it answers other
 * calls and only deliveries fail, they are still made one at a time but without pauses: a single route may be broken,
 * and each destination has to find out for itself when to give up.
 */
export function createCircuitBreaker({ log, now, random }: CircuitBreakerParts): CircuitBreaker {
  const failedDestinations = new Set<string>();
  let outage: { readonly sinceMs: number; readonly reason: string; tries: number } | undefined;
  let pausedUntil = 0;
  const pauseFor = (ms: number): void => {
    pausedUntil = Math.max(pausedUntil, now() + ms);
  };

  function succeeded(): void {
    failedDestinations.clear();
    if (outage) log.info('platform.recovered', { awayMs: now() - outage.sinceMs });
    outage = undefined;
  }

  function failed(destination: string, isPlatform: boolean, isAlive: boolean, reason: string): void {
    failedDestinations.add(destination);
    if (!outage && !isPlatform && failedDestinations.size < FAILURE_THRESHOLD) return;
    if (!outage) log.warn('platform.unreachable', { reason });
    outage ??= { sinceMs: now(), reason, tries: 0 };
    if (isAlive) {
      pausedUntil = Math.min(pausedUntil, now());
      outage.tries = 0;
      return;
    }
    // A call that began before the pause gives no new information.
    if (now() < pausedUntil) return;
    pauseFor(backoffMs(outage.tries, random));
    outage.tries += 1;
  }

  return {
    permits: (max) => (now() < pausedUntil ? 0 : outage ? 1 : max),
    retryAfterMs: () => Math.max(0, pausedUntil - now()),
    record(destination, result, isAlive = false) {
      if (result.status === 'retry' && result.afterMs === undefined)
        return failed(destination, result.scope === 'platform', isAlive, result.reason);
      succeeded();
      if (result.status === 'retry' && result.scope === 'platform') pauseFor(result.afterMs ?? 0);
    },
    error: () => outage && `no answer: ${outage.reason}`,
  };
}
