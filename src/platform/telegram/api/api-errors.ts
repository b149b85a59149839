import { GrammyError, HttpError } from 'grammy';
import { en } from '../../../i18n/en/catalogue.ts';
import type { Texts } from '../../../i18n/texts.ts';
import type { SendResult } from '../../platform.ts';
import { destinationOf } from '../chat-target.ts';
import { NoResponse, UNEXPECTED_RESPONSE } from './fetch.ts';
import { MethodNotFound } from './not-found.ts';

/** What an error of the Bot API is about, as far as anything here depends on it. */
export type ErrorKind =
  | 'gone'
  | 'suspended'
  | 'moved'
  /** This address of a picture or film; another may do. */
  | 'media-address'
  /** The file came, and can't be shown as what it was sent as. */
  | 'media-form'
  /** Words may be sent here, media may not. */
  | 'media-right'
  | 'entities'
  | 'keyboard'
  | 'content'
  | 'unmodified'
  | 'message-missing'
  | 'message-fixed'
  | 'message-wordless'
  | 'query'
  | 'rate'
  | 'busy'
  /** Somebody else asks for updates with the same token. */
  | 'conflict'
  | 'token'
  | 'no-answer'
  /** It was carried out, as it seems, and what came of it can't be read. */
  | 'unreadable'
  | 'unknown';

type Fix = keyof Texts['telegram']['remedy'];

interface ErrorRule {
  readonly code: number;
  /** Somewhere in the description; without it, any description. */
  readonly says?: RegExp;
  readonly kind: ErrorKind;
  readonly remedy?: Fix;
}

/**
 * Telegram documents codes and asks not to rely on texts, yet one code means many things; so codes with pieces of
 * text, from the Bot API server's source, the first row that fits. What fits none is `unknown`.
 */
export const ERROR_RULES: readonly ErrorRule[] = [
  { code: 401, kind: 'token' },
  { code: 404, says: /method not found/i, kind: 'content' },
  { code: 404, kind: 'token' },
  { code: 409, kind: 'conflict' },
  { code: 413, kind: 'content' },

  { code: 403, says: /blocked by the user/i, kind: 'gone', remedy: 'blocked' },
  { code: 403, says: /user is deactivated/i, kind: 'gone', remedy: 'deactivated' },
  { code: 403, says: /chat was deleted/i, kind: 'gone', remedy: 'deleted' },
  { code: 403, says: /was kicked from|is not a member of/i, kind: 'gone', remedy: 'kicked' },
  {
    code: 403,
    says: /can't send messages to bots|can't send messages to the bot/i,
    kind: 'gone',
    remedy: 'bot',
  },
  {
    code: 403,
    says: /can't initiate conversation|can't send messages to/i,
    kind: 'gone',
    remedy: 'notStarted',
  },
  { code: 403, kind: 'suspended', remedy: 'rights' },

  {
    code: 400,
    says: /chat not found|PEER_ID_INVALID|CHAT_ID_INVALID/i,
    kind: 'gone',
    remedy: 'notFound',
  },
  {
    code: 400,
    says: /chat was deleted|chat was deactivated/i,
    kind: 'gone',
    remedy: 'deleted',
  },
  // Not deleted: Telegram shows it to its members alone, and we are none.
  { code: 400, says: /CHANNEL_PRIVATE/i, kind: 'gone', remedy: 'kicked' },
  { code: 400, says: /TOPIC_CLOSED/i, kind: 'suspended', remedy: 'topicClosed' },
  {
    code: 400,
    says: /message thread not found|TOPIC_DELETED|TOPIC_ID_INVALID/i,
    kind: 'suspended',
    remedy: 'topicGone',
  },
  { code: 400, says: /CHAT_RESTRICTED|USER_BANNED_IN_CHANNEL/i, kind: 'suspended', remedy: 'restricted' },
  { code: 400, says: /SLOWMODE_WAIT/i, kind: 'suspended', remedy: 'slowMode' },
  {
    code: 400,
    says: /not enough rights to send text|CHAT_SEND_PLAIN_FORBIDDEN/i,
    kind: 'suspended',
    remedy: 'rights',
  },
  {
    code: 400,
    says: /not enough rights to send (?:photo|video|animation|audio|music|document|media)|CHAT_SEND_(?:PHOTOS|VIDEOS|GIFS|AUDIOS|DOCS|MEDIA)_FORBIDDEN/i,
    kind: 'media-right',
  },
  {
    code: 400,
    says: /not enough rights|have no rights|need administrator rights|CHAT_WRITE_FORBIDDEN|CHAT_ADMIN_REQUIRED/i,
    kind: 'suspended',
    remedy: 'rights',
  },

  {
    code: 400,
    says: /PHOTO_INVALID_DIMENSIONS|IMAGE_PROCESS_FAILED|PHOTO_EXT_INVALID|PHOTO_SAVE_FILE_INVALID|VIDEO_FILE_INVALID|VIDEO_CONTENT_TYPE_INVALID|file is too big/i,
    kind: 'media-form',
  },
  {
    code: 400,
    says: /failed to get HTTP URL content|wrong type of the web page content|wrong HTTP URL specified|invalid file HTTP URL|can't use file of type|can't upload file by URL|wrong (?:remote )?file identifier|FILE_REFERENCE_|FILE_ID_INVALID|WEBPAGE_CURL_FAILED|WEBPAGE_MEDIA_EMPTY|MEDIA_EMPTY|failed to send message #/i,
    kind: 'media-address',
  },
  {
    code: 400,
    says: /can't parse entities|ENTITIES_TOO_LONG|ENTITY_BOUNDS_INVALID|entity beginning|entity begins/i,
    kind: 'entities',
  },
  {
    code: 400,
    says: /reply markup is too long|BUTTON_URL_INVALID|BUTTON_DATA_INVALID|BUTTON_TYPE_INVALID|BUTTON_TEXT_INVALID|Text buttons are unallowed|inline keyboard button|REPLY_MARKUP_INVALID/i,
    kind: 'keyboard',
  },
  {
    code: 400,
    says: /is too long|text is empty|must be non-empty|must be encoded in UTF-8|MESSAGE_TOO_LONG/i,
    kind: 'content',
  },

  { code: 400, says: /message is not modified|MESSAGE_NOT_MODIFIED/i, kind: 'unmodified' },
  {
    code: 400,
    says: /message to edit not found|message to delete not found|MESSAGE_ID_INVALID|message identifier is not specified/i,
    kind: 'message-missing',
  },
  { code: 400, says: /message can't be edited|message can't be deleted/i, kind: 'message-fixed' },
  {
    code: 400,
    says: /there is no text in the message|there is no caption in the message|there is no media in the message/i,
    kind: 'message-wordless',
  },
  { code: 400, says: /query is too old|query id is invalid|QUERY_ID_INVALID/i, kind: 'query' },
];

interface ApiError {
  readonly kind: ErrorKind;
  /** In Telegram's words or ours, for logs. */
  readonly reason: string;
  readonly remedy?: Fix;
  /** Of `rate`. */
  readonly afterMs?: number;
  /** Of `moved`: the new chat. */
  readonly to?: number;
  /** Of `no-answer` and `unreadable`: the request may have been carried out. */
  readonly uncertain?: boolean;
}

/** Telegram says it with a parameter; of an album only in words, and under another code. */
const RETRY_AFTER_TEXT = /too many requests: retry after (\d+)/i;
const SOON_S = 1;
const DAY_S = 86_400;

/** Makes one thing of whatever a call threw. Texts have had the token taken out when they were received. */
export function classifyError(error: unknown): ApiError {
  if (error instanceof GrammyError) return classifyResponse(error);
  const thrown = error instanceof HttpError ? error.error : error;
  if (thrown instanceof NoResponse) {
    const kind = thrown.code === UNEXPECTED_RESPONSE ? 'unreadable' : 'no-answer';
    return { kind, reason: thrown.message, uncertain: thrown.mayHaveArrived };
  }
  if (thrown instanceof MethodNotFound) return { kind: 'unknown', reason: thrown.message };
  // grammY's own time-out, or something nobody thought of: the request may be on its way.
  const reason = thrown instanceof Error ? thrown.message : 'Unknown failure';
  return { kind: 'no-answer', reason, uncertain: true };
}

function classifyResponse({ error_code: code, description, parameters }: GrammyError): ApiError {
  const reason = `${code}: ${description}`;
  const { migrate_to_chat_id: to, retry_after } = parameters;
  if (to !== undefined) return { kind: 'moved', reason, to };
  if (code === 429 || RETRY_AFTER_TEXT.test(description))
    return {
      kind: 'rate',
      reason,
      afterMs: retryAfterS(retry_after ?? RETRY_AFTER_TEXT.exec(description)?.[1]) * 1000,
    };
  if (code >= 500) return { kind: 'busy', reason };
  const row = ERROR_RULES.find((row) => row.code === code && (row.says?.test(description) ?? true));
  return {
    kind: row?.kind ?? 'unknown',
    reason,
    ...(row?.remedy && { remedy: row.remedy }),
  };
}

/** A second at least, also where none is named or nothing that makes sense: nobody is asked again at once, and for ever. */
function retryAfterS(named: unknown): number {
  const seconds = Number(named ?? SOON_S);
  return Number.isNaN(seconds) ? SOON_S : Math.min(Math.max(seconds, SOON_S), DAY_S);
}

/** Telegram refuses edits that change nothing; that is as good as done. */
export async function ignoreUnmodified<T>(edit: () => Promise<T>): Promise<T | true> {
  try {
    return await edit();
  } catch (error) {
    if (classifyError(error).kind !== 'unmodified') throw error;
    return true;
  }
}

export type SendFailure = Exclude<SendResult, { readonly status: 'sent' }>;

const rejected = ({ reason }: ApiError): SendFailure => ({ status: 'rejected', reason });
const retry = ({ reason, uncertain = false, afterMs }: ApiError): SendFailure => ({
  status: 'retry',
  scope: 'destination',
  uncertain,
  reason,
  ...(afterMs !== undefined && { afterMs }),
});
const unreachable =
  (gone: boolean) =>
  ({ reason, remedy }: ApiError): SendFailure => ({
    status: 'unreachable',
    gone,
    reason,
    ...(remedy && { remedy: en.telegram.remedy[remedy] }),
  });

const SEND_FAILURES: Readonly<Record<ErrorKind, (fault: ApiError) => SendFailure>> = {
  gone: unreachable(true),
  suspended: unreachable(false),
  moved: ({ to = 0, reason }) => ({ status: 'moved', to: destinationOf(to), reason }),
  'media-address': rejected,
  'media-form': rejected,
  'media-right': rejected,
  entities: rejected,
  keyboard: rejected,
  content: rejected,
  unmodified: rejected,
  'message-missing': rejected,
  'message-fixed': rejected,
  'message-wordless': rejected,
  query: rejected,
  rate: retry,
  busy: retry,
  conflict: retry,
  token: ({ reason }) => ({ status: 'halted', reason }),
  'no-answer': retry,
  unreadable: retry,
  unknown: retry,
};

/** Worth one more try and no more, lest one message hold up a chat for ever, or come again and again. */
const RETRIED_ONCE: ReadonlySet<ErrorKind> = new Set(['unknown', 'unreadable']);

/** What became of a send that threw. `again`: the same send has failed in such a way before. */
export function toSendFailure(error: unknown, again = false): SendFailure {
  const fault = classifyError(error);
  return RETRIED_ONCE.has(fault.kind) && again ? rejected(fault) : SEND_FAILURES[fault.kind](fault);
}
