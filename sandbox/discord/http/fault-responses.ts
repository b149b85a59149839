import type { Reply } from '../context.ts';
import type { Effect } from './faults.ts';
import { bucketHeaders, type Scope } from './rate-limits.ts';

/** A response. */
export interface HttpResponse extends Reply {
  readonly headers?: Readonly<Record<string, string>>;
  /** An HTML page instead of a body, for responses that don't come from Discord. */
  readonly page?: string;
}

const NOTES: Readonly<Record<Scope, string>> = {
  user: 'You are being rate limited.',
  shared: 'The resource is being rate limited.',
  global: 'You are being rate limited.',
};

/** 429 (Rate Limits). `headers` are the bucket's; the global limit has none. */
export function rateLimited(
  retryAfter: number,
  scope: Scope,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return {
    status: 429,
    body: { message: NOTES[scope], retry_after: retryAfter, global: scope === 'global' },
    headers: {
      'Retry-After': String(Math.ceil(retryAfter)),
      'X-RateLimit-Scope': scope,
      ...(scope === 'global' ? { 'X-RateLimit-Global': 'true' } : headers),
    },
  };
}

/** From a proxy in front of Discord: neither JSON nor Discord's headers. */
function pageResponse(status: number, retryAfter: number | undefined): HttpResponse {
  return {
    status,
    page: `<!DOCTYPE html><html><head><title>${status} | discord.com | Loopback guard</title></head><body>No entry.</body></html>`,
    headers: retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) },
  };
}

/** The response of a fault that replaces the route; `undefined` if the request is carried out. */
export function faultResponse(
  effect: Effect | undefined,
  pattern: string,
  now: number,
): HttpResponse | undefined {
  if (typeof effect !== 'object') return undefined;
  if ('page' in effect) return pageResponse(effect.page, effect.retryAfter);
  if ('limit' in effect) {
    const { retryAfter, scope = 'user' } = effect.limit;
    const limit = { requests: 5, perMs: retryAfter * 1000 };
    // A shared limit leaves room in the bucket.
    const used = scope === 'shared' ? 1 : limit.requests;
    return rateLimited(retryAfter, scope, bucketHeaders(pattern, limit, used, now + limit.perMs, now));
  }
  if (!('status' in effect)) return undefined;
  const { status, code = 0, message = `${status}: Fault`, errors } = effect;
  return { status, body: { message, code, ...(errors && { errors }) } };
}
