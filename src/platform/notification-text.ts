import { memoize } from '../lib/memoize.ts';
import { oneLine, truncateLine } from '../lib/truncate-text.ts';
import { type Block, type Document, documentText, type Inline, inlineText, text } from '../note/document.ts';

/** UTF-16 units: about as much of a message as a phone shows in a notification. */
const MAX_LENGTH = 120;
/** Matches a text that is longer than any headline with a part number after it. White space isn't counted. */
const IS_LONGER = new RegExp(`^\\s*(?:\\S\\s*){${2 * MAX_LENGTH}}`, 'u');

/**
 * The beginning of a document on one line: its headline or its first words, cut after a word. Omits hidden text. Links
 * without a label are shown as their site, so that no address is cut. Empty if the document has no text.
 */
export function notificationText(document: Document): string {
  for (const read of [wordsOf, quietWords, altText]) {
    const words = document.map(read).find((found) => found.trim() !== '');
    if (words !== undefined) return truncateLine(words, MAX_LENGTH);
  }
  return '';
}

/**
 * Whether the headline repeats all of a first paragraph, or is taken from a title, which isn't repeated however long it
 * is; false if any of the block is hidden.
 */
export function isWhollyIn(headline: string, block: Block): boolean {
  if (headline === '' || (block.type !== 'paragraph' && block.type !== 'heading')) return false;
  const words = wordsOf(block);
  // A cheap test first: most paragraphs are longer, and this is called for each beginning of one that is tried.
  if (block.type === 'paragraph' && IS_LONGER.test(words)) return false;
  const content = block.type === 'heading' ? notificationText([block]) : oneLine(words);
  return content === headline && !block.children.some(hides);
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
    case 'select':
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

/** Memoized: called for every address at the beginning of a message, and for each end of it that is tried. */
const siteOf = memoize((url: string): string =>
  URL.canParse(url) ? new URL(url).hostname.replace(/^www\./u, '') : '',
);
