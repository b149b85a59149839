import { DefaultRestOptions, type RESTOptions, type ResponseLike } from 'discord.js';
import type { Log } from '../../../lib/log.ts';
import type { ServerDateListener } from '../../../lib/server-clock.ts';

/**
 * Discord temporarily blocks an IP address after 10,000 refused requests in ten minutes: 401, 403, and 429 except for
 * shared limits (Rate Limits, Invalid Request Limit). Other programs may share the address, so we stop at a tenth.
 */
const REFUSED_STATUSES: ReadonlySet<number> = new Set([401, 403, 429]);
const WINDOW_MS = 10 * 60_000;
const MAX_REFUSED = 1_000;
const LOG_EVERY = 100;

const TOO_MANY_REQUESTS = 429;
/** Longer waits are ignored: they would overflow the REST library's timers, so it would retry immediately. */
const MAX_RETRY_AFTER_S = 86_400;
const NO_CONTENT = 204;

/** The response isn't from Discord but from a proxy, a maintenance page, or a firewall that blocks our address. */
export class ForeignResponse extends Error {
  override readonly name = 'ForeignResponse';
  readonly status: number;
  readonly afterMs: number | undefined;
  constructor({ status, headers }: ResponseLike) {
    super(`HTTP ${status}, and not from Discord itself`);
    this.status = status;
    const seconds = retryAfterS(headers);
    this.afterMs = seconds > 0 ? Math.min(seconds, MAX_RETRY_AFTER_S) * 1000 : undefined;
  }
}

/** The request wasn't made, because another process does this work now. */
export class NotOurs extends Error {
  override readonly name = 'NotOurs';
  constructor() {
    super('Another process may be serving Discord now');
  }
}

/** The request wasn't made, because too many were refused before it. */
export class RequestsPaused extends Error {
  override readonly name = 'RequestsPaused';
  readonly afterMs: number;
  constructor(afterMs: number) {
    super('Too many requests were refused');
    this.afterMs = afterMs;
  }
}

type MakeRequest = RESTOptions['makeRequest'];

/** Makes the requests of all REST clients and counts the refused ones. */
export interface InvalidRequestGuard {
  /** Rejects with `ForeignResponse` or `NotOurs`. */
  readonly forInteractions: MakeRequest;
  /** The same, or with `RequestsPaused` while deliveries are paused. */
  readonly forDeliveries: MakeRequest;
  isPaused(): boolean;
}

interface GuardOptions {
  /** Called with the `Date` header of every response from Discord. */
  readonly onServerDate?: ServerDateListener;
  /** Asked right before each request: if not, it isn't made. */
  readonly mayRequest?: () => boolean;
}

/** `now` in milliseconds since 1970. */
export function createInvalidRequestGuard(
  now: () => number,
  log: Log,
  { onServerDate = () => undefined, mayRequest = () => true }: GuardOptions = {},
): InvalidRequestGuard {
  let refusals: number[] = [];
  let pausedUntil = 0;

  function countRefusal(): void {
    const at = now();
    refusals = [...refusals.filter((earlier) => earlier > at - WINDOW_MS), at];
    const count = refusals.length;
    if (count < MAX_REFUSED) {
      if (count % LOG_EVERY === 0) log.warn('request.refused', { count });
      return;
    }
    refusals = [];
    pausedUntil = at + WINDOW_MS;
    log.error('request.paused', { count, pauseMs: WINDOW_MS });
  }

  const makeRequest: MakeRequest = async (url, init) => {
    if (!mayRequest()) throw new NotOurs();
    const response = await DefaultRestOptions.makeRequest(url, init);
    const { status, headers } = response;
    if (REFUSED_STATUSES.has(status) && headers.get('X-RateLimit-Scope') !== 'shared') countRefusal();
    if (!isForeign(response)) {
      onServerDate(headers.get('Date') ?? undefined);
      return response;
    }
    // Read the body, or the connection stays open.
    await response.arrayBuffer();
    throw new ForeignResponse(response);
  };

  return {
    forInteractions: makeRequest,
    forDeliveries(url, init) {
      const pauseMs = pausedUntil - now();
      return pauseMs > 0 ? Promise.reject(new RequestsPaused(pauseMs)) : makeRequest(url, init);
    },
    isPaused: () => now() < pausedUntil,
  };
}

/** Discord responds with JSON, and its 429s have a scope and a wait. For server errors only the status matters. */
function isForeign({ status, headers }: ResponseLike): boolean {
  if (status >= 500 || status === NO_CONTENT) return false;
  const isJson = headers.get('Content-Type')?.startsWith('application/json') === true;
  if (!isJson) return true;
  return status === TOO_MANY_REQUESTS && !(headers.has('X-RateLimit-Scope') && hasValidRetryAfter(headers));
}

const retryAfterS = (headers: ResponseLike['headers']): number =>
  Number(headers.get('Retry-After') ?? Number.NaN);

/** Checked here because the REST library uses any number. */
function hasValidRetryAfter(headers: ResponseLike['headers']): boolean {
  const seconds = retryAfterS(headers);
  return seconds > 0 && seconds <= MAX_RETRY_AFTER_S;
}
