/** So many at once, and one more every so often. */
interface RateLimit {
  readonly burst: number;
  readonly everyMs: number;
}

/** All limits on asking: generous for people who leaf through pages, bounded for whoever means to keep us busy. */
export const RATE_LIMITS = {
  /** One asker, wherever they ask. */
  user: { burst: 15, everyMs: 3_000 },
  /** All who ask in one channel or chat. */
  chat: { burst: 40, everyMs: 1_000 },
  /** One who changes how a place they manage is served, press by press. Apart from the others, so that no crowd keeps them from it. */
  manager: { burst: 30, everyMs: 1_500 },
  /** What one may mean by what they type into an option: the apps ask at every letter. */
  suggestion: { burst: 60, everyMs: 500 },
  /** One who types our name in a chat of theirs to find posts to share; asked at every letter, too. */
  inline: { burst: 60, everyMs: 500 },
} as const satisfies Record<string, RateLimit>;

/** More are not remembered: the one who asked longest ago is forgotten, and begins anew. */
const MAX_BUCKETS = 10_000;

/** Whose allowance is asked of: every one of these must have room. */
export type Bucket = readonly [kind: keyof typeof RATE_LIMITS, id: string];

export interface RateLimits {
  /**
   * Takes one from each of the allowances where all have room, and else from none. `waitMs`: until there is room, 0
   * where it was taken. `first`: nothing was refused since that allowance was last whole.
   */
  acquire(claims: readonly Bucket[]): { readonly waitMs: number; readonly first: boolean };
}

/** What of an allowance is spent. */
interface BucketState {
  /** When it is whole again. */
  readonly wholeAtMs: number;
  /** Somebody was refused since it was last whole. */
  readonly refused: boolean;
}

/** `now` in milliseconds, never running backwards. */
export function createRateLimits(now: () => number): RateLimits {
  /** Those asked of last come last. */
  const spendings = new Map<string, BucketState>();

  function note(key: string, spending: BucketState): void {
    spendings.delete(key);
    spendings.set(key, spending);
    const oldest = spendings.keys().next().value;
    if (spendings.size > MAX_BUCKETS && oldest !== undefined) spendings.delete(oldest);
  }

  return {
    acquire(claims) {
      const nowMs = now();
      const asked = claims.map(([kind, id]) => {
        const { burst, everyMs } = RATE_LIMITS[kind];
        const key = `${kind} ${id}`;
        const known = spendings.get(key);
        const { wholeAtMs, refused } =
          known && known.wholeAtMs > nowMs ? known : { wholeAtMs: nowMs, refused: false };
        return { key, everyMs, wholeAtMs, refused, waitMs: wholeAtMs - (burst - 1) * everyMs - nowMs };
      });
      const [worst] = asked.toSorted((a, b) => b.waitMs - a.waitMs);
      if (worst && worst.waitMs > 0) {
        note(worst.key, { wholeAtMs: worst.wholeAtMs, refused: true });
        return { waitMs: worst.waitMs, first: !worst.refused };
      }
      for (const { key, everyMs, wholeAtMs, refused } of asked)
        note(key, { wholeAtMs: wholeAtMs + everyMs, refused });
      return { waitMs: 0, first: false };
    },
  };
}
