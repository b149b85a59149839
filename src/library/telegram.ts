import type { Opts } from '@grammyjs/types';
import { textsFor } from '../i18n/texts.ts';
import { captionFields, mediaFields, toInputMedia } from '../platform/telegram/render/input-media.ts';
import { mediaAsLinks } from '../platform/telegram/render/link-lines.ts';
import {
  linkPreviewOptions,
  type MediaItem,
  type Outgoing,
  type OutgoingMedia,
  outgoingOf,
} from '../platform/telegram/render/outgoing.ts';
import { render } from '../platform/telegram/render/render.ts';
import { TELEGRAM_STYLES } from '../platform/telegram/styles.ts';
import { readyNote } from './internal/ready-note.ts';
import type { Note } from './note.ts';
import type { RenderOptions } from './options.ts';

/** `classic`: text with entities, and media. `rich`: an article is one rich message (Bot API 10.1); other notes are classic. */
export type TelegramStyle = 'classic' | 'rich';

/** Options of `telegramCalls`. */
export interface TelegramOptions extends RenderOptions {
  /** Default: `classic`. */
  readonly style?: TelegramStyle;
}

/** The methods of the Bot API that a note can take. */
export type TelegramMethod =
  | 'sendMessage'
  | 'sendPhoto'
  | 'sendVideo'
  | 'sendAnimation'
  | 'sendAudio'
  | 'sendMediaGroup'
  | 'sendRichMessage';

/** A call of the Bot API: everything but `chat_id`. All files are addresses, so `params` is JSON as it is. */
export type TelegramCall = {
  [Method in TelegramMethod]: {
    readonly method: Method;
    readonly params: Omit<Opts<never>[Method], 'chat_id'>;
    /** The same more plainly, for when Telegram refuses this one: links instead of media, a classic message instead of a rich one. */
    readonly plainer?: TelegramCall;
  };
}[TelegramMethod];

/**
 * A note as calls of the Bot API, in the order to make them; at least one. Each is within Telegram's limits. Formatting is
 * given as entities, so nothing has to be escaped and nothing in the note becomes a mention or a command; a label that looks
 * like another address shows the true one. Nothing is sent and nothing is fetched.
 *
 * Telegram refuses messages with media that it can't fetch; then send `plainer` instead.
 *
 * @throws {TypeError} if the note isn't from `parseNote`.
 * @throws {RangeError} if an option has a value that isn't listed, a time zone is unknown, or `links` isn't an address with
 *   `{code}`.
 */
export function telegramCalls(note: Note, options: TelegramOptions = {}): TelegramCall[] {
  const { ready, spec } = readyNote(note, options, TELEGRAM_STYLES);
  const bodies = render(ready.blocks, spec, ready.fallback, '', textsFor(ready.language));
  return bodies.map((body) => toCall(outgoingOf(body)));
}

function toCall(call: Outgoing): TelegramCall {
  const markup = call.keyboard && { reply_markup: call.keyboard };
  switch (call.type) {
    case 'text':
      return {
        method: 'sendMessage',
        params: {
          text: call.text,
          entities: [...call.entities],
          link_preview_options: linkPreviewOptions(call),
          ...markup,
        },
      };
    case 'media': {
      const [item, ...others] = call.items;
      const whole =
        item && others.length === 0 ? single(item, { ...captionFields(call), ...markup }) : album(call);
      return { ...whole, plainer: toCall(mediaAsLinks(call, call.items)) };
    }
    case 'rich':
      // Without uploads, which only the program makes.
      return {
        method: 'sendRichMessage',
        params: { rich_message: call.rich as never, ...markup },
        plainer: toCall(call.classic),
      };
  }
}

type Caption = Pick<Opts<never>['sendPhoto'], 'caption' | 'caption_entities' | 'reply_markup'>;

function single(item: MediaItem, caption: Caption): TelegramCall {
  const [file = ''] = item.urls;
  switch (item.type) {
    case 'photo':
      return { method: 'sendPhoto', params: { photo: file, ...mediaFields.photo(item), ...caption } };
    case 'video':
      return {
        method: 'sendVideo',
        params: { video: file, ...mediaFields.video(item, item.cover), ...caption },
      };
    case 'animation':
      return {
        method: 'sendAnimation',
        params: { animation: file, ...mediaFields.animation(item), ...caption },
      };
    case 'audio':
      return { method: 'sendAudio', params: { audio: file, ...mediaFields.audio(item), ...caption } };
  }
}

function album(call: OutgoingMedia): TelegramCall {
  const media = call.items.map((item, index) =>
    toInputMedia(
      item,
      { file: item.urls[0] ?? '', ...(item.cover !== undefined && { cover: item.cover }) },
      index === 0 ? call : undefined,
    ),
  );
  // Only photos and videos are grouped, and no file is an upload, which the types don't express.
  return { method: 'sendMediaGroup', params: { media: media as never } };
}
