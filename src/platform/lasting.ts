import type { Block, Document, Inline } from '../note/document.ts';

type Node = Block | Inline;

/** Nodes that stay the same objects while a document is cut, unlike the pieces that are tried. */
const lasting = new WeakSet<Node>();

/** The same document: what becomes of its nodes is worth remembering, for each will be asked for many times. */
export function lastingDocument(document: Document): Document {
  document.forEach(markBlock);
  return document;
}

function markBlock(block: Block): void {
  lasting.add(block);
  switch (block.type) {
    case 'paragraph':
    case 'heading':
    case 'small':
      return block.children.forEach(markInline);
    case 'list':
      return block.items.forEach((item) => item.forEach(markInline));
    case 'quote':
    case 'hidden':
    case 'quoted-note':
      return block.children.forEach(markBlock);
    case 'code-block':
    case 'media':
    case 'link-card':
    case 'portrait':
    case 'divider':
    case 'buttons':
    case 'choice':
  }
}

function markInline(inline: Inline): void {
  lasting.add(inline);
  if ('children' in inline) inline.children.forEach(markInline);
}

/**
 * `make`, asked once for each lasting node and each small number, which says all that else decides the answer. Pieces of
 * nodes are made anew: there are many, and none is asked for again.
 */
export function remembered<Made>(): (node: Node, where: number, make: () => Made) => Made {
  const kept = new WeakMap<Node, Made[]>();
  return (node, where, make) => {
    const known = kept.get(node);
    const one = known?.[where];
    if (one !== undefined) return one;
    const made = make();
    if (known) known[where] = made;
    else if (lasting.has(node)) {
      const first: Made[] = [];
      first[where] = made;
      kept.set(node, first);
    }
    return made;
  };
}
