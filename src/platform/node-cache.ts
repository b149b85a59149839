import type { Block, Document, Inline } from '../note/document.ts';
import { withVisibleTargets } from './link-targets.ts';
import { markRow, type Row } from './stretch.ts';

type Node = Block | Inline;
type Text = Extract<Inline, { readonly type: 'text' }>;
type Run = readonly Inline[];

/** Nodes that stay the same objects while a document is cut, unlike the pieces that are tried. */
const stableNodes = new WeakSet<Node>();

/** The same document: what becomes of its nodes is worth remembering, for each will be asked for many times. */
export function markStable(document: Document): Document {
  markBlocks(document);
  return document;
}

function markBlocks(blocks: Document): void {
  markNodes(blocks);
  blocks.forEach(markBlock);
}

function markBlock(block: Block): void {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
    case 'small':
      return markRun(block.children);
    case 'list':
      return block.items.forEach(markRun);
    case 'quote':
    case 'hidden':
    case 'quoted-note':
      return markBlocks(block.children);
    case 'code-block':
    case 'media':
    case 'link-card':
    case 'byline':
    case 'portrait':
    case 'divider':
    case 'buttons':
    case 'choice':
  }
}

function markRun(run: Run): void {
  markInlines(run);
  // What is shown of a run stays the same, too.
  const shown = withVisibleTargets(run);
  if (shown !== run) markInlines(shown);
}

function markInlines(run: Run): void {
  markNodes(run);
  for (const inline of run) if ('children' in inline) markInlines(inline.children);
}

function markNodes(row: Row<Node>): void {
  markRow(row);
  for (const node of row) stableNodes.add(node);
}

/** The longest text known that has these words in it, and where in it they begin. */
export interface Origin {
  readonly of: Text;
  readonly from: number;
}

const origins = new WeakMap<Inline, Origin>();

/** A piece of a text, which knows where it comes from: what is known of the whole need not be found out again for each piece. */
export function pieceOf(whole: Text, start: number, end?: number): Text {
  const piece = { ...whole, text: whole.text.slice(start, end) };
  origins.set(piece, { of: whole, from: start });
  return piece;
}

/** Says that the words of an inline stand in that text, from there on. */
export function standsIn(inline: Inline, of: Text, from: number): void {
  if (inline !== of) origins.set(inline, { of, from });
}

/** `undefined` of an inline other than a text that was not said to stand in one. */
export function originOf(inline: Inline): Origin | undefined {
  const origin = origins.get(inline);
  if (!origin) return inline.type === 'text' ? { of: inline, from: 0 } : undefined;
  const outer = originOf(origin.of);
  return outer && { of: outer.of, from: outer.from + origin.from };
}

/**
 * `make`, asked once for each lasting node and each small number, which says all that else decides the answer. Pieces of
 * nodes are made anew, unless `pieces`: of inlines there are many, and none is asked for again; a piece of a block is asked
 * for once for each form of a message.
 */
export function createNodeCache<Made>({
  pieces = false,
} = {}): (node: Node, where: number, make: () => Made) => Made {
  const kept = new WeakMap<Node, Made[]>();
  return (node, where, make) => {
    const known = kept.get(node);
    const one = known?.[where];
    if (one !== undefined) return one;
    const made = make();
    if (known) known[where] = made;
    else if (pieces || stableNodes.has(node)) {
      const first: Made[] = [];
      first[where] = made;
      kept.set(node, first);
    }
    return made;
  };
}
