import type { Entity } from '../world/api-types.ts';
import { decodeReferences, readAttributes, type Tag } from './html-tag.ts';
import { byteOffset, customEmojiEntity, linkEntity, type Marked, MarkupError, timeEntity } from './markup.ts';

const PLAIN_TAGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    b: 'bold',
    strong: 'bold',
    i: 'italic',
    em: 'italic',
    u: 'underline',
    ins: 'underline',
    s: 'strikethrough',
    strike: 'strikethrough',
    del: 'strikethrough',
    'tg-spoiler': 'spoiler',
    span: 'spoiler',
  }),
);
const OTHER_TAGS = ['a', 'pre', 'code', 'blockquote', 'tg-emoji', 'tg-time'];

interface Open extends Tag {
  readonly offset: number;
}

/** Reads the HTML of `parse_mode: HTML` (Bot API, "HTML style"). Throws `MarkupError`. */
export function parseHtml(source: string): Marked {
  const open: Open[] = [];
  const entities: Entity[] = [];
  let text = '';
  let at = 0;
  while (at < source.length) {
    if (source[at] !== '<') {
      const until = source.indexOf('<', at);
      const run = source.slice(at, until < 0 ? source.length : until);
      text += decodeReferences(run);
      at += run.length;
    } else if (source[at + 1] === '/') {
      at = closeTag(source, at, open, entities, text);
    } else {
      const tag = openTag(source, at);
      open.push({ ...tag, offset: text.length });
      at = tag.end;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed) throw new MarkupError(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
  return { text, entities: entities.map(withoutCodeLanguage) };
}

function openTag(source: string, begin: number): Tag & { readonly end: number } {
  const where = byteOffset(source, begin);
  const name = /^[^\s>]*/.exec(source.slice(begin + 1))?.[0].toLowerCase() ?? '';
  if (begin + 1 + name.length >= source.length) {
    throw new MarkupError(`Unclosed start tag at byte offset ${where}`);
  }
  if (!PLAIN_TAGS.has(name) && !OTHER_TAGS.includes(name)) {
    throw new MarkupError(`Unsupported start tag "${name}" at byte offset ${where}`);
  }
  const { attributes, end } = readAttributes(source, begin, name);
  if (name === 'span' && attributes['class'] !== 'tg-spoiler') {
    throw new MarkupError(`Tag "span" must have class "tg-spoiler" at byte offset ${where}`);
  }
  return { name, attributes, end };
}

function closeTag(source: string, begin: number, open: Open[], entities: Entity[], text: string): number {
  const where = byteOffset(source, begin);
  const tag = open.at(-1);
  if (!tag) throw new MarkupError(`Unexpected end tag at byte offset ${where}`);
  const written = /^<\/([^\s>]*)(\s*)/.exec(source.slice(begin));
  const name = written?.[1]?.toLowerCase() ?? '';
  const end = begin + (written?.[0].length ?? 0);
  if (source[end] !== '>') throw new MarkupError(`Unclosed end tag at byte offset ${where}`);
  if (name && name !== tag.name) {
    throw new MarkupError(
      `Unmatched end tag at byte offset ${where}, expected "</${tag.name}>", found "</${name}>"`,
    );
  }
  open.pop();
  if (text.length > tag.offset) addEntity(entities, tag, text);
  return end + 1;
}

function addEntity(entities: Entity[], tag: Open, text: string): void {
  const { offset, attributes } = tag;
  const length = text.length - offset;
  const plain = PLAIN_TAGS.get(tag.name);
  const last = entities.at(-1);
  const same = last?.offset === offset && last.length === length ? last : undefined;
  const language = /^language-(.+)/.exec(attributes['class'] ?? '')?.[1];
  if (plain) entities.push({ type: plain, offset, length });
  else if (tag.name === 'a') {
    const entity = linkEntity(attributes['href'] || text.slice(offset), offset, length);
    if (entity) entities.push(entity);
  } else if (tag.name === 'pre' && same?.type === 'code' && same.language) {
    entities.splice(-1, 1, { ...same, type: 'pre' });
  } else if (tag.name === 'code' && same?.type === 'pre' && language) {
    entities.splice(-1, 1, { ...same, language });
  } else if (tag.name === 'code')
    entities.push({ type: 'code', offset, length, ...(language && { language }) });
  else if (tag.name === 'pre') entities.push({ type: 'pre', offset, length });
  else if (tag.name === 'blockquote') {
    const type = 'expandable' in attributes ? 'expandable_blockquote' : 'blockquote';
    entities.push({ type, offset, length });
  } else if (tag.name === 'tg-emoji') {
    entities.push(customEmojiEntity(attributes['emoji-id'] ?? null, offset, length));
  } else {
    entities.push(timeEntity(attributes['unix'] ?? null, attributes['format'] ?? null, offset, length));
  }
}

/** A language counts only if `pre` and `code` cover the same text. */
function withoutCodeLanguage(entity: Entity): Entity {
  return entity.type === 'code'
    ? { type: entity.type, offset: entity.offset, length: entity.length }
    : entity;
}
