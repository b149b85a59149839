import { h, lines, outwards, type View, veil } from './view.ts';

/** A message entity (Bot API, `MessageEntity`); offsets in UTF-16 units, as in JavaScript. */
export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
}

type Show = (children: readonly View[], entity: Entity, text: string) => View | readonly View[];

const within =
  (tag: string, attributes: Readonly<Record<string, string>> = {}): Show =>
  (children) =>
    h(tag, attributes, children);

/** The look of each type of entity; other types show only their text. */
const shows: Readonly<Record<string, Show>> = {
  bold: within('b'),
  italic: within('i'),
  underline: within('u'),
  strikethrough: within('s'),
  spoiler: (children) => h('span', { class: 'spoiler', ...veil() }, children),
  code: within('code'),
  pre: (children, { language }) => h('pre', { title: language }, children),
  blockquote: within('blockquote'),
  expandable_blockquote: within('blockquote', {
    class: 'folded',
    'data-act': 'unfold',
    role: 'button',
    tabindex: '0',
  }),
  text_link: (children, { url = '' }) => outwards(url, children),
  url: (children, _, text) => outwards(/^https?:/iu.test(text) ? text : `https://${text}`, children),
  hashtag: within('span', { class: 'hashtag' }),
  mention: within('span', { class: 'hashtag' }),
  bot_command: (children, _, text) =>
    h('button', { type: 'button', class: 'plain command', 'data-act': 'type', 'data-line': text }, children),
};

/** The entity types that have a look here. */
export const ENTITY_TYPES: readonly string[] = Object.keys(shows);

/** Block entities: the line breaks around them are not shown again. */
const BLOCKS = new Set(['pre', 'blockquote', 'expandable_blockquote']);

/** A text with its entities. An entity that extends beyond the one around it is cut. */
export function entityViews(text: string, entities: readonly Entity[]): readonly View[] {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return between(text, 0, text.length, sorted);
}

function between(text: string, from: number, to: number, entities: readonly Entity[]): readonly View[] {
  const views: View[] = [];
  let at = from;
  for (const [index, entity] of entities.entries()) {
    if (entity.offset < at || entity.offset >= to) continue;
    const end = Math.min(entity.offset + entity.length, to);
    const inside = entities.slice(index + 1).filter(({ offset }) => offset < end);
    const children = between(text, entity.offset, end, inside);
    const isBlock = BLOCKS.has(entity.type);
    const before = text.slice(at, entity.offset);
    views.push(...lines(isBlock ? before.replace(/\n$/u, '') : before));
    views.push(
      ...[shows[entity.type]?.(children, entity, text.slice(entity.offset, end)) ?? children].flat(),
    );
    at = isBlock && text[end] === '\n' ? end + 1 : end;
  }
  return [...views, ...lines(text.slice(at, to))];
}
