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
import { timeText } from './entities/inlines.ts';
import { plain } from './entities/styled-text.ts';
import { mediaLink, toMediaItem } from './gallery.ts';
import { toInputMedia } from './input-media.ts';
import { fitsRichMessage } from './rich-limits.ts';

/** A document as one rich message, without its buttons; `undefined` if it is too long or complex. */
export function toRichMessage(document: Document, texts: Texts): InputRichMessage | undefined {
  const blocks = richBlocks(document, false, texts);
  // Only what we mark may be clickable, not everything that looks like a mention, command or hashtag.
  return blocks.length > 0 && fitsRichMessage(blocks) ? { blocks, skip_entity_detection: true } : undefined;
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
      // Collapsed until the reader opens it.
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
    case 'select':
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

/** As in a classic message (entities/blocks.ts). */
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

/** A label that looks like another address is followed by the true one. */
function richLink(url: string, label: string): RichText {
  const words = plain(label).text;
  if (isInvisible(words)) return { type: 'url', url, text: url };
  return labelClaim(words, url) === 'another'
    ? [`${words} (`, richLink(url, ''), ')']
    : { type: 'url', url, text: words };
}
