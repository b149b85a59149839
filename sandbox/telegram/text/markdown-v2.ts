import type { Entity } from '../world/api-types.ts';
import { byteOffset, customEmojiEntity, linkEntity, type Marked, MarkupError, timeEntity } from './markup.ts';

const RESERVED = '_*[]()~`>#+-=|{}.!\n';

/** The marks that open an entity, longest first, with the server's name for it in errors. */
const MARKS = [
  { mark: '```', type: 'pre', title: 'Pre' },
  { mark: '`', type: 'code', title: 'Code' },
  { mark: '__', type: 'underline', title: 'Underline' },
  { mark: '_', type: 'italic', title: 'Italic' },
  { mark: '*', type: 'bold', title: 'Bold' },
  { mark: '~', type: 'strikethrough', title: 'Strikethrough' },
  { mark: '||', type: 'spoiler', title: 'Spoiler' },
  { mark: '![', type: 'object', title: 'CustomEmoji' },
  { mark: '[', type: 'link', title: 'TextUrl' },
] as const;

interface Open {
  readonly type: (typeof MARKS)[number]['type'];
  readonly close: string;
  readonly title: string;
  readonly offset: number;
  readonly begin: number;
  readonly language?: string;
}

/** Reads `parse_mode: MarkdownV2` (Bot API, "MarkdownV2 style"). Throws `MarkupError`. */
export function parseMarkdownV2(source: string): Marked {
  const entities: Entity[] = [];
  const open: Open[] = [];
  let text = '';
  let at = 0;
  let quote: { readonly offset: number; readonly depth: number } | undefined;

  const endQuote = (expandable: boolean): void => {
    const unclosed = open.at(-1);
    if (unclosed && open.length > (quote?.depth ?? 0)) throw noEnd(source, unclosed);
    const length = text.length - (quote?.offset ?? 0);
    const type = expandable ? 'expandable_blockquote' : 'blockquote';
    if (quote && length > 0) entities.push({ type, offset: quote.offset, length });
    quote = undefined;
  };

  while (at < source.length) {
    const char = source[at] ?? '';
    const top = open.at(-1);
    const literal = top?.type === 'code' || top?.type === 'pre';
    if (char === '\\' && /^[\t\n\r -~]/.test(source.slice(at + 1, at + 2))) {
      text += source[at + 1];
      at += 2;
    } else if (literal ? char !== '`' : !RESERVED.includes(char)) {
      text += char;
      at += 1;
    } else if (quote && !top && /^\|\|(\n(?!>)|$)/.test(source.slice(at))) {
      at += 2;
      endQuote(true);
    } else if (top && source.startsWith(top.close, at) && !isLonger(top.close, source, at)) {
      open.pop();
      at = closeEntity(source, at + top.close.length, top, text, entities);
    } else if (char === '\n') {
      const goesOn = source[at + 1] === '>';
      if (quote && !goesOn) {
        text += '\n';
        endQuote(false);
      } else text += '\n';
      at += goesOn ? 2 : 1;
      if (goesOn) quote ??= { offset: text.length, depth: open.length };
    } else if (char === '>' && !quote && (text === '' || text.endsWith('\n'))) {
      quote = { offset: text.length, depth: open.length };
      at += 1;
    } else {
      const entity = openEntity(source, at, text.length);
      open.push(entity.open);
      at = entity.end;
    }
  }
  if (quote) endQuote(false);
  const unclosed = open.at(-1);
  if (unclosed) throw noEnd(source, unclosed);
  return { text, entities };
}

function isLonger(close: string, source: string, at: number): boolean {
  return close === '_' && source[at + 1] === '_';
}

function openEntity(source: string, at: number, offset: number): { open: Open; end: number } {
  const found = MARKS.find(({ mark }) => source.startsWith(mark, at));
  if (!found) {
    throw new MarkupError(
      `Character '${source[at]}' is reserved and must be escaped with the preceding '\\'`,
    );
  }
  const close = found.type === 'link' || found.type === 'object' ? ']' : found.mark;
  const open: Open = { type: found.type, close, title: found.title, offset, begin: at };
  const end = at + found.mark.length;
  if (found.type !== 'pre') return { open, end };
  const head = /^([^\s`]*)(?=\s)/.exec(source.slice(end))?.[1] ?? '';
  const line = /^(\r\n|\n\r|\n|\r)?/.exec(source.slice(end + head.length))?.[0] ?? '';
  return {
    open: head ? { ...open, title: 'PreCode', language: head } : open,
    end: end + head.length + line.length,
  };
}

/** Adds the entity and returns where parsing continues, which is after the address if there is one. */
function closeEntity(source: string, at: number, open: Open, text: string, entities: Entity[]): number {
  const { offset } = open;
  const length = text.length - offset;
  if (open.type !== 'link' && open.type !== 'object') {
    const language = open.language === undefined ? {} : { language: open.language };
    if (length > 0) entities.push({ type: open.type, offset, length, ...language });
    return at;
  }
  if (source[at] !== '(') {
    if (open.type === 'object') throw new MarkupError('Custom emoji entity must contain a tg://emoji URL');
    addLink(entities, text.slice(offset), offset, length);
    return at;
  }
  const match = /^((?:\\[\t\n\r -~]|[^)\\]|\\(?![\t\n\r -~]))*)\)/.exec(source.slice(at + 1));
  if (!match) {
    const what = open.type === 'object' ? 'custom emoji URL' : 'URL';
    throw new MarkupError(`Can't find end of a ${what} at byte offset ${byteOffset(source, at + 1)}`);
  }
  const url = (match[1] ?? '').replace(/\\([\t\n\r -~])/g, '$1');
  if (open.type === 'object') entities.push(objectEntity(url, offset, length));
  else addLink(entities, url, offset, length);
  return at + 1 + match[0].length;
}

function addLink(entities: Entity[], url: string, offset: number, length: number): void {
  const entity = length > 0 ? linkEntity(url, offset, length) : undefined;
  if (entity) entities.push(entity);
}

function objectEntity(url: string, offset: number, length: number): Entity {
  const query = URL.canParse(url) ? new URL(url).searchParams : new URLSearchParams();
  if (/^tg:\/\/time\b/.test(url)) return timeEntity(query.get('unix'), query.get('format'), offset, length);
  if (!/^tg:\/\/emoji\b/.test(url)) {
    throw new MarkupError('Custom emoji URL must have scheme tg://emoji or tg://time');
  }
  return customEmojiEntity(query.get('id'), offset, length);
}

function noEnd(source: string, open: Open): MarkupError {
  return new MarkupError(
    `Can't find end of ${open.title} entity at byte offset ${byteOffset(source, open.begin)}`,
  );
}
