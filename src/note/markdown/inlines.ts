import type { FootnoteDefinition, FootnoteReference, ListItem, Nodes, Root } from 'mdast';
import { type Inline, inlineText } from '../document.ts';
import type { ScanContext } from '../parse/inline-scanner.ts';
import { isCodeFor, referenceInline } from '../parse/nostr-references.ts';
import { parseInlines } from '../parse/parse-text.ts';
import { redactSecrets } from '../parse/secrets.ts';
import { parseWebUrl } from '../parse/urls.ts';
import { decodePointer, type Pointer, pointerUrl } from '../pointer.ts';
import { isPhrasing } from './html/nodes.ts';

/** Context that an article's text needs from the rest of the article. */
export interface MarkdownContext extends ScanContext {
  /** URLs by the name that a definition gives them (`[name]: url`), normalised as by mdast. */
  readonly definitions: ReadonlyMap<string, string>;
}

const SCHEME = 'nostr:';
const newline: Inline = { type: 'text', text: '\n' };

/** The definitions of a document; the first of each name counts. */
export function collectDefinitions(root: Root): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const waiting: Nodes[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'definition' && !found.has(node.identifier)) found.set(node.identifier, node.url);
    if ('children' in node) for (const child of node.children.toReversed()) waiting.push(child);
  }
  return found;
}

/** Phrasing nodes as a run of inlines. Nested blocks begin on a new line. */
export function toInlines(children: readonly Nodes[], context: MarkdownContext): readonly Inline[] {
  return children.flatMap((child, index) => {
    const before = children[index - 1];
    if (before?.type === 'break' && child.type === 'text')
      return nodeToInlines({ ...child, value: child.value.trimStart() }, context);
    const isApart = before !== undefined && !(isPhrasing(before) && isPhrasing(child));
    return isApart ? [newline, ...nodeToInlines(child, context)] : nodeToInlines(child, context);
  });
}

/** Any node as a run of inlines: nested blocks lose their frame, but no words. */
export function nodeToInlines(node: Nodes, context: MarkdownContext): readonly Inline[] {
  switch (node.type) {
    case 'text':
      return parseInlines(onOneLine(node.value), context);
    case 'strong':
      return [{ type: 'strong', children: toInlines(node.children, context) }];
    case 'emphasis':
      return [{ type: 'emphasis', children: toInlines(node.children, context) }];
    case 'delete':
      return [{ type: 'strike', children: toInlines(node.children, context) }];
    case 'inlineCode':
      return [{ type: 'code', text: redactSecrets(node.value) }];
    case 'break':
      return [newline];
    case 'link':
      return linkInline(node.url, toInlines(node.children, context));
    case 'linkReference':
      return linkInline(context.definitions.get(node.identifier) ?? '', toInlines(node.children, context));
    case 'footnoteReference':
      return [{ type: 'text', text: footnote(node) }];
    case 'image':
    case 'imageReference':
      return [{ type: 'text', text: redactSecrets(node.alt ?? '') }];
    case 'html':
    case 'code':
      return [{ type: 'text', text: redactSecrets(node.value) }];
    case 'paragraph':
      return toInlines(node.children, context);
    case 'list':
      return lines(
        node.children.map((item, index) => [
          { type: 'text', text: node.ordered ? `${(node.start ?? 1) + index}. ` : '– ' },
          ...nodeToInlines(item, context),
        ]),
      );
    case 'listItem':
      return [...box(node), ...lines(node.children.map((child) => nodeToInlines(child, context)))];
    case 'blockquote':
    case 'table':
      return lines(node.children.map((child) => nodeToInlines(child, context)));
    case 'tableRow':
      return node.children.flatMap((cell, index) => [
        ...(index > 0 ? [{ type: 'text', text: ' | ' } as const] : []),
        ...nodeToInlines(cell, context),
      ]);
    case 'footnoteDefinition':
      return [{ type: 'text', text: `${footnote(node)} ` }, ...toInlines(node.children, context)];
    default:
      return 'children' in node ? toInlines(node.children, context) : [];
  }
}

/** A footnote's number or name, at the reference and at the note. */
export const footnote = ({ identifier, label }: FootnoteReference | FootnoteDefinition): string =>
  redactSecrets(`[${label ?? identifier}]`);

/** A line break inside a paragraph is a space (CommonMark, soft line breaks). */
function onOneLine(words: string): string {
  const lines = words.split('\n');
  const isLast = (index: number): boolean => index === lines.length - 1;
  return lines
    .map((line, index) => (index > 0 ? line.trimStart() : line))
    .map((line, index) => (isLast(index) ? line : line.trimEnd()))
    .join(' ');
}

function linkInline(address: string, label: readonly Inline[]): readonly Inline[] {
  const words = label.map(unlinked);
  const pointer = referenced(address);
  // Some clients write a code twice: `[npub1…](nostr:npub1…)`.
  if (pointer && isCodeFor(inlineText(words), pointer, address.slice(SCHEME.length)))
    return [referenceInline(pointer, address)];
  const url = parseWebUrl(address) ?? (pointer && pointerUrl(pointer));
  return url ? [{ type: 'link', url, written: address, label: words }] : label;
}

/** GitHub's task lists: a ticked or empty box before the task. */
export const box = ({ checked }: ListItem): readonly Inline[] =>
  typeof checked === 'boolean' ? [{ type: 'text', text: checked ? '☑ ' : '☐ ' }] : [];

/** Runs joined by line breaks. */
export const lines = (runs: readonly (readonly Inline[])[]): readonly Inline[] =>
  runs.flatMap((inlines, index) => (index > 0 ? [newline, ...inlines] : inlines));

/** The target of a NIP-21 URI. */
function referenced(address: string): Pointer | undefined {
  return /^nostr:/iu.test(address) ? decodePointer(address.slice(SCHEME.length)) : undefined;
}

/** Links can't be nested. */
function unlinked(inline: Inline): Inline {
  if ('children' in inline) return { ...inline, children: inline.children.map(unlinked) };
  return inline.type === 'link' || inline.type === 'mention'
    ? { type: 'text', text: inline.written }
    : inline;
}
