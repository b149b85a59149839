import type { Block, Document } from '../../../note/document.ts';
import { findRowSlice } from '../../row-slices.ts';
import { joinTexts, type Piece } from './pieces.ts';

type Text = Extract<Piece, { readonly type: 'text' }>;

/** Rendered blocks, joined, and where each starts and ends. */
interface Whole {
  /** `undefined` for blocks that are not text. */
  readonly words: readonly (readonly Text[] | undefined)[];
  readonly text: string;
  readonly begins: readonly number[];
  readonly ends: readonly number[];
}

type Render = (block: Block) => readonly Piece[];

/**
 * Renders blocks as pieces. Adjacent text blocks of a marked document become one piece, cut from a text that is joined once:
 * splitting a document tries hundreds of beginnings with hundreds of blocks each. `where` identifies everything that the rendering
 * of a text block depends on (`node-cache.ts`).
 */
export function createBlockRenderer(isWords: (block: Block) => boolean) {
  const kept = new WeakMap<Document, Whole[]>();
  return (document: Document, where: number, render: Render): readonly Piece[] => {
    const slice = findRowSlice(document);
    if (!slice) return document.flatMap(render);
    const { row, start, end, from } = slice;
    const known = kept.get(row) ?? [];
    kept.set(row, known);
    const whole = (known[where] ??= wholeOf(row, isWords, render));
    return [
      ...document.slice(0, start).flatMap(render),
      ...piecesOf(whole, row.slice(0, from + end - start), from, render),
      ...document.slice(end).flatMap(render),
    ];
  };
}

function wholeOf(row: Document, isWords: (block: Block) => boolean, render: Render): Whole {
  const words = row.map((block) =>
    isWords(block) ? joinTexts(render(block)).filter((piece) => piece.type === 'text') : undefined,
  );
  const [begins, ends]: [number[], number[]] = [[], []];
  let text = '';
  let between = '';
  for (const [piece] of words.map((pieces) => pieces ?? [])) {
    if (piece) text += between;
    begins.push(text.length);
    if (piece) {
      text += piece.text;
      between = piece.tight ? '\n' : '\n\n';
    }
    ends.push(text.length);
  }
  return { words, text, begins, ends };
}

/** The pieces of the blocks from `from` on. */
function piecesOf({ words, text, begins, ends }: Whole, blocks: Document, from: number, render: Render) {
  const pieces: Piece[] = [];
  for (let index = from; index < blocks.length; ) {
    let end = index;
    let [first, last]: (number | undefined)[] = [];
    for (; end < blocks.length && words[end]; end += 1) {
      if (words[end]?.length === 0) continue;
      first ??= end;
      last = end;
    }
    const ending = last === undefined ? undefined : words[last]?.[0];
    if (first !== undefined && last !== undefined && ending)
      pieces.push({ ...ending, text: text.slice(begins[first], ends[last]) });
    const other = blocks[end];
    if (other) pieces.push(...render(other));
    index = end + 1;
  }
  return pieces;
}
