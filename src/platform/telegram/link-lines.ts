import type { MessageEntity } from 'grammy/types';
import { shortened } from '../../note/shortened.ts';
import type { Item, TextCall } from './call.ts';
import { styledLink } from './inlines.ts';
import { MAX_TEXT, measure, type Shown } from './measure.ts';
import { plain } from './styled.ts';

/** UTF-16 units of a label: a picture's description may be a story. */
const MAX_LABEL = 200;

/** The words, with a line for each item that could not be shown: its description, leading to it. */
export function withLinkLines(shown: Shown, items: readonly Item[]): TextCall {
  let { text } = shown;
  const entities: MessageEntity[] = [...shown.entities];
  for (const { label, urls } of items) {
    const line = measure(styledLink(urls[0] ?? '', plain(shortened(label, MAX_LABEL))), MAX_TEXT);
    if (text !== '') text += entities.length === shown.entities.length ? '\n\n' : '\n';
    entities.push(...line.entities.map((entity) => ({ ...entity, offset: entity.offset + text.length })));
    text += line.text;
  }
  return { type: 'text', text, entities };
}
