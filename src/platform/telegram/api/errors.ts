import type { ResponseParameters } from 'grammy/types';
import { en } from '../../../i18n/en/catalogue.ts';
import type { Texts } from '../../../i18n/texts.ts';
import type { SendResult } from '../../platform.ts';
import { destinationOf } from '../chat-target.ts';

/*
 * What each error of the Bot API means for a delivery. Two steps, both decided here and nowhere else: the code and the
 * description say what the error is about (meaningOf), and that decides the result of the delivery (toSendResult).
 * classify-error.ts extracts them from whatever grammY throws. Combinations of errors are handled by
 * flood-wait.ts (429s that concern the whole bot), send-attempt.ts (repeated failures of one message) and
 * updates/polling-conflict.ts (another instance with our token).
 */

type Fix = keyof Texts['telegram']['fixes'];

/** What an error is about. `fix` is what people can do. */
export type ErrorMeaning =
  /** The chat or user is out of reach for good. */
  | { readonly kind: 'destination-removed'; readonly fix: Fix }
  /** The bot can't post there until somebody changes a setting. */
  | { readonly kind: 'access'; readonly fix: Fix }
  /** The group became a supergroup, with this id. */
  | { readonly kind: 'migrated'; readonly to: number }
  | { readonly kind: 'rate-limited'; readonly afterMs: number }
  | { readonly kind: SimpleKind };

type SimpleKind =
  /** Telegram can't fetch the file from this address; another may work. */
  | 'media-address'
  /** The file arrived, but can't be shown as the type it was sent as. */
  | 'media-format'
  /** The chat allows text, but no media. */
  | 'media-forbidden'
  | 'entities'
  | 'keyboard'
  | 'content'
  | 'unmodified'
  /** Somebody has deleted the message. */
  | 'message-removed'
  /** The message can no longer be edited or deleted. */
  | 'unchangeable'
  /** The message has no text, caption or media to replace. */
  | 'nothing-to-edit'
  | 'query-expired'
  | 'server-error'
  /** The bot can't pay for its broadcasts. */
  | 'unpaid'
  /** Another instance gets updates with the same token, or a webhook is set. */
  | 'conflict'
  | 'token'
  | 'no-response'
  /** The call seems to have succeeded, but its result can't be read. */
  | 'unexpected-response'
  | 'unknown';

export type ErrorKind = ErrorMeaning['kind'];

const removed = (fix: Fix) => ({ kind: 'destination-removed', fix }) as const;
const access = (fix: Fix) => ({ kind: 'access', fix }) as const;
const about = <Kind extends SimpleKind>(kind: Kind) => ({ kind }) as const;

/** Not documented for bots; the first is in the list of errors of MTProto's `messages.sendMessage`. */
const UNPAID = /BALANCE_TOO_LOW|PAID_FLOODSKIP|paid broadcast/i;
/** How soon delivery may continue at the free rate, in milliseconds. */
const UNPAID_RETRY_MS = 1_000;

const token = about('token');
const content = about('content');
const serverError = about('server-error');
export const noResponse = about('no-response');
export const unexpectedResponse = about('unexpected-response');
export const unknown = about('unknown');

interface ErrorRule {
  readonly code: number;
  /** Matches part of the description; without it, any description will do. */
  readonly description?: RegExp;
  readonly meaning: ErrorMeaning;
}

/**
 * Telegram documents the codes and asks clients not to rely on the descriptions, yet one code can mean many things.
 * So rules match both, with descriptions from the source of the Bot API server. The first match wins.
 */
export const ERROR_RULES: readonly ErrorRule[] = [
  { code: 401, meaning: token },
  { code: 404, description: /method not found/i, meaning: content },
  { code: 404, meaning: token },
  { code: 409, meaning: about('conflict') },
  { code: 413, meaning: content },
  { code: 400, description: UNPAID, meaning: about('unpaid') },
  { code: 403, description: UNPAID, meaning: about('unpaid') },

  { code: 403, description: /blocked by the user/i, meaning: removed('blocked') },
  { code: 403, description: /user is deactivated/i, meaning: removed('deactivated') },
  { code: 403, description: /chat was deleted/i, meaning: removed('deleted') },
  { code: 403, description: /was kicked from|is not a member of/i, meaning: removed('kicked') },
  {
    code: 403,
    description: /can't send messages to bots|can't send messages to the bot/i,
    meaning: removed('bot'),
  },
  {
    code: 403,
    description: /can't initiate conversation|can't send messages to/i,
    meaning: removed('notStarted'),
  },
  { code: 403, meaning: access('rights') },

  {
    code: 400,
    description: /chat not found|PEER_ID_INVALID|CHAT_ID_INVALID/i,
    meaning: removed('notFound'),
  },
  {
    code: 400,
    description: /chat was deleted|chat was deactivated/i,
    meaning: removed('deleted'),
  },
  // The response to queries about members of a public group or channel that the bot isn't in.
  { code: 400, description: /member list is inaccessible/i, meaning: access('rights') },
  // The chat still exists, but we are no longer a member.
  { code: 400, description: /CHANNEL_PRIVATE/i, meaning: removed('kicked') },
  { code: 400, description: /TOPIC_CLOSED/i, meaning: access('topicClosed') },
  {
    code: 400,
    description: /message thread not found|TOPIC_DELETED|TOPIC_ID_INVALID/i,
    meaning: access('topicGone'),
  },
  { code: 400, description: /CHAT_RESTRICTED|USER_BANNED_IN_CHANNEL/i, meaning: access('restricted') },
  { code: 400, description: /SLOWMODE_WAIT/i, meaning: access('slowMode') },
  {
    code: 400,
    description: /not enough rights to send text|CHAT_SEND_PLAIN_FORBIDDEN/i,
    meaning: access('rights'),
  },
  {
    code: 400,
    description:
      /not enough rights to send (?:photo|video|animation|audio|music|document|media)|CHAT_SEND_(?:PHOTOS|VIDEOS|GIFS|AUDIOS|DOCS|MEDIA)_FORBIDDEN/i,
    meaning: about('media-forbidden'),
  },
  {
    code: 400,
    description:
      /not enough rights|have no rights|need administrator rights|CHAT_WRITE_FORBIDDEN|CHAT_ADMIN_REQUIRED/i,
    meaning: access('rights'),
  },

  {
    code: 400,
    description:
      /PHOTO_INVALID_DIMENSIONS|IMAGE_PROCESS_FAILED|PHOTO_EXT_INVALID|PHOTO_SAVE_FILE_INVALID|VIDEO_FILE_INVALID|VIDEO_CONTENT_TYPE_INVALID|file is too big/i,
    meaning: about('media-format'),
  },
  {
    code: 400,
    description:
      /failed to get HTTP URL content|wrong type of the web page content|wrong HTTP URL specified|invalid file HTTP URL|can't use file of type|can't upload file by URL|wrong (?:remote )?file identifier|FILE_REFERENCE_|FILE_ID_INVALID|WEBPAGE_CURL_FAILED|WEBPAGE_MEDIA_EMPTY|MEDIA_EMPTY|failed to send message #/i,
    meaning: about('media-address'),
  },
  {
    code: 400,
    description:
      /can't parse entities|ENTITIES_TOO_LONG|ENTITY_BOUNDS_INVALID|entity beginning|entity begins/i,
    meaning: about('entities'),
  },
  {
    code: 400,
    description:
      /reply markup is too long|BUTTON_URL_INVALID|BUTTON_DATA_INVALID|BUTTON_TYPE_INVALID|BUTTON_TEXT_INVALID|Text buttons are unallowed|inline keyboard button|REPLY_MARKUP_INVALID/i,
    meaning: about('keyboard'),
  },
  {
    code: 400,
    description: /is too long|text is empty|must be non-empty|must be encoded in UTF-8|MESSAGE_TOO_LONG/i,
    meaning: content,
  },

  { code: 400, description: /message is not modified|MESSAGE_NOT_MODIFIED/i, meaning: about('unmodified') },
  {
    code: 400,
    description:
      /message to edit not found|message to delete not found|MESSAGE_ID_INVALID|message identifier is not specified/i,
    meaning: about('message-removed'),
  },
  {
    code: 400,
    description: /message can't be edited|message can't be deleted/i,
    meaning: about('unchangeable'),
  },
  {
    code: 400,
    description:
      /there is no text in the message|there is no caption in the message|there is no media in the message/i,
    meaning: about('nothing-to-edit'),
  },
  {
    code: 400,
    description: /query is too old|query id is invalid|QUERY_ID_INVALID/i,
    meaning: about('query-expired'),
  },
];

/** Usually a parameter says how long to wait. For albums it is only in the description, under another code. */
const RETRY_AFTER_TEXT = /too many requests: retry after (\d+)/i;

export function meaningOf(
  code: number,
  description: string,
  { migrate_to_chat_id: to, retry_after: retryAfter }: ResponseParameters,
): ErrorMeaning {
  if (to !== undefined) return { kind: 'migrated', to };
  const [, retryAfterText] = RETRY_AFTER_TEXT.exec(description) ?? [];
  if (code === 429 || retryAfterText !== undefined) return rateLimited(retryAfter ?? retryAfterText);
  if (code >= 500) return serverError;
  const rule = ERROR_RULES.find(
    (rule) => rule.code === code && (rule.description?.test(description) ?? true),
  );
  return rule?.meaning ?? unknown;
}

/** In seconds. Clamps Telegram's value, so that we neither retry in a tight loop nor wait forever. */
const MIN_WAIT_S = 1;
const MAX_WAIT_S = 86_400;

function rateLimited(retryAfter: unknown): ErrorMeaning {
  const seconds = Number(retryAfter ?? MIN_WAIT_S);
  const clamped = Number.isNaN(seconds) ? MIN_WAIT_S : Math.min(Math.max(seconds, MIN_WAIT_S), MAX_WAIT_S);
  return { kind: 'rate-limited', afterMs: clamped * 1000 };
}

/** A failed call. */
export type Failure = ErrorMeaning & {
  /** The request may have been carried out anyway. */
  readonly uncertain: boolean;
  /** For logs and the operator, in Telegram's words or ours. Never contains the token. */
  readonly reason: string;
};

export type SendFailure = Exclude<SendResult, { readonly status: 'sent' }>;

/**
 * Maps a failed call to the result of its delivery. `isRepeated`: the previous failure was unexplained as well
 * (isUnexplained). Such a message isn't tried a third time, because it would block its chat or arrive again and again.
 */
export function toSendResult(failure: Failure, isRepeated = false): SendFailure {
  const { reason, uncertain } = failure;
  switch (failure.kind) {
    case 'destination-removed':
    case 'access': {
      const gone = failure.kind === 'destination-removed';
      return { status: 'unreachable', gone, reason, fix: en.telegram.fixes[failure.fix] };
    }
    case 'migrated':
      return { status: 'moved', to: destinationOf(failure.to), reason };
    case 'rate-limited':
      return { status: 'retry', scope: 'destination', uncertain, reason, afterMs: failure.afterMs };
    case 'unpaid':
      return { status: 'retry', scope: 'platform', uncertain, reason, afterMs: UNPAID_RETRY_MS };
    case 'server-error':
    case 'conflict':
    case 'no-response':
      return { status: 'retry', scope: 'destination', uncertain, reason };
    case 'unexpected-response':
    case 'unknown':
      if (isRepeated) return { status: 'rejected', reason };
      return { status: 'retry', scope: 'destination', uncertain, reason };
    case 'token':
      return { status: 'halted', reason };
    case 'media-address':
    case 'media-format':
    case 'media-forbidden':
    case 'entities':
    case 'keyboard':
    case 'content':
    case 'unmodified':
    case 'message-removed':
    case 'unchangeable':
    case 'nothing-to-edit':
    case 'query-expired':
      return { status: 'rejected', reason };
  }
}

/** How long Telegram asks us to wait, in milliseconds; `undefined` if it doesn't. */
export const retryAfterMs = (failure: Failure): number | undefined =>
  failure.kind === 'rate-limited' ? failure.afterMs : undefined;

const isOneOf =
  (...kinds: readonly ErrorKind[]) =>
  ({ kind }: Failure): boolean =>
    kinds.includes(kind);

/** Telegram or the connection to it failed. That says nothing about the message unless it happens again and again. */
export const isOutage = isOneOf('server-error', 'no-response');

/** No rule says what went wrong. */
export const isUnexplained = isOneOf('unknown', 'unexpected-response');

/** Telegram doesn't accept the media as sent. */
export const isMediaRefused = isOneOf('media-address', 'media-format', 'media-forbidden');

/** After repeated failures: the form of the message may be to blame, so a plainer one is worth trying. */
export const mayBeAboutForm = isOneOf('unknown', 'server-error');

/** The server doesn't know the method or the block types, so every rich message would fail. */
export const isRichUnsupported = isOneOf('content', 'unknown');

/** This rich message is refused; others may pass. */
export const isRichRefused = isOneOf(
  'media-address',
  'media-format',
  'media-forbidden',
  'entities',
  'keyboard',
);

/** Plainer inline results may be accepted. */
export const isInlineResultRefused = isOneOf('entities', 'keyboard', 'content', 'unknown');

/** The topic is closed or deleted; the rest of the chat may be open. */
export const isTopicUnavailable = (failure: Failure): boolean =>
  failure.kind === 'access' && (failure.fix === 'topicClosed' || failure.fix === 'topicGone');

/** The message can't be deleted, because of its age or a migration, but may still be edited. */
export const isOnlyEditable = isOneOf('unchangeable', 'migrated');

/** No other way of deleting would work either: the failure concerns the chat, the bot or all of Telegram. */
export const blocksDeletion = isOneOf('destination-removed', 'access', 'rate-limited', 'token', 'conflict');

/** When emptying a message instead of deleting it: there is nothing left to do, or it will never work. */
export const isEmptyingDone = isOneOf('message-removed', 'unchangeable', 'unmodified', 'migrated');

/** Deleting a setup message will never work. */
export const isDeletionRefused = isOneOf('unchangeable', 'access', 'content', 'unknown');
