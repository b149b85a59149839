import type { List, ListItem, Nodes, RootContent } from 'mdast';
import { type Block, type Document, type Inline, small, text } from '../document.ts';
import { MAX_CONTENT } from '../note.ts';
import { createFindBudget, type ScanContext } from '../parse/inline-scanner.ts';
import { normalizeText } from '../parse/normalize.ts';
import { parseInlines, splitParagraphs, trimRun } from '../parse/parse-text.ts';
import { hasSecret, redactSecrets } from '../parse/secrets.ts';
import { isTooComplex } from './complexity-guard.ts';
import {
  box,
  collectDefinitions,
  footnote,
  lines,
  type MarkdownContext,
  nodeToInlines,
  toInlines,
} from './inlines.ts';
import { parseTree } from './markdown-tree.ts';
import { apartFromPictures, collectPictures, hasPicture } from './pictures.ts';
import { tableBlocks } from './table.ts';

/**
 * Converts an article (NIP-23) to a document: GitHub Flavored Markdown, and the HTML that people use in it. Text crafted
 * to keep a parser busy is shown as plain text.
 */
export function parseMarkdown(content: string, hints: ScanContext): Document {
  const words = normalizeText(content.slice(0, MAX_CONTENT));
  if (isTooComplex(words)) return splitParagraphs(parseInlines(words, hints));
  const root = parseTree(words);
  const context = { ...hints, budget: createFindBudget(), definitions: collectDefinitions(root) };
  return root.children.flatMap((node) => blocks(node, context));
}

function blocks(node: RootContent, context: MarkdownContext): readonly Block[] {
  switch (node.type) {
    case 'heading': {
      const level = node.depth === 1 ? 1 : node.depth === 2 ? 2 : 3;
      return [
        ...nonEmpty({ type: 'heading', level, children: trimRun(toInlines(node.children, context)) }),
        ...collectPictures(node.children, context),
      ];
    }
    case 'paragraph':
      return apartFromPictures(node.children, context).flatMap((part) =>
        Array.isArray(part)
          ? nonEmpty({ type: 'paragraph', children: trimRun(toInlines(part, context)) })
          : [part],
      );
    case 'blockquote':
      return [{ type: 'quote', children: node.children.flatMap((child) => blocks(child, context)) }];
    case 'list':
      return listBlocks(node, context);
    case 'table':
      return [...tableBlocks(node, context), ...collectPictures(node.children, context)];
    case 'code':
      return [
        {
          type: 'code-block',
          text: redactSecrets(node.value),
          ...(node.lang && !hasSecret(node.lang) ? { language: node.lang } : {}),
        },
      ];
    case 'thematicBreak':
      return [{ type: 'divider' }];
    case 'footnoteDefinition': {
      const [first, ...rest] = node.children.flatMap((child) => blocks(child, context)).map(quiet);
      const name = text(`${footnote(node)} `);
      return first?.type === 'small'
        ? [small(name, ...first.children), ...rest]
        : [small(name), ...(first ? [first] : []), ...rest];
    }
    case 'definition':
      return [];
    default:
      return nonEmpty({ type: 'paragraph', children: trimRun(nodeToInlines(node, context)) });
  }
}

/** A paragraph, unless it would be empty. */
const nonEmpty = (block: Extract<Block, { children: readonly Inline[] }>): readonly Block[] =>
  block.children.length > 0 ? [block] : [];

const quiet = (block: Block): Block => (block.type === 'paragraph' ? small(...block.children) : block);

/** A list. Blocks inside an item (other than text) come after that item, and the list continues after them. */
function listBlocks(list: List, context: MarkdownContext): readonly Block[] {
  const found: Block[] = [];
  let items: (readonly Inline[])[] = [];
  let from = 0;
  const flush = (next: number): void => {
    const start = list.ordered ? { start: (list.start ?? 1) + from } : {};
    if (items.length > 0) found.push({ type: 'list', items, ...start });
    items = [];
    from = next;
  };
  for (const [index, item] of list.children.entries()) {
    const at = item.children.findIndex((child) => standsAlone(child, context));
    if (at < 0) {
      items.push(trimRun(nodeToInlines(item, context)));
      continue;
    }
    // The line that a picture is part of belongs to the item.
    const isLine = item.children[at]?.type === 'paragraph';
    const around = isLine ? item.children.slice(at, at + 1).flatMap((child) => blocks(child, context)) : [];
    const words = lines([
      ...item.children.slice(0, at).map((child) => nodeToInlines(child, context)),
      ...around.flatMap((block) => (block.type === 'paragraph' ? [block.children] : [])),
    ]);
    if (words.length > 0 || isTask(item)) items.push([...box(item), ...words]);
    flush(index + 1);
    found.push(
      ...around.filter(({ type }) => type !== 'paragraph'),
      ...item.children.slice(isLine ? at + 1 : at).flatMap((child) => blocks(child, context)),
    );
  }
  flush(list.children.length);
  return found;
}

const isTask = ({ checked }: ListItem): boolean => typeof checked === 'boolean';

/** A table, a code block or a picture, even in a nested list. */
function standsAlone(node: Nodes, context: MarkdownContext): boolean {
  if (node.type === 'table' || node.type === 'code') return true;
  if (node.type === 'list' || node.type === 'listItem' || node.type === 'blockquote')
    return (node.children as Nodes[]).some((child) => standsAlone(child, context));
  return node.type === 'paragraph' && hasPicture(node.children, context);
}
