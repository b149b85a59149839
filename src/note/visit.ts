import type { Block, Document, Inline } from './document.ts';

/** Every inline of a document, nested ones included, in order. */
export function allInlines(document: Document): readonly Inline[] {
  const found: Inline[] = [];
  mapInlines(document, (inline) => {
    found.push(inline);
    return inline;
  });
  return found;
}

/** Replaces each inline, children before their parents. */
export function mapInlines(document: Document, change: (inline: Inline) => Inline): Document {
  const deep = (inline: Inline): Inline =>
    change('children' in inline ? { ...inline, children: inline.children.map(deep) } : inline);
  return mapRuns(document, (run) => run.map(deep));
}

/** Replaces each run of inlines: of a paragraph, or of one list item. */
export function mapRuns(document: Document, change: (run: readonly Inline[]) => readonly Inline[]): Document {
  return document.map((block): Block => {
    switch (block.type) {
      case 'paragraph':
      case 'heading':
      case 'small':
        return { ...block, children: change(block.children) };
      case 'list':
        return { ...block, items: block.items.map(change) };
      case 'quote':
      case 'hidden':
      case 'quoted-note':
        return { ...block, children: mapRuns(block.children, change) };
      case 'code-block':
      case 'media':
      case 'byline':
      case 'portrait':
      case 'link-card':
      case 'divider':
      case 'buttons':
      case 'select':
        return block;
    }
  });
}

/** One line of a run, without empty texts. */
export type Line = readonly Inline[];

export function splitLines(run: readonly Inline[]): readonly Line[] {
  const lines: Inline[][] = [[]];
  for (const inline of run) {
    if (inline.type !== 'text') {
      lines.at(-1)?.push(inline);
      continue;
    }
    for (const [index, piece] of inline.text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (piece) lines.at(-1)?.push({ ...inline, text: piece });
    }
  }
  return lines;
}

export const joinLines = (lines: readonly Line[]): readonly Inline[] =>
  lines.flatMap((line, index) => (index > 0 ? [{ type: 'text', text: '\n' } as const, ...line] : line));
