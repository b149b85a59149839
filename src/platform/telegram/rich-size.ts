import type { InputRichBlock, RichText } from 'grammy/types';

/** What the Bot API's limits for rich messages are about. List items and nested blocks count as blocks. */
export interface RichSize {
  readonly characters: number;
  readonly count: number;
  readonly media: number;
  readonly depth: number;
}

export function sizeOf(blocks: readonly InputRichBlock[]): RichSize {
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
