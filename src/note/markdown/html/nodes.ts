import type { Nodes, Paragraph, PhrasingContent } from 'mdast';

/** Inline nodes (phrasing content); all others are blocks. */
const PHRASING: ReadonlySet<Nodes['type']> = new Set<PhrasingContent['type']>([
  'break',
  'delete',
  'emphasis',
  'footnoteReference',
  'html',
  'image',
  'imageReference',
  'inlineCode',
  'link',
  'linkReference',
  'strong',
  'text',
]);

export const isPhrasing = (node: Nodes): node is PhrasingContent => PHRASING.has(node.type);

/** Gathers consecutive inline nodes into paragraphs; blank lines are dropped. */
export function asFlow(nodes: readonly Nodes[]): readonly Nodes[] {
  return stretches(nodes).flatMap((stretch): readonly Nodes[] => {
    if (!Array.isArray(stretch)) return [stretch];
    return isBlank(stretch) ? [] : [{ type: 'paragraph', children: stretch }];
  });
}

/** Applies `make` to each line of text, including those in paragraphs and headings; other blocks stay unchanged. */
export function wrapLines(
  nodes: readonly Nodes[],
  make: (line: PhrasingContent[]) => PhrasingContent,
): readonly Nodes[] {
  return stretches(nodes).flatMap((stretch): readonly Nodes[] => {
    if (Array.isArray(stretch)) return isBlank(stretch) ? stretch : [make(stretch)];
    const node = stretch;
    return node.type === 'paragraph' || node.type === 'heading'
      ? [{ ...node, children: [make(node.children)] }]
      : [node];
  });
}

function stretches(nodes: readonly Nodes[]): readonly (Nodes | PhrasingContent[])[] {
  const found: (Nodes | PhrasingContent[])[] = [];
  for (const node of nodes) {
    const last = found.at(-1);
    if (!isPhrasing(node)) found.push(node);
    else if (Array.isArray(last)) last.push(node);
    else found.push([node]);
  }
  return found;
}

const isBlank = (line: readonly PhrasingContent[]): boolean =>
  line.every((node) => node.type === 'break' || (node.type === 'text' && node.value.trim() === ''));

/** The text of the nodes, with line breaks. */
export function nodeText(nodes: readonly Nodes[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'break') return '\n';
      if ('value' in node) return node.value;
      return 'children' in node ? nodeText(node.children) : 'alt' in node ? (node.alt ?? '') : '';
    })
    .join('');
}

export const textNode = (value: string): PhrasingContent => ({ type: 'text', value });
export const paragraphOf = (...children: PhrasingContent[]): Paragraph => ({ type: 'paragraph', children });
