import type { Block, Document, Inline } from '../../../note/document.ts';

const SECONDARY: ReadonlySet<Block['type']> = new Set(['byline', 'small', 'divider']);

/** The link that is the document's only content, apart from secondary blocks: only then is a preview useful. */
export function loneLink(document: Document): string | undefined {
  const [block, ...others] = document.filter(({ type }) => !SECONDARY.has(type));
  return block && others.length === 0 ? linkOf(block) : undefined;
}

function linkOf(block: Block): string | undefined {
  if (block.type === 'link-card') return block.url;
  if (block.type !== 'paragraph') return undefined;
  const [inline, ...others] = block.children.filter((child) => !isBlank(child));
  return inline?.type === 'link' && others.length === 0 ? inline.url : undefined;
}

function isBlank(inline: Inline): boolean {
  return inline.type === 'text' && inline.text.trim() === '';
}
