import type { Reply } from '../context.ts';
import type { Effect } from './faults.ts';
import { bucketHeaders, type Scope } from './rate-limits.ts';

/** What goes back to the caller. */
export interface HttpResponse extends Reply {
  readonly headers?: Readonly<Record<string, string>>;
  /** In the place of a body: what is not Discord's own says it as a page. */
  readonly page?: string;
}

const NOTES: Readonly<Record<Scope, string>> = {
  user: 'You are being rate limited.',
  shared: 'The resource is being rate limited.',
  global: 'You are being rate limited.',
};

/** 429 as "Rate Limits" shows it; `headers` are those of the route's own bucket, which the global limit has not. */
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

/** What a guard before Discord says in its own name: no JSON, and no header of Discord's. */
function pageResponse(status: number, retryAfter: number | undefined): HttpResponse {
  return {
    status,
    page: `<!DOCTYPE html><html><head><title>${status} | discord.com | Loopback guard</title></head><body>No entry.</body></html>`,
    headers: retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) },
  };
}

/** What a fault answers instead of the route; `undefined` where the request is carried out. */
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
    // A resource's limit is not the bucket's: that has room.
    const used = scope === 'shared' ? 1 : limit.requests;
    return rateLimited(retryAfter, scope, bucketHeaders(pattern, limit, used, now + limit.perMs, now));
  }
  if (!('status' in effect)) return undefined;
  const { status, code = 0, message = `${status}: Fault`, errors } = effect;
  return { status, body: { message, code, ...(errors && { errors }) } };
}
