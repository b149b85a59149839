import type { Nodes, Paragraph, PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Block, Document, Inline } from './document.ts';
import { kindByEnding } from './media.ts';
import { webUrl } from './parse/address.ts';
import { clean } from './parse/clean.ts';
import { parseInlines, trimmed } from './parse/parse.ts';
import type { Hints } from './parse/scan.ts';
import { hasSecret, withoutSecrets } from './parse/secrets.ts';
import { pointerUrl, readPointer } from './pointer.ts';

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
      return isTable(node)
        ? [{ type: 'code-block', text: withoutSecrets(wordsOf(node)) }]
        : paragraphWithImages(node.children, hints);
    case 'blockquote':
      return [{ type: 'quote', children: node.children.flatMap((child) => blocks(child, hints)) }];
    case 'list': {
      const items = node.children.map((item) => flat(item, hints));
      return [{ type: 'list', items, ...(node.ordered ? { start: node.start ?? 1 } : {}) }];
    }
    case 'code':
      return [
        {
          type: 'code-block',
          text: withoutSecrets(node.value),
          ...(node.lang && !hasSecret(node.lang) ? { language: node.lang } : {}),
        },
      ];
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
    const rest = trimmed(run(words, hints));
    if (rest.length > 0) found.push({ type: 'paragraph', children: rest });
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
      items: [{ kind, url, alternatives: [], ...(child.alt ? { alt: withoutSecrets(child.alt) } : {}) }],
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
      return [{ type: 'code', text: withoutSecrets(node.value) }];
    case 'break':
      return [newline];
    case 'link': {
      const url = webUrl(node.url) ?? referenced(node.url);
      const label = run(node.children, hints);
      if (!url) return label;
      return [{ type: 'link', url, written: node.url, label: label.map(unlinked) }];
    }
    case 'image':
      return [{ type: 'text', text: withoutSecrets(node.alt ?? '') }];
    case 'html':
    case 'code':
      return [{ type: 'text', text: withoutSecrets(node.value) }];
    case 'list':
      return lines(
        node.children.map((item, index) => [
          { type: 'text', text: node.ordered ? `${(node.start ?? 1) + index}. ` : '– ' },
          ...flat(item, hints),
        ]),
      );
    case 'listItem':
    case 'blockquote':
      return lines(node.children.map((child) => flat(child, hints)));
    default:
      return 'children' in node ? node.children.flatMap((child) => flat(child, hints)) : [];
  }
}

const lines = (runs: readonly (readonly Inline[])[]): readonly Inline[] =>
  runs.flatMap((inlines, index) => (index > 0 ? [newline, ...inlines] : inlines));

/** A table (not of CommonMark, but people write them) keeps its columns where every letter is as wide as another. */
function isTable(paragraph: Paragraph): boolean {
  const plain = paragraph.children.every(({ type }) =>
    ['text', 'inlineCode', 'strong', 'emphasis'].includes(type),
  );
  return plain && /^.*\|.*\n[\s|:-]*-\|?[\s|:-]*(?:\n|$)/u.test(wordsOf(paragraph));
}

function wordsOf(node: Nodes): string {
  if ('children' in node) return node.children.map(wordsOf).join('');
  return 'value' in node ? node.value : '';
}

/** Where a NIP-21 address leads. */
function referenced(address: string): string | undefined {
  const pointer = /^nostr:/iu.test(address) ? readPointer(address.slice('nostr:'.length)) : undefined;
  return pointer && pointerUrl(pointer);
}

/** A link can't hold a link. */
const unlinked = (inline: Inline): Inline =>
  inline.type === 'link' || inline.type === 'mention' ? { type: 'text', text: inline.written } : inline;
