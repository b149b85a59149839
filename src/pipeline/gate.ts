import type { Log } from '../log.ts';
import type { SendResult } from '../platform/platform.ts';
import { backoffMs } from './timing.ts';

/** So many destinations in a row that get no answer, and nobody one in between: then it is the platform, not they. */
const IN_A_ROW = 3;

/** What lets calls through to one platform: all of them; none while it asked us to wait; while it is away, one by one. */
export interface Gate {
  /** How many calls may be under way now, where `most` may be at the best of times. */
  room(most: number): number;
  /** Milliseconds until it opens by itself; 0 where it is open. */
  closedForMs(): number;
  /** What became of a call; `isAlive`: the platform is known to answer other calls now. */
  heard(destination: string, result: SendResult, isAlive?: boolean): void;
  /** Why the platform can't be reached, in a few words; `undefined` while it can. */
  trouble(): string | undefined;
}

interface GateParts {
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
export function createGate({ log, now, random }: GateParts): Gate {
  const unanswered = new Set<string>();
  let away: { readonly sinceMs: number; readonly reason: string; tries: number } | undefined;
  let closedUntil = 0;
  const closeFor = (ms: number): void => {
    closedUntil = Math.max(closedUntil, now() + ms);
  };

  function answered(): void {
    unanswered.clear();
    if (away) log.info('platform.returned', { awayMs: now() - away.sinceMs });
    away = undefined;
  }

  function missed(destination: string, isPlatform: boolean, isAlive: boolean, reason: string): void {
    unanswered.add(destination);
    if (!away && !isPlatform && unanswered.size < IN_A_ROW) return;
    if (!away) log.warn('platform.away', { reason });
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
    room: (most) => (now() < closedUntil ? 0 : away ? 1 : most),
    closedForMs: () => Math.max(0, closedUntil - now()),
    heard(destination, result, isAlive = false) {
      if (result.status === 'retry' && result.afterMs === undefined)
        return missed(destination, result.scope === 'platform', isAlive, result.reason);
      answered();
      if (result.status === 'retry' && result.scope === 'platform') closeFor(result.afterMs ?? 0);
    },
    trouble: () => away && `no answer: ${away.reason}`,
  };
}
