import type { InlineQueryResultArticle } from 'grammy/types';
import type { SharedNote } from '../../../command/views/shared-notes.ts';
import type { Texts } from '../../../i18n/texts.ts';
import { truncate } from '../../truncate.ts';
import { postLink } from '../deep-links.ts';
import { styledDocument } from './entities/blocks.ts';
import { type EntityText, isVisible, MAX_TEXT, toEntityText } from './entities/size-limits.ts';
import { extractGallery } from './gallery.ts';
import { buttonRows, toKeyboard } from './keyboard.ts';
import { appendLinkLines } from './link-lines.ts';
import { loneLink } from './link-preview.ts';
import { messageRoom } from './render.ts';

/**
 * A note as an inline result (Bot API, `InlineQueryResultArticle`): one text message, with a summary and a link for long notes.
 * The first picture is the preview, other media are links. A button leads to the chat with the bot.
 */
export function toInlineResult(share: SharedNote, username: string, texts: Texts): InlineQueryResultArticle {
  const { id, date, headline, teaser } = share;
  const { blocks, fallback } = share.document;
  const document = truncate(blocks, 'summary', fallback, messageRoom(texts));
  const { items, words } = extractGallery(document, texts);
  const shownItem = items.find(({ type, spoiler }) => type === 'photo' && !spoiler);
  const picture = shownItem?.urls[0];
  const whole = appendLinkLines(
    toEntityText(styledDocument(words), MAX_TEXT),
    items.filter((item) => item !== shownItem),
  );
  const { text, entities }: EntityText =
    whole.text.length <= MAX_TEXT && isVisible(whole.text) ? whole : { text: headline, entities: [] };
  const lone = loneLink(words);
  const { links } = texts;
  const label = document === blocks ? links.getPosts : links.readInTelegram;
  const keyboard = toKeyboard([...buttonRows(document), [{ label, url: postLink(username, id) }]]);
  return {
    type: 'article',
    id,
    title: headline,
    description: [date, teaser].filter(Boolean).join(' · '),
    url: fallback.readOn.url,
    ...(picture && { thumbnail_url: picture }),
    input_message_content: {
      message_text: text,
      entities: [...entities],
      link_preview_options: picture
        ? { url: picture, prefer_large_media: true, show_above_text: true }
        : lone
          ? { url: lone }
          : { is_disabled: true },
    },
    ...(keyboard && { reply_markup: keyboard }),
  };
}

/** The same reduced to its text, so that Telegram has less to refuse. Spoilers stay. */
export function simplifiedResult(result: InlineQueryResultArticle): InlineQueryResultArticle {
  const { type, id, title, description, input_message_content: content } = result;
  const { message_text = '', entities = [] } = 'message_text' in content ? content : {};
  return {
    type,
    id,
    title,
    ...(description && { description }),
    input_message_content: {
      message_text,
      entities: entities.filter((entity) => entity.type === 'spoiler'),
      link_preview_options: { is_disabled: true },
    },
  };
}
