import { memoize } from '../lib/memoize.ts';
import { oneLine, truncateLine } from '../lib/truncate-text.ts';
import { type Block, type Document, documentText, type Inline, inlineText, text } from '../note/document.ts';

/** UTF-16 units: about what a phone shows of a message that it announces. */
const MAX_LENGTH = 120;
/** More characters than any headline has, with the number of a part behind it. Blanks are not counted. */
const IS_LONGER = new RegExp(`^\\s*(?:\\S\\s*){${2 * MAX_LENGTH}}`, 'u');

/**
 * What a document says first, on one line: its headline, or the beginning of its words, cut after a word. Nothing that
 * is hidden. Addresses are named by their site, so that none is cut. Empty where the document says nothing.
 */
export function notificationText(document: Document): string {
  for (const read of [wordsOf, quietWords, altText]) {
    const words = document.map(read).find((found) => found.trim() !== '');
    if (words !== undefined) return truncateLine(words, MAX_LENGTH);
  }
  return '';
}

/**
 * Whether the headline is all that a first paragraph says, or stands for a title, which is said once however long it is;
 * and nothing of it is hidden.
 */
export function isWhollyIn(headline: string, block: Block): boolean {
  if (headline === '' || (block.type !== 'paragraph' && block.type !== 'heading')) return false;
  const words = wordsOf(block);
  // Most paragraphs are longer, and this is asked for each beginning of one that is tried.
  if (block.type === 'paragraph' && IS_LONGER.test(words)) return false;
  const said = block.type === 'heading' ? notificationText([block]) : oneLine(words);
  return said === headline && !block.children.some(hides);
}

function wordsOf(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return inlineText(open(block.children));
    case 'list':
      return block.items.map((item) => inlineText(open(item))).join(' ');
    case 'hidden':
      return block.reason;
    case 'quote':
    case 'quoted-note':
      return block.children.map(wordsOf).join(' ');
    case 'code-block':
    case 'link-card':
      return documentText([block]);
    case 'small':
    case 'media':
    case 'byline':
    case 'portrait':
    case 'divider':
    case 'buttons':
    case 'choice':
      return '';
  }
}

const quietWords = (block: Block): string => (block.type === 'small' ? inlineText(open(block.children)) : '');
const altText = (block: Block): string => (block.type === 'media' ? documentText([block]) : '');

function open(children: readonly Inline[]): readonly Inline[] {
  return children.flatMap((inline): readonly Inline[] => {
    if (inline.type === 'spoiler') return [text('…')];
    if (inline.type === 'link' && !inline.label) return [text(siteOf(inline.url))];
    return 'children' in inline ? open(inline.children) : [inline];
  });
}

function hides(inline: Inline): boolean {
  return inline.type === 'spoiler' || ('children' in inline && inline.children.some(hides));
}

/** Of every address at the beginning of a message, and at each place that is tried as its end. */
const siteOf = memoize((url: string): string =>
  URL.canParse(url) ? new URL(url).hostname.replace(/^www\./u, '') : '',
);
