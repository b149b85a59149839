import type { Texts } from '../../../i18n/texts.ts';
import type { SendResult } from '../../platform.ts';
import { isComponentsMessage, type Message } from '../render/message-forms.ts';

/*
 * What each Discord error means for a delivery. Two steps, both decided here and nowhere else: a JSON error code, or else the
 * HTTP status, says what the error is about (ERROR_CODES, ERROR_STATUSES), and that says what becomes of the delivery
 * (toSendResult). classify-error.ts reads codes and statuses out of whatever discord.js throws.
 */

type Fix = keyof Texts['discord']['fixes'];
type Scope = 'destination' | 'platform';

/** What an error is about. `fix` is what people can do, `scope` what to pause, `afterMs` for how long at least. */
export type ErrorMeaning =
  /** This form of the message; a plainer one may pass. */
  | { readonly kind: 'form' }
  /** What the message says or links to; no form of it passes. */
  | { readonly kind: 'filtered' }
  /** The message is not ours, or is already as we want it. */
  | { readonly kind: 'unchangeable' }
  /** Somebody has deleted the message. */
  | { readonly kind: 'message-removed' }
  | { readonly kind: 'reply-not-allowed' }
  /** Writing there, until somebody changes something. */
  | { readonly kind: 'access'; readonly fix: Fix }
  /** The channel or person, for good. */
  | { readonly kind: 'destination-removed'; readonly fix?: Fix }
  | { readonly kind: 'transient'; readonly scope: Scope; readonly afterMs?: number }
  | { readonly kind: 'token' };

const MINUTE_MS = 60_000;
const form = { kind: 'form' } as const;
const filtered = { kind: 'filtered' } as const;
const unchangeable = { kind: 'unchangeable' } as const;
const messageRemoved = { kind: 'message-removed' } as const;
const destinationRemoved = { kind: 'destination-removed' } as const;
const noDirectMessages = { kind: 'destination-removed', fix: 'private' } as const;
const token = { kind: 'token' } as const;
const access = (fix: Fix) => ({ kind: 'access', fix }) as const;
const retryLater = (scope: Scope, afterMs?: number) =>
  ({ kind: 'transient', scope, ...(afterMs === undefined ? {} : { afterMs }) }) as const;

const ALREADY_CROSSPOSTED = 40033;
const FORUM_TAKES_POSTS_ONLY = 40058;
const THREAD_ARCHIVED = 50083;

/** Discord's JSON error codes (Opcodes and Status Codes). Codes not listed here go by their HTTP status. */
export const ERROR_CODES: Readonly<Record<number, ErrorMeaning>> = {
  10003: destinationRemoved, // unknown channel
  10004: destinationRemoved, // unknown guild
  10015: destinationRemoved, // unknown webhook
  10008: messageRemoved, // unknown message
  50005: unchangeable, // written by another user
  [ALREADY_CROSSPOSTED]: unchangeable,
  10087: retryLater('destination'), // unknown tag: it was deleted a moment ago
  160002: { kind: 'reply-not-allowed' }, // replies need Read Message History
  50001: access('view'),
  50013: access('write'),
  160005: access('locked'),
  [THREAD_ARCHIVED]: access('archived'),
  160006: access('threads'),
  40067: access('tags'), // this forum requires a tag
  [FORUM_TAKES_POSTS_ONLY]: access('kind'),
  50008: access('kind'), // not a text channel
  50024: access('kind'), // not in this type of channel
  50007: noDirectMessages,
  50278: noDirectMessages, // no server in common
  50035: form, // invalid form body
  50006: form, // empty message
  40005: form, // request too large
  50045: form, // file too large
  30015: form, // too many attachments
  20009: filtered, // explicit content
  200000: filtered, // blocked by AutoMod
  240000: filtered, // harmful links
  130000: retryLater('platform'), // API overloaded
  40004: retryLater('platform'), // sending is disabled
  40006: retryLater('platform'), // the feature is disabled
  20028: retryLater('destination'), // write limit of the channel
  20029: retryLater('destination'), // write limit of the server
  40062: retryLater('destination'), // rate limit of the service
  20022: retryLater('destination', 60 * MINUTE_MS), // three edits an hour to an announcement
  30046: retryLater('destination', 10 * MINUTE_MS), // edits to messages older than an hour
  40001: token,
  50014: token,
};

/** For answers without a JSON error code, or with one that isn't listed. A status that isn't listed blames the form. */
const ERROR_STATUSES: Readonly<Record<number, ErrorMeaning>> = {
  401: token,
  403: access('forbidden'),
  404: access('missing'),
  429: retryLater('destination'),
};

export const meaningOf = (code: number, status: number): ErrorMeaning =>
  ERROR_CODES[code] ?? ERROR_STATUSES[status] ?? form;

/** A 429, from Discord or foreseen by discord.js. A global limit concerns every channel. */
export const rateLimited = (isGlobal: boolean, afterMs: number): ErrorMeaning =>
  retryLater(isGlobal ? 'platform' : 'destination', afterMs);

/** Discord's servers failed (5xx), or their answer makes no sense. */
export const serverError: ErrorMeaning = retryLater('destination');

/** No request got through: the network or all of Discord is down. */
export const notConnected: ErrorMeaning = retryLater('platform');

/** Too many requests were refused, so we make none for a while (invalid-request-guard.ts). */
export const requestsPaused = (afterMs: number): ErrorMeaning => retryLater('platform', afterMs);

/** Statuses by which a proxy or firewall blocks our address as a whole rather than one path. */
const BLOCKS_ADDRESS: ReadonlySet<number> = new Set([401, 403, 429]);

/** The answer is not in Discord's format: something in front of Discord sent it, which passes. */
export const notFromDiscord = (status: number, afterMs?: number): ErrorMeaning =>
  retryLater(BLOCKS_ADDRESS.has(status) || status < 400 ? 'platform' : 'destination', afterMs);

/** A failed call. */
export type Failure = ErrorMeaning & {
  readonly status?: number;
  /** Discord's JSON error code. */
  readonly code?: number;
  /** The request may have been carried out all the same. */
  readonly uncertain: boolean;
  /** The error says what is wrong in detail, and it is not the address of a picture. */
  readonly excludesMedia?: true;
  /** For logs and for the operator; contains neither the address nor the body of the request. */
  readonly reason: string;
};

/** What becomes of a delivery whose call failed. */
export function toSendResult(failure: Failure, { discord: { fixes } }: Texts): SendResult {
  const { reason } = failure;
  switch (failure.kind) {
    case 'form':
    case 'filtered':
    case 'unchangeable':
    case 'message-removed':
    case 'reply-not-allowed':
      return { status: 'rejected', reason };
    case 'access':
      return { status: 'unreachable', gone: false, reason, fix: fixes[failure.fix] };
    case 'destination-removed': {
      const fix = failure.fix && fixes[failure.fix];
      return { status: 'unreachable', gone: true, reason, ...(fix && { fix }) };
    }
    case 'transient': {
      const { scope, afterMs, uncertain } = failure;
      return { status: 'retry', scope, uncertain, reason, ...(afterMs === undefined ? {} : { afterMs }) };
    }
    case 'token':
      return { status: 'halted', reason };
  }
}

/** The failure says nothing about this call in particular: any other would fail now, too. */
export const isInconclusive = ({ kind }: Failure): boolean => kind === 'transient' || kind === 'token';

/**
 * Another form of the message may pass. A plain 500 to components counts: Discord answers so when their text has too many
 * bytes (discord-api-docs issue 8554).
 */
export const isFormRefused = ({ kind, status }: Failure, messages: readonly Message[]): boolean =>
  kind === 'form' || kind === 'filtered' || (status === 500 && messages.some(isComponentsMessage));

/** The refusal may be about the address of a picture: it gives no details, or they name one. */
export const mayBeAboutMedia = ({ kind, excludesMedia }: Failure): boolean =>
  kind === 'form' && excludesMedia !== true;

const TOO_LARGE = 413;

/** The message may pass without its files. Where Attach Files is missing, Discord says no more than 403. */
export const areFilesRefused = ({ kind, status }: Failure): boolean =>
  kind === 'form' || kind === 'access' || status === TOO_LARGE;

/** The channel takes posts only: it is a forum or a media channel. */
export const isForumError = ({ code }: Failure): boolean => code === FORUM_TAKES_POSTS_ONLY;

/** Archived threads take new messages, but nothing in them can be edited or deleted. */
export const isThreadArchived = ({ code }: Failure): boolean => code === THREAD_ARCHIVED;

/** The message has been crossposted before, or is gone: either way there is nothing left to do. */
export const isCrosspostDone = ({ kind, code }: Failure): boolean =>
  code === ALREADY_CROSSPOSTED || kind === 'message-removed';

/** The message is gone, or not ours to delete. */
export const isDeleteDone = ({ kind }: Failure): boolean =>
  kind === 'unchangeable' || kind === 'message-removed';

/** The failure contradicts the gateway if that shows the channel, with permission to write in it. */
export const isAboutChannelAccess = (failure: Failure): boolean =>
  failure.kind === 'destination-removed' ||
  (failure.kind === 'access' && (failure.fix === 'view' || failure.fix === 'write'));

/** The same failure for a message in a forum post: a deleted or locked post says nothing about the forum. */
export function asPostFailure(failure: Failure): Failure {
  if (failure.kind === 'destination-removed') return { ...failure, ...messageRemoved };
  const isShut = failure.kind === 'access' && (failure.fix === 'locked' || failure.fix === 'archived');
  return isShut ? { ...failure, ...unchangeable } : failure;
}
