import type { Texts } from '../../../i18n/texts.ts';
import {
  type Block,
  type Document,
  type Inline,
  type Media,
  paragraph,
  small,
  strong,
  text,
} from '../../../note/document.ts';

/** Whether or not they were links: filters read the text. */
const ADDRESS = /\b[a-z][a-z0-9+.-]*:\/\/\S+/giu;

/**
 * The document without its addresses, for channels where a filter blocks them. Keeps all text and adds a line that says what is
 * missing. Returns the same document if it has no address.
 */
export function withoutLinks(document: Document, texts: Texts): Document {
  const { link, note } = texts.discord.filtered;
  const bare = blocksWithoutLinks(document, link);
  return JSON.stringify(bare) === JSON.stringify(document) ? document : [...bare, small(text(note))];
}

function blocksWithoutLinks(document: Document, link: string): Document {
  return document.flatMap((block) => blockWithoutLinks(block, link));
}

function blockWithoutLinks(block: Block, link: string): readonly Block[] {
  const run = (children: readonly Inline[]) => children.map((child) => inlineWithoutLinks(child, link));
  switch (block.type) {
    case 'paragraph':
    case 'heading':
    case 'small':
      return [{ ...block, children: run(block.children) }];
    case 'list':
      return [{ ...block, items: block.items.map(run) }];
    case 'quote':
      return [{ ...block, children: blocksWithoutLinks(block.children, link) }];
    case 'hidden':
      return [
        {
          ...block,
          reason: maskAddresses(block.reason, link),
          children: blocksWithoutLinks(block.children, link),
        },
      ];
    case 'quoted-note':
      return [
        {
          type: 'quote',
          children: [paragraph(strong(text(block.author))), ...blocksWithoutLinks(block.children, link)],
        },
      ];
    case 'code-block':
      return [{ ...block, text: maskAddresses(block.text, link) }];
    case 'link-card':
      return [paragraph(text(maskAddresses(block.title, link)))];
    case 'media':
      return block.items.map((item) => paragraph(text(maskAddresses(nameOf(item), link) || link)));
    case 'byline':
      return [{ type: 'byline', name: maskAddresses(block.name, link), url: '' }];
    case 'portrait':
      return [];
    case 'buttons': {
      const rows = block.rows.map((row) => row.filter((button) => !('url' in button)));
      return rows.some((row) => row.length > 0) ? [{ ...block, rows }] : [];
    }
    case 'select':
    case 'divider':
      return [block];
  }
}

function inlineWithoutLinks(inline: Inline, link: string): Inline {
  switch (inline.type) {
    case 'text':
    case 'code':
      return { ...inline, text: maskAddresses(inline.text, link) };
    case 'strong':
    case 'emphasis':
    case 'strike':
    case 'spoiler':
      return { ...inline, children: inline.children.map((child) => inlineWithoutLinks(child, link)) };
    case 'link':
      return strong(...(inline.label?.map((child) => inlineWithoutLinks(child, link)) ?? [text(link)]));
    case 'mention':
      return strong(text(maskAddresses(`@${inline.name}`, link)));
    case 'hashtag':
    case 'emoji':
    case 'command':
    case 'time':
      return inline;
  }
}

const maskAddresses = (words: string, link: string): string => words.replace(ADDRESS, link);

const nameOf = ({ alt = '' }: Media): string => alt.trim();
