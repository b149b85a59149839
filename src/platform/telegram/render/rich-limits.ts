import type { InputRichBlock, RichText } from 'grammy/types';

/** Bot API, `InputRichMessage`. Its 32,768 characters are not used up, since it may count them in another way. */
const MAX_CHARACTERS = 32_000;
const MAX_BLOCKS = 500;
const MAX_MEDIA = 50;
const MAX_DEPTH = 16;

/** Whether Telegram accepts the blocks as one rich message. */
export function fitsRichMessage(blocks: readonly InputRichBlock[]): boolean {
  const { characters, count, media, depth } = sizeOf(blocks);
  return characters <= MAX_CHARACTERS && count <= MAX_BLOCKS && media <= MAX_MEDIA && depth <= MAX_DEPTH;
}

/** What the limits apply to. List items and nested blocks count as blocks. */
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
