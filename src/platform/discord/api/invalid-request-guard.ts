import { DefaultRestOptions, type RESTOptions, type ResponseLike } from 'discord.js';
import type { Log } from '../../../lib/log.ts';

/**
 * Discord bars an address for a time after 10,000 refused requests in ten minutes: 401, 403 and 429, but for limits
 * that others share (Rate Limits, Invalid Request Limit). Others may use the address too, so we stop at a tenth.
 */
const REFUSED_STATUSES: ReadonlySet<number> = new Set([401, 403, 429]);
const WINDOW_MS = 10 * 60_000;
const MAX_REFUSED = 1_000;
const LOG_EVERY = 100;

const TOO_MANY = 429;
/** What waits longer, by its own words, is not believed: the REST library would ask again at once, its timers overflown. */
const MAX_RETRY_AFTER_S = 86_400;
const NO_CONTENT = 204;

/** Somebody else answered: who bars our address, a proxy, a page about maintenance. */
export class ForeignResponse extends Error {
  override readonly name = 'NotDiscord';
  readonly status: number;
  readonly afterMs: number | undefined;
  constructor({ status, headers }: ResponseLike) {
    super(`HTTP ${status}, and not from Discord itself`);
    this.status = status;
    const seconds = retryAfterS(headers);
    this.afterMs = seconds > 0 ? Math.min(seconds, MAX_RETRY_AFTER_S) * 1000 : undefined;
  }
}

/** Thrown in the place of a request that had better not be made now. */
export class RequestsPaused extends Error {
  override readonly name = 'Paused';
  readonly afterMs: number;
  constructor(afterMs: number) {
    super('Too many requests were refused');
    this.afterMs = afterMs;
  }
}

type MakeRequest = RESTOptions['makeRequest'];

/** Makes the requests of all REST clients, and hears what they are answered. */
export interface InvalidRequestGuard {
  /** Throws `NotDiscord`. */
  readonly forInteractions: MakeRequest;
  /** The same, and throws `Paused`. */
  readonly forDeliveries: MakeRequest;
  /** Whether deliveries pause. */
  isPaused(): boolean;
}

/** `now` in milliseconds since 1970. */
export function createInvalidRequestGuard(now: () => number, log: Log): InvalidRequestGuard {
  let refusals: number[] = [];
  let pausedUntil = 0;

  function refused(): void {
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
    const response = await DefaultRestOptions.makeRequest(url, init);
    const { status, headers } = response;
    if (REFUSED_STATUSES.has(status) && headers.get('X-RateLimit-Scope') !== 'shared') refused();
    if (!isForeign(response)) return response;
    // Whoever leaves a body unread keeps the connection.
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

/** Discord answers in JSON, and says whose limit it is and how long to wait; faults of its own servers are told by the status alone. */
function isForeign({ status, headers }: ResponseLike): boolean {
  if (status >= 500 || status === NO_CONTENT) return false;
  const isJson = headers.get('Content-Type')?.startsWith('application/json') === true;
  return (
    !isJson || (status === TOO_MANY && !(headers.has('X-RateLimit-Scope') && hasValidRetryAfter(headers)))
  );
}

const retryAfterS = (headers: ResponseLike['headers']): number =>
  Number(headers.get('Retry-After') ?? Number.NaN);

/** The REST library obeys whatever number stands there, as often as it takes. */
function hasValidRetryAfter(headers: ResponseLike['headers']): boolean {
  const seconds = retryAfterS(headers);
  return seconds > 0 && seconds <= MAX_RETRY_AFTER_S;
}
