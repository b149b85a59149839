import type { Clock } from '../clock.ts';

export interface Limit {
  readonly requests: number;
  readonly perMs: number;
}

/** By route pattern. Discord documents none; these are observations. */
export const OBSERVED_LIMITS: Readonly<Record<string, Limit>> = {
  'POST /channels/:channel/messages': { requests: 5, perMs: 5000 },
  'PATCH /channels/:channel/messages/:message': { requests: 5, perMs: 5000 },
  'DELETE /channels/:channel/messages/:message': { requests: 5, perMs: 1000 },
  'POST /channels/:channel/messages/:message/crosspost': { requests: 10, perMs: 3_600_000 },
};

/** `user`: the bot's on a route. `shared`: everybody's on a resource. `global`: the bot's on everything. */
export type Scope = 'user' | 'shared' | 'global';

const GLOBAL: Limit = { requests: 50, perMs: 1000 };

interface Verdict {
  readonly headers: Readonly<Record<string, string>>;
  /** In seconds; set if the request is refused. */
  readonly retryAfter?: number;
  readonly global?: boolean;
}

/** Counts requests per bucket and major parameter in fixed windows, like Discord. */
export interface RateLimits {
  take(pattern: string, params: Readonly<Record<string, string>>, open: boolean): Verdict;
}

export function createRateLimits(clock: Clock, limits: Readonly<Record<string, Limit>> | 'off'): RateLimits {
  const windows = new Map<string, { used: number; ends: number }>();
  const count = (key: string, { perMs }: Limit) => {
    const now = clock.now();
    const open = windows.get(key);
    const window = open && open.ends > now ? open : { used: 0, ends: now + perMs };
    windows.set(key, window);
    window.used += 1;
    return { used: window.used, seconds: (window.ends - now) / 1000, ends: window.ends };
  };
  return {
    take(pattern, params, open) {
      if (limits === 'off') return { headers: {} };
      // Interaction endpoints don't count towards the global limit (Rate Limits).
      if (!open) {
        const { used, seconds } = count('global', GLOBAL);
        if (used > GLOBAL.requests) return { headers: {}, retryAfter: seconds, global: true };
      }
      const limit = limits[pattern];
      if (!limit) return { headers: {} };
      const { used, seconds, ends } = count(`${pattern} ${params['channel'] ?? ''}`, limit);
      const headers = bucketHeaders(pattern, limit, used, ends, clock.now());
      return used > limit.requests ? { headers, retryAfter: seconds } : { headers };
    },
  };
}

/** The headers of every response (Rate Limits, Header Format). `ends` and `now` in milliseconds. */
export function bucketHeaders(
  pattern: string,
  { requests }: Limit,
  used: number,
  ends: number,
  now: number,
): Readonly<Record<string, string>> {
  return {
    'X-RateLimit-Limit': String(requests),
    'X-RateLimit-Remaining': String(Math.max(0, requests - used)),
    'X-RateLimit-Reset': (ends / 1000).toFixed(3),
    'X-RateLimit-Reset-After': ((ends - now) / 1000).toFixed(3),
    'X-RateLimit-Bucket': Buffer.from(pattern).toString('hex').slice(-32),
  };
}
