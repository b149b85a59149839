import type { MessageEntity } from 'grammy/types';
import { truncateText } from '../../../lib/truncate-text.ts';
import { isOwnPicture } from '../../../note/media/own-picture.ts';
import { styledLink } from './entities/inlines.ts';
import { type EntityText, MAX_TEXT, toEntityText } from './entities/size-limits.ts';
import { plain } from './entities/styled-text.ts';
import type { MediaItem, OutgoingMedia, OutgoingText } from './outgoing.ts';

/** UTF-16 units of a label; descriptions of pictures can be long. */
const MAX_LABEL = 200;

/** Appends a line with a link for each item that couldn't be shown. */
export function appendLinkLines(shown: EntityText, items: readonly MediaItem[]): OutgoingText {
  let { text } = shown;
  const entities: MessageEntity[] = [...shown.entities];
  for (const { label, urls } of items) {
    // There's nothing to link.
    if (isOwnPicture(urls[0] ?? '')) continue;
    const line = toEntityText(styledLink(urls[0] ?? '', plain(truncateText(label, MAX_LABEL))), MAX_TEXT);
    if (text !== '') text += entities.length === shown.entities.length ? '\n\n' : '\n';
    entities.push(...line.entities.map((entity) => ({ ...entity, offset: entity.offset + text.length })));
    text += line.text;
  }
  return { type: 'text', text, entities };
}

/** A message with links instead of these of its items. */
export function mediaAsLinks(call: OutgoingMedia, items: readonly MediaItem[]): OutgoingText {
  return { ...appendLinkLines(call, items), ...(call.keyboard && { keyboard: call.keyboard }) };
}
