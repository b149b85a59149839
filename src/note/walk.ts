import type { Block, Document, Inline } from './document.ts';

/** Every inline of a document in order, those inside others too. */
export function inlinesOf(document: Document): readonly Inline[] {
  const found: Inline[] = [];
  mapInlines(document, (inline) => {
    found.push(inline);
    return inline;
  });
  return found;
}

/** The document with each inline changed, the inner ones before those around them. */
export function mapInlines(document: Document, change: (inline: Inline) => Inline): Document {
  const deep = (inline: Inline): Inline =>
    change('children' in inline ? { ...inline, children: inline.children.map(deep) } : inline);
  const inBlock = (block: Block): Block => {
    switch (block.type) {
      case 'paragraph':
      case 'heading':
      case 'small':
        return { ...block, children: block.children.map(deep) };
      case 'list':
        return { ...block, items: block.items.map((item) => item.map(deep)) };
      case 'quote':
      case 'hidden':
      case 'quoted-note':
        return { ...block, children: block.children.map(inBlock) };
      case 'code-block':
      case 'media':
      case 'portrait':
      case 'link-card':
      case 'divider':
      case 'buttons':
        return block;
    }
  };
  return document.map(inBlock);
}
