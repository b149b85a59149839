import type { Nodes, Paragraph, PhrasingContent } from 'mdast';

/** What stands in a line of text; everything else stands by itself. */
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

/** The nodes with whatever stands in a line gathered into paragraphs; blank lines are none. */
export function asFlow(nodes: readonly Nodes[]): readonly Nodes[] {
  return stretches(nodes).flatMap((stretch): readonly Nodes[] => {
    if (!Array.isArray(stretch)) return [stretch];
    return isBlank(stretch) ? [] : [{ type: 'paragraph', children: stretch }];
  });
}

/** What is made of each line of text, also inside paragraphs and headings; the rest stays as it is. */
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

/** The words in nodes, with their line breaks. */
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
