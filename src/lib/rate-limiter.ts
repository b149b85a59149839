/** At most `count` messages in any stretch of `perMs` milliseconds. */
export interface Rate {
  readonly count: number;
  readonly perMs: number;
}

/** Keeps a rate limit, exactly: a burst may use all of it at once, and no stretch of time sees more. */
export interface RateLimiter {
  /** Milliseconds to wait before `cost` messages may be sent; 0 where they may be now, and then they count as sent. */
  acquire(cost: number, nowMs: number): number;
  /** Whether nothing that was sent counts any more. */
  isIdle(nowMs: number): boolean;
}

/** A sliding window for each rate. What costs more than a whole limit is let through when its window is empty. */
export function createRateLimiter(...rates: readonly Rate[]): RateLimiter {
  const longestMs = Math.max(...rates.map(({ perMs }) => perMs));
  let sent: { readonly atMs: number; readonly cost: number }[] = [];

  function forget(nowMs: number): void {
    const first = sent.findIndex(({ atMs }) => atMs > nowMs - longestMs);
    if (first !== 0) sent = first < 0 ? [] : sent.slice(first);
  }

  return {
    acquire(cost, nowMs) {
      forget(nowMs);
      const waits = rates.map(({ count, perMs }) => {
        const inside = sent.filter(({ atMs }) => atMs > nowMs - perMs);
        return msUntilAllowed(inside, Math.max(0, count - cost), perMs, nowMs);
      });
      const wait = Math.max(0, ...waits);
      if (wait === 0) sent.push({ atMs: nowMs, cost });
      return wait;
    },
    isIdle(nowMs) {
      forget(nowMs);
      return sent.length === 0;
    },
  };
}

/**
 * The same limit without its bursts: a fifth of the time lets a fifth of it through, and a little more, to make up for
 * what came late. Two bursts that are a second apart here may arrive closer together.
 */
export function smoothed({ count, perMs }: Rate): Rate {
  return { count: Math.ceil((count * 1.2) / 5), perMs: perMs / 5 };
}

/** How long until at most `allowed` of what was sent is still inside the window. */
function msUntilAllowed(
  sent: readonly { atMs: number; cost: number }[],
  allowed: number,
  perMs: number,
  nowMs: number,
): number {
  let inside = sent.reduce((sum, { cost }) => sum + cost, 0);
  for (const { atMs, cost } of sent) {
    if (inside <= allowed) return 0;
    inside -= cost;
    if (inside <= allowed) return atMs + perMs - nowMs;
  }
  return 0;
}

/** A pace for each destination, as long as it says anything. */
export interface KeyedRateLimiters {
  get(destination: string, nowMs: number): RateLimiter;
  readonly size: number;
}

export function createKeyedRateLimiters(rateOf: (destination: string) => Rate): KeyedRateLimiters {
  // Whoever was asked for last is last.
  const paces = new Map<string, RateLimiter>();
  return {
    get(destination, nowMs) {
      const pace = paces.get(destination) ?? createRateLimiter(rateOf(destination));
      paces.delete(destination);
      for (const [other, idle] of paces) {
        if (!idle.isIdle(nowMs)) break;
        paces.delete(other);
      }
      paces.set(destination, pace);
      return pace;
    },
    get size() {
      return paces.size;
    },
  };
}
