/** At most `count` messages in any stretch of `perMs` milliseconds. */
export interface Rate {
  readonly count: number;
  readonly perMs: number;
}

/** Keeps a rate limit exactly: a burst may use all of it at once, and no stretch of time sees more. */
export interface RateLimiter {
  /** Milliseconds until `cost` messages may be sent; 0 if they may be now. */
  delayMs(cost: number, nowMs: number): number;
  /** The same; if they may be sent now, they count as sent. */
  acquire(cost: number, nowMs: number): number;
  /** Whether nothing that was sent counts any more. */
  isIdle(nowMs: number): boolean;
}

/**
 * A sliding window for each rate. What costs more than a whole limit is let through once its window is empty. `rates` is
 * asked anew each time: when they change, what was sent before counts against the new ones.
 */
export function createRateLimiter(rates: () => readonly Rate[]): RateLimiter {
  let sent: Sent[] = [];

  function forgetOld(nowMs: number): void {
    const longestMs = Math.max(...rates().map(({ perMs }) => perMs));
    const first = sent.findIndex(({ atMs }) => atMs > nowMs - longestMs);
    if (first !== 0) sent = first < 0 ? [] : sent.slice(first);
  }

  function delayMs(cost: number, nowMs: number): number {
    forgetOld(nowMs);
    const delays = rates().map((rate) => delayFor(rate, sent, cost, nowMs));
    return Math.max(0, ...delays);
  }

  return {
    delayMs,
    acquire(cost, nowMs) {
      const delay = delayMs(cost, nowMs);
      if (delay === 0) sent.push({ atMs: nowMs, cost });
      return delay;
    },
    isIdle(nowMs) {
      forgetOld(nowMs);
      return sent.length === 0;
    },
  };
}

interface Sent {
  readonly atMs: number;
  readonly cost: number;
}

/** How long until the window has room for `cost` more. */
function delayFor({ count, perMs }: Rate, sent: readonly Sent[], cost: number, nowMs: number): number {
  const allowed = Math.max(0, count - cost);
  const inWindow = sent.filter(({ atMs }) => atMs > nowMs - perMs);
  let used = inWindow.reduce((sum, one) => sum + one.cost, 0);
  let delay = 0;
  for (const one of inWindow) {
    if (used <= allowed) break;
    used -= one.cost;
    delay = one.atMs + perMs - nowMs;
  }
  return delay;
}

/**
 * The same limit without its bursts: a fifth of the time lets a fifth of it through, and a little more to make up for
 * messages that came late. Two bursts that leave here a second apart may arrive closer together.
 */
export function smoothed({ count, perMs }: Rate): Rate {
  return { count: Math.ceil((count * 1.2) / 5), perMs: perMs / 5 };
}

/** A rate limiter for each key, kept as long as anything sent under it counts. */
export interface KeyedRateLimiters {
  get(key: string, nowMs: number): RateLimiter;
  readonly size: number;
}

export function createKeyedRateLimiters(rateOf: (key: string) => Rate): KeyedRateLimiters {
  // In the order of their last use.
  const limiters = new Map<string, RateLimiter>();
  return {
    get(key, nowMs) {
      const limiter = limiters.get(key) ?? createRateLimiter(() => [rateOf(key)]);
      limiters.delete(key);
      for (const [other, idle] of limiters) {
        if (!idle.isIdle(nowMs)) break;
        limiters.delete(other);
      }
      limiters.set(key, limiter);
      return limiter;
    },
    get size() {
      return limiters.size;
    },
  };
}
