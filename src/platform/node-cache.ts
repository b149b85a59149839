import type { Block, Document, Inline } from '../note/document.ts';
import { withVisibleTargets } from './link-targets.ts';
import { indexRow, type Row } from './row-slices.ts';

type Node = Block | Inline;
type Text = Extract<Inline, { readonly type: 'text' }>;
type Run = readonly Inline[];

/** Nodes that remain the same objects while a document is cut, unlike the pieces that are tried. */
const stableNodes = new WeakSet<Node>();

/** Marks all nodes of a document, which it returns, as worth caching: each will be looked up many times. */
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
    case 'select':
  }
}

function markRun(run: Run): void {
  markInlines(run);
  // The form in which a run is shown is stable, too.
  const shown = withVisibleTargets(run);
  if (shown !== run) markInlines(shown);
}

function markInlines(run: Run): void {
  markNodes(run);
  for (const inline of run) if ('children' in inline) markInlines(inline.children);
}

function markNodes(row: Row<Node>): void {
  indexRow(row);
  for (const node of row) stableNodes.add(node);
}

/** The longest known text that contains this one, and the offset at which it begins there. */
export interface Origin {
  readonly whole: Text;
  readonly offset: number;
}

const origins = new WeakMap<Inline, Origin>();

/** A piece of a text that remembers its origin, so results for the whole needn't be computed again for each piece. */
export function sliceText(whole: Text, start: number, end?: number): Text {
  const piece = { ...whole, text: whole.text.slice(start, end) };
  origins.set(piece, { whole: whole, offset: start });
  return piece;
}

/** Records that the text of an inline occurs in another text at this offset. */
export function setOrigin(inline: Inline, of: Text, offset: number): void {
  if (inline !== of) origins.set(inline, { whole: of, offset });
}

/** `undefined` for an inline that isn't a text and has no recorded origin. */
export function originOf(inline: Inline): Origin | undefined {
  const origin = origins.get(inline);
  if (!origin) return inline.type === 'text' ? { whole: inline, offset: 0 } : undefined;
  const outer = originOf(origin.whole);
  return outer && { whole: outer.whole, offset: outer.offset + origin.offset };
}

/**
 * Caches the result of `make` for each stable node and each `where`, a small number that encodes everything else the
 * result depends on. Results for pieces of nodes aren't cached unless `pieces`: there are many pieces of inlines, and
 * none is looked up again, while a piece of a block is looked up once for each message form.
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
