import type { InputRichBlock, InputRichMessage, RichText } from 'grammy/types';
import type { Texts } from '../../../i18n/texts.ts';
import { hasItalic } from '../../../i18n/zh/chinese-spacing.ts';
import {
  type Block,
  type Document,
  type Inline,
  inlineText,
  type Media,
  paragraph,
  strong,
  text,
} from '../../../note/document.ts';
import { labelClaim } from '../../../note/links/label-claims.ts';
import { isInvisible } from '../../../note/links/skeleton.ts';
import { withVisibleTargets } from '../../link-targets.ts';
import { toInputMedia } from '../send/media-sender.ts';
import { timeText } from './entities/inlines.ts';
import { plain } from './entities/styled-text.ts';
import { mediaLink, toMediaItem } from './gallery.ts';

/** What the Bot API's limits for rich messages are about. List items and nested blocks count as blocks. */
interface RichSize {
  readonly characters: number;
  readonly count: number;
  readonly media: number;
  readonly depth: number;
}

function sizeOf(blocks: readonly InputRichBlock[]): RichSize {
  return blocks.map(sizeOfBlock).reduce(added, NONE);
}

const NONE: RichSize = { characters: 0, count: 0, media: 0, depth: 0 };

function added(a: RichSize, b: RichSize): RichSize {
  return {
    characters: a.characters + b.characters,
    count: a.count + b.count,
    media: a.media + b.media,
    depth: Math.max(a.depth, b.depth),
  };
}

function sizeOfBlock(block: InputRichBlock): RichSize {
  const texts = [
    'text' in block ? block.text : '',
    'summary' in block ? block.summary : '',
    'credit' in block ? (block.credit ?? '') : '',
    'caption' in block && typeof block.caption === 'object' && 'text' in block.caption
      ? ((block.caption as { readonly text: RichText }).text ?? '')
      : '',
  ].map(sizeOfText);
  const items = 'items' in block ? block.items : [];
  const nested = 'blocks' in block ? sizeOf(block.blocks) : sizeOf(items.flatMap((item) => item.blocks));
  const inside = [...texts, nested].reduce(added, NONE);
  const isMedia = ['photo', 'video', 'animation', 'audio'].includes(block.type);
  return {
    ...inside,
    count: inside.count + items.length + 1,
    media: inside.media + (isMedia ? 1 : 0),
    depth: inside.depth + 1,
  };
}

function sizeOfText(written: RichText): RichSize {
  if (typeof written === 'string') return { ...NONE, characters: written.length };
  if (Array.isArray(written)) return written.map(sizeOfText).reduce(added, NONE);
  const inside = 'text' in written ? sizeOfText(written.text) : NONE;
  return { ...inside, depth: inside.depth + 1 };
}

/** Limits of the Bot API, `InputRichMessage`. Of its 32,768 characters some are left, for it may count them otherwise. */
const MAX_CHARACTERS = 32_000;
const MAX_BLOCKS = 500;
const MAX_MEDIA = 50;
const MAX_DEPTH = 16;

/** A document as one rich message, without its buttons; `undefined` where it is too much for one. */
export function toRichMessage(document: Document, texts: Texts): InputRichMessage | undefined {
  const blocks = richBlocks(document, false, texts);
  const { characters, count, media, depth } = sizeOf(blocks);
  const fits =
    characters <= MAX_CHARACTERS && count <= MAX_BLOCKS && media <= MAX_MEDIA && depth <= MAX_DEPTH;
  // What looks like a name, a command or a tag on Telegram is none: only what we mark is live.
  return fits && count > 0 ? { blocks, skip_entity_detection: true } : undefined;
}

function richBlocks(document: Document, hidden: boolean, texts: Texts): InputRichBlock[] {
  return document.flatMap((block) => richBlock(block, hidden, texts));
}

function richBlock(block: Block, hidden: boolean, texts: Texts): InputRichBlock[] {
  switch (block.type) {
    case 'paragraph':
      return [{ type: 'paragraph', text: richText(block.children) }];
    case 'small':
      return [{ type: 'paragraph', text: italicText(block.children) }];
    case 'byline':
      return [{ type: 'paragraph', text: { type: 'bold', text: plain(block.name).text } }];
    case 'heading':
      return [{ type: 'heading', size: block.level, text: richText(block.children) }];
    case 'list': {
      const { start } = block;
      const items = block.items.map((item, index) => ({
        blocks: [{ type: 'paragraph', text: richText(item) } as const],
        ...(start === undefined ? {} : { type: '1' as const, value: start + index }),
      }));
      return [{ type: 'list', items }];
    }
    case 'quote':
      return quoted(richBlocks(block.children, hidden, texts));
    case 'quoted-note':
      return quoted(richBlocks(block.children, hidden, texts), richLink(block.url, block.author));
    case 'code-block':
      return [
        { type: 'pre', text: plain(block.text).text, ...(block.language && { language: block.language }) },
      ];
    case 'media':
      return block.items.flatMap((item) => richMedia(item, hidden, texts));
    case 'link-card':
      return richBlocks(
        [
          paragraph(
            strong({ type: 'link', url: block.url, written: block.url, label: [text(block.title)] }),
            text(`\n${block.site}`),
          ),
        ],
        hidden,
        texts,
      );
    case 'hidden':
      // Closed until the reader opens it.
      return [
        {
          type: 'details',
          summary: plain(block.reason).text,
          blocks: richBlocks(block.children, true, texts),
        },
      ];
    case 'divider':
      return [{ type: 'divider' }];
    case 'portrait':
    case 'buttons':
    case 'choice':
      return [];
  }
}

function quoted(blocks: InputRichBlock[], credit?: RichText): InputRichBlock[] {
  return blocks.length > 0 || credit !== undefined
    ? [{ type: 'blockquote', blocks, ...(credit !== undefined && { credit }) }]
    : [];
}

function richMedia(media: Media, hidden: boolean, texts: Texts): InputRichBlock[] {
  const item = toMediaItem(media, hidden, texts);
  if (!item) return richBlocks([paragraph(mediaLink(media, hidden, texts))], hidden, texts);
  const caption = !hidden && media.alt?.trim() ? { caption: { text: plain(media.alt.trim()).text } } : {};
  const input = toInputMedia(item, { file: media.url });
  switch (input.type) {
    case 'photo':
      return [{ type: 'photo', photo: input, ...caption }];
    case 'video':
      return [{ type: 'video', video: input, ...caption }];
    case 'animation':
      return [{ type: 'animation', animation: input, ...caption }];
    case 'audio':
      return [{ type: 'audio', audio: input, ...caption }];
    default:
      return richBlocks([paragraph(mediaLink(media, hidden, texts))], hidden, texts);
  }
}

const STYLES = {
  strong: 'bold',
  emphasis: 'italic',
  strike: 'strikethrough',
  spoiler: 'spoiler',
} as const;

/** As in a classic message (`telegram/blocks`). */
const italicText = (children: readonly Inline[]): RichText =>
  hasItalic(inlineText(children)) ? { type: 'italic', text: richText(children) } : richText(children);

function richText(children: readonly Inline[]): RichText {
  return richRun(withVisibleTargets(children));
}

function richRun(children: readonly Inline[]): RichText {
  return children.map((inline): RichText => {
    switch (inline.type) {
      case 'text':
        return plain(inline.text).text;
      case 'strong':
      case 'emphasis':
      case 'strike':
      case 'spoiler':
        return { type: STYLES[inline.type], text: richRun(inline.children) };
      case 'code':
        return { type: 'code', text: plain(inline.text).text };
      case 'link':
        return richLink(inline.url, inlineText([inline]));
      case 'mention':
        return richLink(inline.url, `@${inline.name}`);
      case 'hashtag':
        return plain(inline.written.replaceAll('-', '_')).text;
      case 'command': {
        const line = plain(inlineText([inline])).text;
        return inline.words === undefined ? line : { type: 'code', text: line };
      }
      case 'emoji':
        return plain(inlineText([inline])).text;
      case 'time':
        return timeText(inline);
    }
  });
}

/** Beside a label that looks like another address stands the true one. */
function richLink(url: string, label: string): RichText {
  const words = plain(label).text;
  if (isInvisible(words)) return { type: 'url', url, text: url };
  return labelClaim(words, url) === 'another'
    ? [`${words} (`, richLink(url, ''), ')']
    : { type: 'url', url, text: words };
}
