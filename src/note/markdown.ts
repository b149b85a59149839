import type { Nodes, PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Block, Document, Inline } from './document.ts';
import { kindByEnding } from './media.ts';
import { webUrl } from './parse/address.ts';
import { clean } from './parse/clean.ts';
import { parseInlines } from './parse/parse.ts';
import type { Hints } from './parse/scan.ts';

const MAX_ARTICLE = 200_000;

/** The text of an article (NIP-23: Markdown without HTML) as a document. HTML is shown as it was written. */
export function parseMarkdown(content: string, hints: Hints): Document {
  return fromMarkdown(clean(content.slice(0, MAX_ARTICLE))).children.flatMap((node) => blocks(node, hints));
}

function blocks(node: RootContent, hints: Hints): Block[] {
  switch (node.type) {
    case 'heading':
      return [
        {
          type: 'heading',
          level: node.depth === 1 ? 1 : node.depth === 2 ? 2 : 3,
          children: run(node.children, hints),
        },
      ];
    case 'paragraph':
      return paragraphWithImages(node.children, hints);
    case 'blockquote':
      return [{ type: 'quote', children: node.children.flatMap((child) => blocks(child, hints)) }];
    case 'list': {
      const items = node.children.map((item) =>
        item.children.flatMap((child, index) => [...(index > 0 ? [newline] : []), ...flat(child, hints)]),
      );
      return [{ type: 'list', items, ...(node.ordered ? { start: node.start ?? 1 } : {}) }];
    }
    case 'code':
      return [{ type: 'code-block', text: node.value, ...(node.lang ? { language: node.lang } : {}) }];
    case 'thematicBreak':
      return [{ type: 'divider' }];
    case 'definition':
      return [];
    default:
      return [{ type: 'paragraph', children: flat(node, hints) }];
  }
}

const newline: Inline = { type: 'text', text: '\n' };

/** Pictures in a paragraph become blocks at their place. */
function paragraphWithImages(children: readonly PhrasingContent[], hints: Hints): Block[] {
  const found: Block[] = [];
  let words: PhrasingContent[] = [];
  const flush = () => {
    const rest = run(words, hints);
    if (rest.some((inline) => inline.type !== 'text' || inline.text.trim()))
      found.push({ type: 'paragraph', children: rest });
    words = [];
  };
  for (const child of children) {
    const url = child.type === 'image' ? webUrl(child.url) : undefined;
    if (child.type !== 'image' || !url) {
      words.push(child);
      continue;
    }
    flush();
    const kind = kindByEnding(url) ?? 'image';
    found.push({
      type: 'media',
      items: [{ kind, url, alternatives: [], ...(child.alt ? { alt: child.alt } : {}) }],
    });
  }
  flush();
  return found;
}

function run(children: readonly PhrasingContent[], hints: Hints): readonly Inline[] {
  return children.flatMap((child) => flat(child, hints));
}

/** Any node as a run of inlines: nested blocks lose their frame, not their words. */
function flat(node: Nodes, hints: Hints): readonly Inline[] {
  switch (node.type) {
    case 'text':
      // A line's end inside a paragraph is a blank (CommonMark, soft line breaks).
      return parseInlines(node.value.replace(/[^\S\n]*\n[^\S\n]*/gu, ' '), hints);
    case 'strong':
      return [{ type: 'strong', children: run(node.children, hints) }];
    case 'emphasis':
      return [{ type: 'emphasis', children: run(node.children, hints) }];
    case 'inlineCode':
      return [{ type: 'code', text: node.value }];
    case 'break':
      return [newline];
    case 'link': {
      const url = webUrl(node.url);
      const label = run(node.children, hints);
      if (!url) return label;
      return [{ type: 'link', url, written: node.url, label: label.map(unlinked) }];
    }
    case 'image':
      return [{ type: 'text', text: node.alt ?? '' }];
    case 'html':
    case 'code':
      return [{ type: 'text', text: node.value }];
    default:
      return 'children' in node ? node.children.flatMap((child) => flat(child, hints)) : [];
  }
}

/** A link can't hold a link. */
const unlinked = (inline: Inline): Inline =>
  inline.type === 'link' || inline.type === 'mention' ? { type: 'text', text: inline.written } : inline;
