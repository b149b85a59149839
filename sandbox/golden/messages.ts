import type { DiscordMessage, TelegramMessage } from '../demo/change.ts';
import { formatText } from '../telegram/text/formatted-text.ts';
import type { DiscordCall, TelegramCall, TelegramItem } from './cases.ts';

/** The message that Discord makes of a call. */
export function discordMessage({ message }: DiscordCall, id: string, atS: number): DiscordMessage {
  const author = { username: 'postrider', global_name: 'Postrider', bot: true };
  return {
    id,
    channel: '1',
    payload: { ...message, author, timestamp: new Date(atS * 1000).toISOString() },
    onlyYou: false,
    gone: false,
  };
}

/** The field of a message for each type of item (Bot API, `Message`). */
const fields: ReadonlyMap<string, (item: TelegramItem, file: object) => object> = new Map(
  Object.entries({
    photo: (_, file) => ({ photo: [file] }),
    video: (_, file) => ({ video: file }),
    animation: (_, file) => ({ animation: file }),
    audio: (_, file) => ({ audio: file }),
  }),
);

/** The messages that Telegram makes of a call: one, or all of an album. `undefined` for unknown calls. */
export function telegramMessages(
  call: TelegramCall,
  id: string,
  atS: number,
): readonly TelegramMessage[] | undefined {
  const keyboard = call.keyboard ? { reply_markup: call.keyboard } : {};
  // The server adds entities for the URLs and hashtags that it finds.
  const { text, entities } = formatText({
    text: call.text ?? '',
    parseMode: '',
    entities: [...(call.entities ?? [])],
  });
  if (call.type === 'text') {
    const preview = call.preview ? { url: call.preview } : { is_disabled: true };
    return [shown(id, atS, { text, entities, link_preview_options: preview, ...keyboard })];
  }
  const items = call.items ?? [];
  if (call.type !== 'media' || items.some(({ type }) => !fields.get(type))) return undefined;
  return items.map((item, index) => ({
    ...shown(`${id}.${index}`, atS, {
      ...fields.get(item.type)?.(item, { file_id: item.urls[0], duration: item.durationS }),
      ...(item.spoiler && { has_media_spoiler: true }),
      ...(index === 0 && text && { caption: text, caption_entities: entities }),
      ...(index === 0 && keyboard),
    }),
    ...(items.length > 1 && { album: id }),
  }));
}

function shown(id: string, atS: number, message: object): TelegramMessage {
  return {
    id,
    chat: '1',
    message: { message_id: 1, date: atS, ...message },
    byBot: true,
    files: {},
    gone: false,
  };
}
