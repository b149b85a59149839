import type { Nodes, Root } from 'mdast';
import { ELEMENTS, type Element, MUST_BE_CLOSED, VANISHING, VOID } from './elements.ts';
import { decodeEntities, type HtmlToken, tokenizeHtml } from './html-tokens.ts';
import { asFlow, isPhrasing } from './nodes.ts';

/** An element that is still open. */
interface Open extends Omit<Element, 'children'> {
  readonly name: string;
  readonly written: string;
  readonly children: Nodes[];
}

type OpenTag = Extract<HtmlToken, { readonly type: 'open' }>;

/** Deeper elements are ignored, but not their text. */
const MAX_DEPTH = 48;

/** Elements that are closed by the start of another one, up to the nearest of `within`. */
const ENDS: readonly {
  readonly at: ReadonlySet<string>;
  readonly ends: ReadonlySet<string>;
  readonly within: ReadonlySet<string>;
}[] = [
  ends('li', 'li', 'ul ol menu dir'),
  ends('dt dd', 'dt dd', 'dl'),
  ends('td th', 'td th', 'tr table'),
  ends('tr', 'tr', 'table'),
  ends('thead tbody tfoot', 'thead tbody tfoot', 'table'),
  ends('option', 'option', 'select'),
  ends(
    'p div center h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table hr figure details section article header footer main nav aside address form',
    'p',
    'div center li td th dd blockquote figure figcaption details section article header footer main nav aside form table',
  ),
];

function ends(at: string, what: string, within: string) {
  const names = (text: string): ReadonlySet<string> => new Set(text.split(' '));
  return { at: names(at), ends: names(what), within: names(within) };
}

/** Converts the HTML nodes of a Markdown tree. `read` parses text between tags as inline Markdown. */
export function convertHtml(root: Root, read: (text: string) => readonly Nodes[]): Root {
  return convertNode(root, read) as Root;
}

function convertNode(node: Nodes, read: (text: string) => readonly Nodes[]): Nodes {
  if (!('children' in node)) return node;
  const children = node.children.map((child) => convertNode(child, read));
  const hasHtml = children.some(({ type }) => type === 'html');
  const nested = hasHtml ? nest(children, read) : children;
  // A paragraph can't contain blocks.
  const apart = nested.flatMap((child) =>
    child.type === 'paragraph' && child.children.some((one) => !isPhrasing(one))
      ? asFlow(child.children)
      : [child],
  );
  const isLine = isPhrasing(node) || ['paragraph', 'heading', 'tableCell'].includes(node.type);
  return { ...node, children: hasHtml && !isLine ? asFlow(apart) : apart } as Nodes;
}

/** Nests the siblings between a start tag and its end tag in that element. */
function nest(nodes: readonly Nodes[], read: (text: string) => readonly Nodes[]): readonly Nodes[] {
  const whole: Open = { name: '', attributes: new Map(), inside: '', written: '', children: [] };
  const stack: Open[] = [whole];
  const top = (): Open => stack.at(-1) ?? whole;

  function end(isClosed: boolean): void {
    const { children, ...open } = stack.pop() ?? whole;
    add(top().children, ...toMarkdown({ ...open, children }, isClosed));
  }
  function endAll(depth: number): void {
    while (stack.length > depth) end(stack.length === depth + 1);
  }
  function begin(tag: OpenTag): void {
    for (const { at, ends, within } of ENDS) {
      if (!at.has(tag.name)) continue;
      const limit = stack.findLastIndex(({ name }) => within.has(name));
      const depth = stack.findIndex(({ name }, index) => index > limit && ends.has(name));
      if (depth > 0) endAll(depth);
    }
    const open: Open = { ...tag, inside: top().name, children: [] };
    if (VOID.has(tag.name) || tag.isEmpty) add(top().children, ...toMarkdown(open, true));
    else if (stack.length <= MAX_DEPTH) stack.push(open);
  }
  function addText(text: string): void {
    const isAsWritten = stack.some(({ name }) => name === 'pre' || name === 'textarea');
    add(
      top().children,
      ...(isAsWritten ? [{ type: 'text', value: decodeEntities(text) } as const] : read(text)),
    );
  }

  for (const node of nodes) {
    if (node.type !== 'html') {
      add(top().children, node);
      continue;
    }
    for (const token of tokenizeHtml(node.value)) {
      if (token.type === 'text') addText(token.written);
      else if (token.type === 'open') begin(token);
      else if (token.name === 'br') add(top().children, { type: 'break' });
      else {
        const depth = stack.findLastIndex(({ name }) => name === token.name);
        if (depth > 0) endAll(depth);
      }
    }
  }
  while (stack.length > 1) end(false);
  return whole.children;
}

function toMarkdown(open: Open, isClosed: boolean): readonly Nodes[] {
  if (isClosed && VANISHING.has(open.name)) return [];
  if (!isClosed && MUST_BE_CLOSED.has(open.name)) return open.children;
  const make = ELEMENTS.get(open.name);
  if (make) return make(open);
  // An unknown element is text in angle brackets.
  return isClosed ? open.children : [{ type: 'text', value: open.written }, ...open.children];
}

/** Merges the spaces on both sides of a removed tag into one. */
const joined = (one: string, other: string): string =>
  one + (one.endsWith(' ') ? other.replace(/^ /u, '') : other);

/** Merges adjacent texts, so that the links and references in them are parsed as a whole. */
function add(children: Nodes[], ...nodes: readonly Nodes[]): void {
  for (const node of nodes) {
    const last = children.at(-1);
    if (node.type === 'text' && last?.type === 'text')
      children[children.length - 1] = { type: 'text', value: joined(last.value, node.value) };
    else children.push(node);
  }
}
