import { hasItalic } from '../../../../i18n/zh/chinese-spacing.ts';
import type { Block, Document } from '../../../../note/document.ts';
import { createNodeCache } from '../../../node-cache.ts';
import { styledInlines, styledLink } from './inlines.ts';
import { joinedWhole } from './joined-runs.ts';
import { insert, join, plain, type StyledText, wrap } from './styled-text.ts';

/** Quotes longer than this, in UTF-16 units, are collapsed. */
const LONG_QUOTE = 300;
const DIVIDER = '———';

const once = createNodeCache<StyledText>({ pieces: true });

const styledBlock = (block: Block): StyledText => once(block, 0, () => styledNew(block));

const styledBlocks: (blocks: Document) => StyledText = joinedWhole(styledBlock, '\n\n');

/** A document as one text, with blank lines between blocks. Media and buttons are left out. */
export function styledDocument(document: Document): StyledText {
  const [first, ...rest] = document;
  const words = first?.type === 'byline' ? styledBlocks(rest) : undefined;
  if (!first || !words || words.text === '') return styledBlocks(document);
  const next = rest.find((block) => styledBlock(block).text !== '');
  // The name is directly above the text, but separated from a title, which is bold as well.
  return join([styledBlock(first), plain(next?.type === 'heading' ? '\n\n' : '\n'), words]);
}

function styledNew(block: Block): StyledText {
  switch (block.type) {
    case 'paragraph':
      return styledInlines(block.children);
    case 'byline':
      return wrap('bold', plain(block.name));
    case 'heading':
      return wrap('bold', styledInlines(block.children));
    case 'small':
      return italicized(styledInlines(block.children));
    case 'list': {
      const bullet = (index: number): string =>
        block.start === undefined ? '• ' : `${block.start + index}. `;
      return join(
        block.items.map((item, index) => listItem(bullet(index), styledInlines(item))),
        '\n',
      );
    }
    case 'quote':
      return styledQuote(styledDocument(block.children));
    case 'quoted-note': {
      const author = styledLink(block.url, wrap('bold', plain(block.author)));
      return styledQuote(join([author, styledDocument(block.children)].filter(hasText), '\n'));
    }
    case 'code-block':
      return wrap('pre', plain(block.text), block.language ? { language: block.language } : {});
    case 'link-card':
      return join(
        [styledLink(block.url, wrap('bold', plain(block.title))), plain(block.site)].filter(hasText),
        '\n',
      );
    case 'hidden': {
      const hidden = wrap('spoiler', styledDocument(block.children));
      return join([wrap('bold', plain(block.reason)), hidden].filter(hasText), '\n\n');
    }
    case 'divider':
      return plain(DIVIDER);
    case 'media':
    case 'portrait':
    case 'buttons':
    case 'select':
      return plain('');
  }
}

/** Indents further lines to the first one. */
function listItem(bullet: string, item: StyledText): StyledText {
  const lines = [...item.text.matchAll(/\n/gu)].map(({ index }) => index + 1);
  return join([plain(bullet), insert(item, lines, ' '.repeat(bullet.length))]);
}

function styledQuote(content: StyledText): StyledText {
  return wrap(content.text.length > LONG_QUOTE ? 'expandable_blockquote' : 'blockquote', content);
}

/** Italic is the closest that Telegram has to small print. */
const italicized = (styled: StyledText): StyledText =>
  hasItalic(styled.text) ? wrap('italic', styled) : styled;

function hasText({ text }: StyledText): boolean {
  return text !== '';
}
