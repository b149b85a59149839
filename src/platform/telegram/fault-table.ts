import type { Texts } from '../../text/texts.ts';

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

export type Fix = keyof Texts['telegram']['remedy'];

export interface ErrorRule {
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
