import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { Texts } from '../../text/texts.ts';
import type { SendResult } from '../platform.ts';

type Remedy = keyof Texts['discord']['remedies'];

/** What an error says about a call, before anybody knows what to do about it. */
type Meaning =
  /** The message: plainer forms of it may pass. */
  | { readonly about: 'content' }
  /** The message that stands there: it is gone, or it is not ours to change. */
  | { readonly about: 'message' }
  | { readonly about: 'reply' }
  | { readonly about: 'access'; readonly remedy: Remedy }
  | { readonly about: 'destination' }
  | { readonly about: 'moment'; readonly scope: 'destination' | 'platform'; readonly afterMs?: number }
  | { readonly about: 'token' };

const MINUTE_MS = 60_000;
const content = { about: 'content' } as const;
const message = { about: 'message' } as const;
const destination = { about: 'destination' } as const;
const token = { about: 'token' } as const;
const access = (remedy: Remedy) => ({ about: 'access', remedy }) as const;
const later = (scope: 'destination' | 'platform', afterMs?: number) =>
  ({ about: 'moment', scope, ...(afterMs === undefined ? {} : { afterMs }) }) as const;

/** Discord's JSON error codes (Opcodes and Status Codes). Others go by their HTTP status. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  10003: destination, // unknown channel
  10004: destination, // unknown guild
  10015: destination, // unknown webhook
  10008: message, // unknown message
  50005: message, // not the author of that message
  40033: message, // already published
  160002: { about: 'reply' }, // no replies without Read Message History
  50001: access('view'),
  50013: access('write'),
  160005: access('locked'),
  50083: access('archived'),
  160006: access('threads'),
  40067: access('kind'), // a forum that asks for tags
  40058: access('kind'), // a forum without a thread
  50008: access('kind'), // no text there
  50024: access('kind'), // not in this kind of channel
  50007: access('private'), // no private messages to that person
  50278: access('private'), // no server in common
  50035: content, // invalid form
  50006: content, // empty
  40005: content, // too large
  50045: content, // file too large
  30015: content, // too many attachments
  20009: content, // explicit
  200000: content, // blocked by AutoMod
  240000: content, // harmful links
  130000: later('platform'), // overloaded
  40004: later('platform'), // sending is switched off
  40006: later('platform'), // the feature is switched off
  20028: later('destination'), // too many writes to the channel
  20029: later('destination'), // too many writes to the server
  40062: later('destination'), // the service is limited
  20022: later('destination', 60 * MINUTE_MS), // edits of published messages, three an hour
  30046: later('destination', 10 * MINUTE_MS), // edits of messages older than an hour
  40001: token,
  50014: token,
};

/** Where Discord gives no code of its own, or one that isn't in the table. */
const MEANINGS_OF_STATUS: Readonly<Record<number, Meaning>> = {
  401: token,
  403: access('write'),
  404: access('view'),
  429: later('destination'),
};

/** No connection came about, so that nothing was sent. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** What stands before Discord gave up waiting; what is behind it may have done its work. */
const UNANSWERED = new Set([502, 504]);

/** An error of a call, understood. */
export interface Failure {
  readonly meaning: Meaning;
  readonly status?: number;
  /** The request may have been carried out. */
  readonly uncertain: boolean;
  /** Says in detail what is wrong, and no address of a picture is. */
  readonly sparesMedia?: true;
  /** For logs and for the operator; no address and no body of the request. */
  readonly reason: string;
}

export function failureOf(error: unknown): Failure {
  const reason = error instanceof Error ? error.message.replace(/\s+/gu, ' ').slice(0, 300) : 'unknown error';
  if (error instanceof DiscordAPIError) {
    const { code, status } = error;
    // What is not in Discord's own format comes from a guard in front of it, and passes.
    if (typeof code !== 'number') return { meaning: later('platform'), status, uncertain: false, reason };
    const meaning = MEANINGS[code] ?? MEANINGS_OF_STATUS[status] ?? content;
    const spares = sparesMedia(error) ? ({ sparesMedia: true } as const) : {};
    return { meaning, status, uncertain: false, reason: `${code}: ${reason}`, ...spares };
  }
  if (error instanceof HTTPError) {
    const { status } = error;
    return {
      meaning: later('destination'),
      status,
      uncertain: UNANSWERED.has(status),
      reason: `HTTP ${status}: ${reason}`,
    };
  }
  if (error instanceof RateLimitError) {
    const afterMs = Math.max(error.retryAfter || error.timeToReset, 0);
    const meaning = later(error.global ? 'platform' : 'destination', afterMs);
    return { meaning, status: 429, uncertain: false, reason: `rate limit (${error.scope})` };
  }
  const notConnected = networkCodes(error).some((code) => NOT_CONNECTED.has(code));
  return { meaning: later(notConnected ? 'platform' : 'destination'), uncertain: !notConnected, reason };
}

/** What is to be done about a call that failed. */
export function resultOf(failure: Failure, texts: Texts): SendResult {
  const { meaning, reason, uncertain } = failure;
  switch (meaning.about) {
    case 'content':
    case 'message':
    case 'reply':
      return { status: 'rejected', reason };
    case 'access':
      return { status: 'unreachable', gone: false, reason, remedy: texts.discord.remedies[meaning.remedy] };
    case 'destination':
      return { status: 'unreachable', gone: true, reason };
    case 'moment': {
      const { scope, afterMs } = meaning;
      return { status: 'retry', scope, uncertain, reason, ...(afterMs === undefined ? {} : { afterMs }) };
    }
    case 'token':
      return { status: 'halted', reason };
  }
}

/** Details are nested by the path to each fault (Reference, Error Messages). */
function sparesMedia({ rawError }: DiscordAPIError): boolean {
  const details = 'errors' in rawError ? rawError.errors : undefined;
  return details !== undefined && !JSON.stringify(details).includes('"media":');
}

function networkCodes(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  return [...code, ...networkCodes(error.cause)];
}
