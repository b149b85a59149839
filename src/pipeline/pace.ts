/** Tokens per second and burst, as a platform states them. */
interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** A token bucket. Costs above the burst are allowed: they leave it in debt. */
export interface Pace {
  /** Milliseconds to wait before `cost` may be spent; 0 where it may be now, and then it is spent. */
  take(cost: number, nowMs: number): number;
  /** Nothing before then: the platform asked for it. */
  pause(untilMs: number): void;
}

export function createPace({ perSecond, burst }: Rate): Pace {
  let tokens = burst;
  let at = 0;
  let closedUntil = 0;
  return {
    take(cost, nowMs) {
      tokens = Math.min(burst, tokens + (Math.max(0, nowMs - at) / 1000) * perSecond);
      at = nowMs;
      const needed = Math.min(cost, burst);
      const wait = Math.max(
        closedUntil - nowMs,
        tokens >= needed ? 0 : Math.ceil(((needed - tokens) / perSecond) * 1000),
      );
      if (wait <= 0) tokens -= cost;
      return Math.max(0, wait);
    },
    pause(untilMs) {
      closedUntil = Math.max(closedUntil, untilMs);
    },
  };
}
