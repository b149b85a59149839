import type { Log } from '../lib/log.ts';
import { backoffMs } from '../lib/retry-delay.ts';
import type { SendResult } from '../platform/platform.ts';

/** So many destinations in a row that get no answer, and nobody one in between: then it is the platform, not they. */
const FAILURE_THRESHOLD = 3;

/** What lets calls through to one platform: all of them; none while it asked us to wait; while it is away, one by one. */
export interface CircuitBreaker {
  /** How many calls may be under way now, where `most` may be at the best of times. */
  permits(most: number): number;
  /** Milliseconds until it opens by itself; 0 where it is open. */
  retryAfterMs(): number;
  /** What became of a call; `isAlive`: the platform is known to answer other calls now. */
  record(destination: string, result: SendResult, isAlive?: boolean): void;
  /** Why the platform can't be reached, in a few words; `undefined` while it can. */
  error(): string | undefined;
}

interface CircuitBreakerParts {
  readonly log: Log;
  /** Of a clock that nobody sets. */
  now(): number;
  random(): number;
}

/**
 * A platform that is away is asked by one call at a time, from a second to five minutes apart, until it answers
 * anything at all: however many destinations wait, that makes neither a storm of calls nor one of log lines. Where it
 * answers, and only what is to be delivered fails, calls still go one by one, without pauses: one route may be broken, and
 * every destination has to find out that it is its turn to go on.
 */
export function createCircuitBreaker({ log, now, random }: CircuitBreakerParts): CircuitBreaker {
  const unanswered = new Set<string>();
  let away: { readonly sinceMs: number; readonly reason: string; tries: number } | undefined;
  let closedUntil = 0;
  const closeFor = (ms: number): void => {
    closedUntil = Math.max(closedUntil, now() + ms);
  };

  function answered(): void {
    unanswered.clear();
    if (away) log.info('platform.recovered', { awayMs: now() - away.sinceMs });
    away = undefined;
  }

  function missed(destination: string, isPlatform: boolean, isAlive: boolean, reason: string): void {
    unanswered.add(destination);
    if (!away && !isPlatform && unanswered.size < FAILURE_THRESHOLD) return;
    if (!away) log.warn('platform.unreachable', { reason });
    away ??= { sinceMs: now(), reason, tries: 0 };
    if (isAlive) {
      closedUntil = Math.min(closedUntil, now());
      away.tries = 0;
      return;
    }
    // Those that were under way when it closed tell nothing new.
    if (now() < closedUntil) return;
    closeFor(backoffMs(away.tries, random));
    away.tries += 1;
  }

  return {
    permits: (most) => (now() < closedUntil ? 0 : away ? 1 : most),
    retryAfterMs: () => Math.max(0, closedUntil - now()),
    record(destination, result, isAlive = false) {
      if (result.status === 'retry' && result.afterMs === undefined)
        return missed(destination, result.scope === 'platform', isAlive, result.reason);
      answered();
      if (result.status === 'retry' && result.scope === 'platform') closeFor(result.afterMs ?? 0);
    },
    error: () => away && `no answer: ${away.reason}`,
  };
}
