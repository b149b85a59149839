import { type Block, type BlockType, type Document, type Media, paragraph, text } from '../note/document.ts';

/** The number of a picture that is shown beside the words, from 1; `undefined` for what stands in its place as a link. */
export type NumberOf = (media: Media) => number | undefined;

/** Circled numbers end at 20 in the block that every font has. */
const MOST = 20;

/** A circled number, as it stands in the words and before the name of a picture. */
export const signOf = (number: number): string =>
  number <= MOST ? String.fromCodePoint(0x245f + number) : `(${number})`;

/**
 * For messages that show pictures above or below their words: the document with their numbers where they were put, so
 * that words like "the left door:" still say which. Where pictures stand in one place only, or nothing is said between
 * them, it stays as it is.
 */
export function pointing(document: Document, numberOf: NumberOf): Document {
  const [first, ...others] = placesOf(document, numberOf);
  if (!first || others.length === 0) return document;
  // Who begins with a picture writes below each; who begins with words, above.
  return signed(document, numberOf, first.words === 0 ? 'below' : 'above');
}

interface Place {
  /** How many blocks with words stand before it. */
  readonly words: number;
}

/** Where numbered pictures stand; those with nothing said between them are in one place. */
function placesOf(document: Document, numberOf: NumberOf): readonly Place[] {
  const places: Place[] = [];
  let words = 0;
  const visit = (blocks: Document): void => {
    for (const block of blocks) {
      if (block.type === 'media') {
        if (block.items.some((item) => numberOf(item) !== undefined) && places.at(-1)?.words !== words)
          places.push({ words });
      } else if ('children' in block && isAround(block)) visit(block.children);
      else if (SAYING.has(block.type)) words += 1;
    }
  };
  visit(document);
  return places;
}

/** A heading says what comes, and small print where it comes from: neither is what a picture shows. */
const SAYING: ReadonlySet<BlockType> = new Set(['paragraph', 'list', 'code-block', 'link-card']);

type Around = Extract<Block, { readonly type: 'quote' | 'quoted-note' | 'hidden' }>;

const isAround = (block: Block): block is Around =>
  block.type === 'quote' || block.type === 'quoted-note' || block.type === 'hidden';

function signed(document: Document, numberOf: NumberOf, side: 'above' | 'below'): Document {
  const blocks: Block[] = [];
  let waiting = '';
  const put = (block: Block): void => {
    const sign = waiting;
    waiting = '';
    if (sign === '') blocks.push(block);
    else if (block.type === 'paragraph')
      blocks.push({ ...block, children: [text(`${sign} `), ...block.children] });
    else blocks.push(paragraph(text(sign)), block);
  };
  for (const block of document) {
    if (block.type !== 'media') {
      put(isAround(block) ? { ...block, children: signed(block.children, numberOf, side) } : block);
      continue;
    }
    const sign = block.items
      .flatMap((item) => numberOf(item) ?? [])
      .map(signOf)
      .join('');
    const last = blocks.findLastIndex(({ type }) => type !== 'media');
    if (side === 'below') waiting += sign;
    else if (sign !== '') addTo(blocks, last, sign);
    blocks.push(block);
  }
  if (waiting !== '') blocks.push(paragraph(text(waiting)));
  return blocks;
}

/** Behind the words of a paragraph; other blocks keep to themselves. */
function addTo(blocks: Block[], at: number, sign: string): void {
  const block = blocks[at];
  if (block?.type === 'paragraph') blocks[at] = { ...block, children: [...block.children, text(` ${sign}`)] };
  else blocks.splice(at + 1, 0, paragraph(text(sign)));
}
