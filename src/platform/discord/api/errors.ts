import type { Texts } from '../../../i18n/texts.ts';
import type { SendResult } from '../../platform.ts';
import { isComponentsMessage, type Message } from '../render/message-forms.ts';

/*
 * What each Discord error means for a delivery, decided here and nowhere else, in two steps. The JSON error code, or
 * else the HTTP status, determines what the error is about (ERROR_CODES, ERROR_STATUSES); that determines the result
 * of the delivery (toSendResult). classify-error.ts extracts codes and statuses from what discord.js throws.
 */

type Fix = keyof Texts['discord']['fixes'];
type Scope = 'destination' | 'platform';

/** What an error is about. `fix` is what people can do, `scope` what to pause, `afterMs` the minimum pause. */
export type ErrorMeaning =
  /** The form of the message; Discord may accept a plainer one. */
  | { readonly kind: 'form' }
  /** The words or links of the message; the same content is refused in any form. */
  | { readonly kind: 'filtered' }
  /** The message isn't ours, or is already in the desired state. */
  | { readonly kind: 'unchangeable' }
  /** Somebody has deleted the message. */
  | { readonly kind: 'message-removed' }
  | { readonly kind: 'reply-not-allowed' }
  /** The bot can't write there until somebody changes something. */
  | { readonly kind: 'access'; readonly fix: Fix }
  /** The channel or user is gone for good. */
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
const FORUM_ACCEPTS_ONLY_POSTS = 40058;
const THREAD_ARCHIVED = 50083;

/** Discord's JSON error codes (Opcodes and Status Codes). Codes not listed here go by their HTTP status. */
export const ERROR_CODES: Readonly<Record<number, ErrorMeaning>> = {
  10003: destinationRemoved, // unknown channel
  10004: destinationRemoved, // unknown guild
  10015: destinationRemoved, // unknown webhook
  10008: messageRemoved, // unknown message
  50005: unchangeable, // written by another user
  [ALREADY_CROSSPOSTED]: unchangeable,
  10087: retryLater('destination'), // unknown tag: it has just been deleted
  160002: { kind: 'reply-not-allowed' }, // replies need Read Message History
  50001: access('view'),
  50013: access('write'),
  160005: access('locked'),
  [THREAD_ARCHIVED]: access('archived'),
  160006: access('threads'),
  40067: access('tags'), // this forum requires a tag
  [FORUM_ACCEPTS_ONLY_POSTS]: access('kind'),
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

/** For responses without a JSON error code, or with an unlisted one. For an unlisted status, the form is to blame. */
const ERROR_STATUSES: Readonly<Record<number, ErrorMeaning>> = {
  401: token,
  403: access('forbidden'),
  404: access('missing'),
  429: retryLater('destination'),
};

export const meaningOf = (code: number, status: number): ErrorMeaning =>
  ERROR_CODES[code] ?? ERROR_STATUSES[status] ?? form;

/** A 429 from Discord, or one that discord.js predicted. A global limit affects every channel. */
export const rateLimited = (isGlobal: boolean, afterMs: number): ErrorMeaning =>
  retryLater(isGlobal ? 'platform' : 'destination', afterMs);

/** Discord's servers failed (5xx), or their response makes no sense. */
export const serverError: ErrorMeaning = retryLater('destination');

/** The request wasn't sent: the network or all of Discord is down. */
export const notConnected: ErrorMeaning = retryLater('platform');

/** Too many requests were refused, so none are made for a while (invalid-request-guard.ts). */
export const requestsPaused = (afterMs: number): ErrorMeaning => retryLater('platform', afterMs);

/** With these statuses, a proxy or firewall blocks our IP address rather than one path. */
const BLOCKS_ADDRESS: ReadonlySet<number> = new Set([401, 403, 429]);

/** The response isn't in Discord's format: something in front of Discord sent it, and that is temporary. */
export const notFromDiscord = (status: number, afterMs?: number): ErrorMeaning =>
  retryLater(BLOCKS_ADDRESS.has(status) || status < 400 ? 'platform' : 'destination', afterMs);

/** A failed call. */
export type Failure = ErrorMeaning & {
  readonly status?: number;
  /** Discord's JSON error code. */
  readonly code?: number;
  /** The request may have been carried out nevertheless. */
  readonly uncertain: boolean;
  /** The error has details, and none of them is about a media URL. */
  readonly excludesMedia?: true;
  /** For logs and for the operator; contains neither the URL nor the body of the request. */
  readonly reason: string;
};

/** The result of a delivery whose call failed. */
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

/** The failure says nothing about this call in particular: any other call would fail now as well. */
export const isInconclusive = ({ kind }: Failure): boolean => kind === 'transient' || kind === 'token';

/**
 * Discord may accept another form of the message. That includes a plain 500 for components: it is Discord's response
 * when their text has too many bytes (discord-api-docs issue 8554).
 */
export const isFormRefused = ({ kind, status }: Failure, messages: readonly Message[]): boolean =>
  kind === 'form' || kind === 'filtered' || (status === 500 && messages.some(isComponentsMessage));

/** The refusal may be about a media URL: it has no details, or they name one. */
export const mayBeAboutMedia = ({ kind, excludesMedia }: Failure): boolean =>
  kind === 'form' && excludesMedia !== true;

const TOO_LARGE = 413;

/** Discord may accept the message without its files. If Attach Files is missing, the error is just a 403. */
export const areFilesRefused = ({ kind, status }: Failure): boolean =>
  kind === 'form' || kind === 'access' || status === TOO_LARGE;

/** The channel accepts only posts: it is a forum or a media channel. */
export const isForumError = ({ code }: Failure): boolean => code === FORUM_ACCEPTS_ONLY_POSTS;

/** Archived threads accept new messages, but nothing in them can be edited or deleted. */
export const isThreadArchived = ({ code }: Failure): boolean => code === THREAD_ARCHIVED;

/** The message was already crossposted, or is gone: either way, nothing is left to do. */
export const isCrosspostDone = ({ kind, code }: Failure): boolean =>
  code === ALREADY_CROSSPOSTED || kind === 'message-removed';

/** The message is gone, or isn't ours to delete. */
export const isDeleteDone = ({ kind }: Failure): boolean =>
  kind === 'unchangeable' || kind === 'message-removed';

/** The failure contradicts the gateway if the gateway shows the channel with permission to write in it. */
export const isAboutChannelAccess = (failure: Failure): boolean =>
  failure.kind === 'destination-removed' ||
  (failure.kind === 'access' && (failure.fix === 'view' || failure.fix === 'write'));

/** The same failure for a message in a forum post: a deleted or locked post says nothing about the forum. */
export function asPostFailure(failure: Failure): Failure {
  if (failure.kind === 'destination-removed') return { ...failure, ...messageRemoved };
  const isClosed = failure.kind === 'access' && (failure.fix === 'locked' || failure.fix === 'archived');
  return isClosed ? { ...failure, ...unchangeable } : failure;
}
