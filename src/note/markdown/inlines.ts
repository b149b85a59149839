import type { FootnoteDefinition, FootnoteReference, ListItem, Nodes, Root } from 'mdast';
import { type Inline, inlineText } from '../document.ts';
import { webUrl } from '../parse/address.ts';
import { parseInlines } from '../parse/parse.ts';
import { isCodeOf, referenceTo } from '../parse/references.ts';
import type { Hints } from '../parse/scan.ts';
import { withoutSecrets } from '../parse/secrets.ts';
import { type Pointer, pointerUrl, readPointer } from '../pointer.ts';
import { isPhrasing } from './html/nodes.ts';

/** What the text of an article needs to know of the rest of it. */
export interface Context extends Hints {
  /** The addresses behind names (`[name]: address`), by the name as mdast folds it. */
  readonly definitions: ReadonlyMap<string, string>;
}

const SCHEME = 'nostr:';
const newline: Inline = { type: 'text', text: '\n' };

/** The addresses that a document gives names to, wherever they stand; the first of each name counts. */
export function definitionsIn(root: Root): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const waiting: Nodes[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'definition' && !found.has(node.identifier)) found.set(node.identifier, node.url);
    if ('children' in node) for (const child of node.children.toReversed()) waiting.push(child);
  }
  return found;
}

/** A run of Markdown as a run of inlines. What stands by itself begins a line. */
export function run(children: readonly Nodes[], context: Context): readonly Inline[] {
  return children.flatMap((child, index) => {
    const before = children[index - 1];
    if (before?.type === 'break' && child.type === 'text')
      return flat({ ...child, value: child.value.trimStart() }, context);
    const isApart = before !== undefined && !(isPhrasing(before) && isPhrasing(child));
    return isApart ? [newline, ...flat(child, context)] : flat(child, context);
  });
}

/** Any node as a run of inlines: nested blocks lose their frame, not their words. */
export function flat(node: Nodes, context: Context): readonly Inline[] {
  switch (node.type) {
    case 'text':
      return parseInlines(onOneLine(node.value), context);
    case 'strong':
      return [{ type: 'strong', children: run(node.children, context) }];
    case 'emphasis':
      return [{ type: 'emphasis', children: run(node.children, context) }];
    case 'delete':
      return [{ type: 'strike', children: run(node.children, context) }];
    case 'inlineCode':
      return [{ type: 'code', text: withoutSecrets(node.value) }];
    case 'break':
      return [newline];
    case 'link':
      return linked(node.url, run(node.children, context));
    case 'linkReference':
      return linked(context.definitions.get(node.identifier) ?? '', run(node.children, context));
    case 'footnoteReference':
      return [{ type: 'text', text: footnote(node) }];
    case 'image':
    case 'imageReference':
      return [{ type: 'text', text: withoutSecrets(node.alt ?? '') }];
    case 'html':
    case 'code':
      return [{ type: 'text', text: withoutSecrets(node.value) }];
    case 'paragraph':
      return run(node.children, context);
    case 'list':
      return lines(
        node.children.map((item, index) => [
          { type: 'text', text: node.ordered ? `${(node.start ?? 1) + index}. ` : '– ' },
          ...flat(item, context),
        ]),
      );
    case 'listItem':
      return [...box(node), ...lines(node.children.map((child) => flat(child, context)))];
    case 'blockquote':
    case 'table':
      return lines(node.children.map((child) => flat(child, context)));
    case 'tableRow':
      return node.children.flatMap((cell, index) => [
        ...(index > 0 ? [{ type: 'text', text: ' | ' } as const] : []),
        ...flat(cell, context),
      ]);
    case 'footnoteDefinition':
      return [{ type: 'text', text: `${footnote(node)} ` }, ...run(node.children, context)];
    default:
      return 'children' in node ? run(node.children, context) : [];
  }
}

/** A footnote's number or name, at both of its places. */
export const footnote = ({ identifier, label }: FootnoteReference | FootnoteDefinition): string =>
  withoutSecrets(`[${label ?? identifier}]`);

/** A line's end inside a paragraph is a blank (CommonMark, soft line breaks). */
function onOneLine(words: string): string {
  const lines = words.split('\n');
  const isLast = (index: number): boolean => index === lines.length - 1;
  return lines
    .map((line, index) => (index > 0 ? line.trimStart() : line))
    .map((line, index) => (isLast(index) ? line : line.trimEnd()))
    .join(' ');
}

function linked(address: string, label: readonly Inline[]): readonly Inline[] {
  const words = label.map(unlinked);
  const pointer = referenced(address);
  // Some programs write a code twice: `[npub1…](nostr:npub1…)`.
  if (pointer && isCodeOf(inlineText(words), pointer, address.slice(SCHEME.length)))
    return [referenceTo(pointer, address)];
  const url = webUrl(address) ?? (pointer && pointerUrl(pointer));
  return url ? [{ type: 'link', url, written: address, label: words }] : label;
}

/** GitHub's task lists: a box, ticked or not, before what is to be done. */
export const box = ({ checked }: ListItem): readonly Inline[] =>
  typeof checked === 'boolean' ? [{ type: 'text', text: checked ? '☑ ' : '☐ ' }] : [];

/** Runs one below the other. */
export const lines = (runs: readonly (readonly Inline[])[]): readonly Inline[] =>
  runs.flatMap((inlines, index) => (index > 0 ? [newline, ...inlines] : inlines));

/** Where a NIP-21 address leads. */
function referenced(address: string): Pointer | undefined {
  return /^nostr:/iu.test(address) ? readPointer(address.slice(SCHEME.length)) : undefined;
}

/** A link can't hold a link. */
function unlinked(inline: Inline): Inline {
  if ('children' in inline) return { ...inline, children: inline.children.map(unlinked) };
  return inline.type === 'link' || inline.type === 'mention'
    ? { type: 'text', text: inline.written }
    : inline;
}
