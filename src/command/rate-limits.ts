/** Allows `burst` requests at once, then one more every `everyMs` milliseconds. */
interface RateLimit {
  readonly burst: number;
  readonly everyMs: number;
}

/** All request limits: high enough for paging through lists, low enough to stop floods. */
export const RATE_LIMITS = {
  /** One user, in all chats together. */
  user: { burst: 15, everyMs: 3_000 },
  /** Everybody in one channel or chat. */
  chat: { burst: 40, everyMs: 1_000 },
  /** One manager setting up a chat, button by button. Separate, so that a crowd can't lock managers out. */
  manager: { burst: 30, everyMs: 1_500 },
  /** One user's autocompletion: apps send a request at every keystroke. */
  suggestion: { burst: 60, everyMs: 500 },
  /** One user's inline queries (posts to share in other chats): at every keystroke, too. */
  inline: { burst: 60, everyMs: 500 },
} as const satisfies Record<string, RateLimit>;

/** Above this number, the least recently used bucket is dropped and so becomes full again. */
const MAX_BUCKETS = 10_000;

/** Whose limit a request counts against. */
export type Bucket = readonly [kind: keyof typeof RATE_LIMITS, id: string];

export interface RateLimits {
  /**
   * Takes one from each bucket if all have room, otherwise from none. `waitMs`: time until there is room, 0 if it was
   * taken. `first`: nothing was refused since the bucket was last full.
   */
  acquire(buckets: readonly Bucket[]): { readonly waitMs: number; readonly isFirstRefusal: boolean };
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
  const states = new Map<string, BucketState>();

  function record(key: string, state: BucketState): void {
    states.delete(key);
    states.set(key, state);
    const oldest = states.keys().next().value;
    if (states.size > MAX_BUCKETS && oldest !== undefined) states.delete(oldest);
  }

  return {
    acquire(buckets) {
      const nowMs = now();
      const requested = buckets.map(([kind, id]) => {
        const { burst, everyMs } = RATE_LIMITS[kind];
        const key = `${kind} ${id}`;
        const known = states.get(key);
        const { wholeAtMs, refused } =
          known && known.wholeAtMs > nowMs ? known : { wholeAtMs: nowMs, refused: false };
        return { key, everyMs, wholeAtMs, refused, waitMs: wholeAtMs - (burst - 1) * everyMs - nowMs };
      });
      const [worst] = requested.toSorted((a, b) => b.waitMs - a.waitMs);
      if (worst && worst.waitMs > 0) {
        record(worst.key, { wholeAtMs: worst.wholeAtMs, refused: true });
        return { waitMs: worst.waitMs, isFirstRefusal: !worst.refused };
      }
      for (const { key, everyMs, wholeAtMs, refused } of requested)
        record(key, { wholeAtMs: wholeAtMs + everyMs, refused });
      return { waitMs: 0, isFirstRefusal: false };
    },
  };
}
