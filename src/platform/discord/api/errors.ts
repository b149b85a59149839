import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { Texts } from '../../../i18n/texts.ts';
import type { SendResult } from '../../platform.ts';
import { isComponentsMessage, type Message } from '../render/message-forms.ts';
import { ForeignResponse, RequestsPaused } from './invalid-request-guard.ts';
import { UnexpectedResponse } from './responses.ts';

type Fix = keyof Texts['discord']['remedies'];

/** What an error says about a call, before anybody knows what to do about it. */
type ErrorMeaning =
  /** The message: plainer forms of it may pass. */
  | { readonly about: 'content' }
  /** What the message says or links: a filter of the server's or of Discord's blocks it in any form. */
  | { readonly about: 'filter' }
  /** The message that stands there: it is not ours to change, or (`absent`) somebody has deleted it. */
  | { readonly about: 'message' | 'absent' }
  | { readonly about: 'reply' }
  | { readonly about: 'access'; readonly remedy: Fix }
  | { readonly about: 'destination'; readonly remedy?: Fix }
  | { readonly about: 'moment'; readonly scope: 'destination' | 'platform'; readonly afterMs?: number }
  | { readonly about: 'token' };

const MINUTE_MS = 60_000;
const content = { about: 'content' } as const;
const filter = { about: 'filter' } as const;
const message = { about: 'message' } as const;
const destination = { about: 'destination' } as const;
const token = { about: 'token' } as const;
const nobody = { about: 'destination', remedy: 'private' } as const;
const access = (remedy: Fix) => ({ about: 'access', remedy }) as const;
const retryLater = (scope: 'destination' | 'platform', afterMs?: number) =>
  ({ about: 'moment', scope, ...(afterMs === undefined ? {} : { afterMs }) }) as const;

/** Discord's JSON error codes (Opcodes and Status Codes). Others go by their HTTP status. */
export const ERROR_CODES: Readonly<Record<number, ErrorMeaning>> = {
  10003: destination, // unknown channel
  10004: destination, // unknown guild
  10015: destination, // unknown webhook
  10008: { about: 'absent' }, // unknown message
  50005: message, // not the author of that message
  40033: message, // already published
  10087: retryLater('destination'), // a tag that was there a moment ago
  160002: { about: 'reply' }, // no replies without Read Message History
  50001: access('view'),
  50013: access('write'),
  160005: access('locked'),
  50083: access('archived'),
  160006: access('threads'),
  40067: access('tags'), // a forum that asks for tags
  40058: access('kind'), // a forum without a thread
  50008: access('kind'), // no text there
  50024: access('kind'), // not in this kind of channel
  50007: nobody, // no private messages to that person
  50278: nobody, // no server in common
  50035: content, // invalid form
  50006: content, // empty
  40005: content, // too large
  50045: content, // file too large
  30015: content, // too many attachments
  20009: filter, // explicit
  200000: filter, // blocked by AutoMod
  240000: filter, // harmful links
  130000: retryLater('platform'), // overloaded
  40004: retryLater('platform'), // sending is switched off
  40006: retryLater('platform'), // the feature is switched off
  20028: retryLater('destination'), // too many writes to the channel
  20029: retryLater('destination'), // too many writes to the server
  40062: retryLater('destination'), // the service is limited
  20022: retryLater('destination', 60 * MINUTE_MS), // edits of published messages, three an hour
  30046: retryLater('destination', 10 * MINUTE_MS), // edits of messages older than an hour
  40001: token,
  50014: token,
};

/** Where Discord gives no code of its own, or one that isn't in the table. */
const ERROR_STATUSES: Readonly<Record<number, ErrorMeaning>> = {
  401: token,
  403: access('forbidden'),
  404: access('missing'),
  429: retryLater('destination'),
};

/**
 * What is not in Discord's own format comes from somebody in front of it, and passes. These bar an address, or stand for
 * all that lies behind; any other may be about the one path that was asked for.
 */
const BLOCKING_STATUSES: ReadonlySet<number> = new Set([401, 403, 429]);
const notFromDiscord = (status: number, afterMs?: number) =>
  retryLater(BLOCKING_STATUSES.has(status) || status < 400 ? 'platform' : 'destination', afterMs);

/** No connection came about, so that nothing was sent. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** Discord did not begin. Any other fault of its servers may have come when the work was done. */
const UNAVAILABLE = 503;

/** An error of a call, understood. */
export interface Failure {
  readonly meaning: ErrorMeaning;
  readonly status?: number;
  /** Discord's own. */
  readonly code?: number;
  /** The request may have been carried out. */
  readonly uncertain: boolean;
  /** Says in detail what is wrong, and no address of a picture is. */
  readonly excludesMedia?: true;
  /** For logs and for the operator; no address and no body of the request. */
  readonly reason: string;
}

export function classifyError(error: unknown): Failure {
  const reason = error instanceof Error ? error.message.replace(/\s+/gu, ' ').slice(0, 300) : 'unknown error';
  if (error instanceof DiscordAPIError) {
    const { code, status } = error;
    if (typeof code !== 'number')
      return { meaning: notFromDiscord(status), status, uncertain: false, reason };
    const meaning = ERROR_CODES[code] ?? ERROR_STATUSES[status] ?? content;
    const spares = excludesMedia(error) ? ({ excludesMedia: true } as const) : {};
    return { meaning, status, code, uncertain: false, reason: `${code}: ${reason}`, ...spares };
  }
  if (error instanceof HTTPError) {
    const { status } = error;
    return {
      meaning: retryLater('destination'),
      status,
      uncertain: status !== UNAVAILABLE,
      reason: `HTTP ${status}: ${reason}`,
    };
  }
  if (error instanceof RateLimitError) {
    const afterMs = Math.max(error.retryAfter || error.timeToReset || 0, 0);
    const meaning = retryLater(error.global ? 'platform' : 'destination', afterMs);
    return { meaning, status: 429, uncertain: false, reason: `rate limit (${error.scope})` };
  }
  if (error instanceof ForeignResponse) {
    const { status, afterMs } = error;
    // A page in the place of a success may stand for one.
    return { meaning: notFromDiscord(status, afterMs), status, uncertain: status < 400, reason };
  }
  if (error instanceof UnexpectedResponse)
    return { meaning: retryLater('destination'), uncertain: true, reason };
  if (error instanceof RequestsPaused)
    return { meaning: retryLater('platform', error.afterMs), uncertain: false, reason };
  const notConnected = networkCodes(error).some((code) => NOT_CONNECTED.has(code));
  return { meaning: retryLater(notConnected ? 'platform' : 'destination'), uncertain: !notConnected, reason };
}

/** What is to be done about a call that failed. */
export function toSendResult(failure: Failure, texts: Texts): SendResult {
  const { meaning, reason, uncertain } = failure;
  switch (meaning.about) {
    case 'content':
    case 'filter':
    case 'message':
    case 'absent':
    case 'reply':
      return { status: 'rejected', reason };
    case 'access':
      return { status: 'unreachable', gone: false, reason, remedy: texts.discord.remedies[meaning.remedy] };
    case 'destination': {
      const remedy = meaning.remedy && texts.discord.remedies[meaning.remedy];
      return { status: 'unreachable', gone: true, reason, ...(remedy && { remedy }) };
    }
    case 'moment': {
      const { scope, afterMs } = meaning;
      return { status: 'retry', scope, uncertain, reason, ...(afterMs === undefined ? {} : { afterMs }) };
    }
    case 'token':
      return { status: 'halted', reason };
  }
}

/** Whether the failure says nothing about the call itself: the same may work later, or not at all any more. */
export const isInconclusive = ({ meaning }: Failure): boolean =>
  meaning.about === 'moment' || meaning.about === 'token';

/** A forum takes posts, and no messages by themselves (40058). */
export const isForumError = ({ code }: Failure): boolean => code === 40058;

/** Whether the form is to blame. A bare 500 to components is: Discord answers so where their text has too many bytes. */
export function isFormRefused({ meaning, status }: Failure, form: readonly Message[]): boolean {
  return (
    meaning.about === 'content' ||
    meaning.about === 'filter' ||
    (status === 500 && form.some(isComponentsMessage))
  );
}

/** Details are nested by the path to each fault (Reference, Error Messages). */
function excludesMedia({ rawError }: DiscordAPIError): boolean {
  const details = 'errors' in rawError ? rawError.errors : undefined;
  return details !== undefined && !JSON.stringify(details).includes('"media":');
}

function networkCodes(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  return [...code, ...networkCodes(error.cause)];
}
