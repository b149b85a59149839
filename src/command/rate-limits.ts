/** A burst of so many, then one more every so many milliseconds. */
interface RateLimit {
  readonly burst: number;
  readonly everyMs: number;
}

/** All limits on requests: generous for leafing through pages, bounded for floods. */
export const RATE_LIMITS = {
  /** One user, in all chats together. */
  user: { burst: 15, everyMs: 3_000 },
  /** Everybody in one channel or chat. */
  chat: { burst: 40, everyMs: 1_000 },
  /** One manager setting up a chat, press by press. Separate, so that a crowd can't keep managers from it. */
  manager: { burst: 30, everyMs: 1_500 },
  /** One user's autocompletion: apps ask at every keystroke. */
  suggestion: { burst: 60, everyMs: 500 },
  /** One user's inline queries (posts to share in other chats): at every keystroke, too. */
  inline: { burst: 60, everyMs: 500 },
} as const satisfies Record<string, RateLimit>;

/** Beyond these, the bucket that was used longest ago is dropped, which means it is full again. */
const MAX_BUCKETS = 10_000;

/** Whose limit a request counts against. */
export type Bucket = readonly [kind: keyof typeof RATE_LIMITS, id: string];

export interface RateLimits {
  /**
   * Takes one from each bucket if all have room, otherwise from none. `waitMs`: time until there is room, 0 if it was
   * taken. `first`: nothing was refused since the bucket was last full.
   */
  acquire(claims: readonly Bucket[]): { readonly waitMs: number; readonly first: boolean };
}

/** How much of a bucket is used. */
interface BucketState {
  /** When it is full again. */
  readonly wholeAtMs: number;
  /** Whether a request was refused since it was last full. */
  readonly refused: boolean;
}

/** `now` in milliseconds, never running backwards. */
export function createRateLimits(now: () => number): RateLimits {
  /** In order of last use. */
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
