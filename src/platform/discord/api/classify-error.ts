import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import {
  type Failure,
  meaningOf,
  notConnected,
  notFromDiscord,
  rateLimited,
  requestsPaused,
  serverError,
} from './errors.ts';
import { ForeignResponse, NotOurs, RequestsPaused } from './invalid-request-guard.ts';
import { UnexpectedResponse } from './responses.ts';

/** Discord did not process the request. After any other 5xx it may have. */
const UNAVAILABLE = 503;

/** Network errors that occur before the request is sent. */
const BEFORE_CONNECTION = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const MAX_REASON = 300;

/** Turns anything a call threw into a failure. */
export function classifyError(error: unknown): Failure {
  const reason =
    error instanceof Error ? error.message.replace(/\s+/gu, ' ').slice(0, MAX_REASON) : 'unknown error';
  if (error instanceof DiscordAPIError) {
    const { code, status } = error;
    if (typeof code !== 'number') return { ...notFromDiscord(status), status, uncertain: false, reason };
    return {
      ...meaningOf(code, status),
      status,
      code,
      uncertain: false,
      reason: `${code}: ${reason}`,
      ...(excludesMedia(error) && { excludesMedia: true }),
    };
  }
  if (error instanceof HTTPError) {
    const { status } = error;
    return { ...serverError, status, uncertain: status !== UNAVAILABLE, reason: `HTTP ${status}: ${reason}` };
  }
  if (error instanceof RateLimitError) {
    const afterMs = Math.max(error.retryAfter || error.timeToReset || 0, 0);
    const meaning = rateLimited(error.global, afterMs);
    return { ...meaning, status: 429, uncertain: false, reason: `rate limit (${error.scope})` };
  }
  if (error instanceof ForeignResponse) {
    const { status, afterMs } = error;
    // A page with a success status may have replaced a successful response.
    return { ...notFromDiscord(status, afterMs), status, uncertain: status < 400, reason };
  }
  if (error instanceof UnexpectedResponse) return { ...serverError, uncertain: true, reason };
  if (error instanceof RequestsPaused) return { ...requestsPaused(error.afterMs), uncertain: false, reason };
  if (error instanceof NotOurs) return { ...notConnected, uncertain: false, reason };
  if (networkCodes(error).some((code) => BEFORE_CONNECTION.has(code)))
    return { ...notConnected, uncertain: false, reason };
  return { ...serverError, uncertain: true, reason };
}

/** The details of an error are nested by the path to each invalid field (Reference, Error Messages). */
function excludesMedia({ rawError }: DiscordAPIError): boolean {
  const details = 'errors' in rawError ? rawError.errors : undefined;
  return details !== undefined && !JSON.stringify(details).includes('"media":');
}

function networkCodes(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  return [...code, ...networkCodes(error.cause)];
}
