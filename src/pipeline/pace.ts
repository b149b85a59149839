/** At most `count` messages in any stretch of `perMs` milliseconds, as platforms state their limits. */
interface Rate {
  readonly count: number;
  readonly perMs: number;
}

/** Keeps a rate limit, exactly: a burst may use all of it at once, and no stretch of time sees more. */
export interface Pace {
  /** Milliseconds to wait before `cost` messages may be sent; 0 where they may be now, and then they count as sent. */
  take(cost: number, nowMs: number): number;
}

/** A sliding window. What costs more than the whole limit is let through when the window is empty. */
export function createPace({ count, perMs }: Rate): Pace {
  let sent: { readonly atMs: number; readonly cost: number }[] = [];
  return {
    take(cost, nowMs) {
      sent = sent.filter(({ atMs }) => atMs > nowMs - perMs);
      const wait = untilRoom(sent, Math.max(0, count - cost), perMs, nowMs);
      if (wait <= 0) sent.push({ atMs: nowMs, cost });
      return Math.max(0, wait);
    },
  };
}

/** How long until at most `allowed` of what was sent is still inside the window. */
function untilRoom(
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
