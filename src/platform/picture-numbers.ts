import { type Block, type BlockType, type Document, type Media, paragraph, text } from '../note/document.ts';

/** The number of a picture that is shown apart from the text, from 1; `undefined` for media that is shown as a link. */
export type PictureNumber = (media: Media) => number | undefined;

/** Circled numbers end at 20 in the block that every font has. */
const MAX_CIRCLED = 20;

/** A circled number, as it appears in the text and before the name of a picture. */
export const circled = (number: number): string =>
  number <= MAX_CIRCLED ? String.fromCodePoint(0x245f + number) : `(${number})`;

/**
 * For messages that show pictures above or below their text: the document with picture numbers at the original places,
 * so that text like "the left door:" still refers to the right one. Unchanged if all pictures are in one place, or have
 * no text between them.
 */
export function withPictureNumbers(document: Document, numberOf: PictureNumber): Document {
  const [first, ...others] = mediaPositions(document, numberOf);
  if (!first || others.length === 0) return document;
  // An author who begins with a picture puts text below each picture; one who begins with text puts it above.
  return numberBlocks(document, numberOf, first.words === 0 ? 'below' : 'above');
}

interface MediaPosition {
  /** How many blocks with text come before it. */
  readonly words: number;
}

/** The places of numbered pictures; pictures with no text between them are in one place. */
function mediaPositions(document: Document, numberOf: PictureNumber): readonly MediaPosition[] {
  const places: MediaPosition[] = [];
  let words = 0;
  const visit = (blocks: Document): void => {
    for (const block of blocks) {
      if (block.type === 'media') {
        if (block.items.some((item) => numberOf(item) !== undefined) && places.at(-1)?.words !== words)
          places.push({ words });
      } else if ('children' in block && isWrapper(block)) visit(block.children);
      else if (TEXT_BLOCKS.has(block.type)) words += 1;
    }
  };
  visit(document);
  return places;
}

/** Neither a heading (it announces what follows) nor small print (it names the source) describes a picture. */
const TEXT_BLOCKS: ReadonlySet<BlockType> = new Set(['paragraph', 'list', 'code-block', 'link-card']);

type Wrapper = Extract<Block, { readonly type: 'quote' | 'quoted-note' | 'hidden' }>;

const isWrapper = (block: Block): block is Wrapper =>
  block.type === 'quote' || block.type === 'quoted-note' || block.type === 'hidden';

function numberBlocks(document: Document, numberOf: PictureNumber, side: 'above' | 'below'): Document {
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
      put(isWrapper(block) ? { ...block, children: numberBlocks(block.children, numberOf, side) } : block);
      continue;
    }
    const sign = block.items
      .flatMap((item) => numberOf(item) ?? [])
      .map(circled)
      .join('');
    const last = blocks.findLastIndex(({ type }) => type !== 'media');
    if (side === 'below') waiting += sign;
    else if (sign !== '') appendNumber(blocks, last, sign);
    blocks.push(block);
  }
  if (waiting !== '') blocks.push(paragraph(text(waiting)));
  return blocks;
}

/** Appends to a paragraph; after any other block, adds a paragraph. */
function appendNumber(blocks: Block[], at: number, sign: string): void {
  const block = blocks[at];
  if (block?.type === 'paragraph') blocks[at] = { ...block, children: [...block.children, text(` ${sign}`)] };
  else blocks.splice(at + 1, 0, paragraph(text(sign)));
}
