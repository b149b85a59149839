import type { Image, ListItem, Nodes, PhrasingContent, TableCell, TableCellData, TableRow } from 'mdast';
import { mediaKindByExtension } from '../../media/extract-media.ts';
import { parseWebUrl } from '../../parse/urls.ts';
import { asFlow, isPhrasing, nodeText, paragraphOf, textNode, wrapLines } from './nodes.ts';

/** An HTML element whose children are Markdown nodes already. */
export interface Element {
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Nodes[];
  /** Name of the parent element; empty inside Markdown. */
  readonly inside: string;
}

/** Converts an element to Markdown nodes. */
type Make = (element: Element) => readonly Nodes[];

/** Elements without an end tag. */
export const VOID: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);
/** Elements that are dropped with their contents, if they are closed. */
export const VANISHING: ReadonlySet<string> = new Set('head script style svg template title'.split(' '));

/** Elements that are ignored if unclosed: otherwise a forgotten end tag would turn the rest of the text into one link. */
export const MUST_BE_CLOSED: ReadonlySet<string> = new Set(
  'a b strong mark i em cite dfn var u ins s del strike code kbd samp tt sup sub q rt h1 h2 h3 h4 h5 h6 summary figcaption caption blockquote pre'.split(
    ' ',
  ),
);

const transparent: Make = ({ children }) => children;
const apart: Make = ({ children }) => asFlow(children);
const nothing: Make = () => [];
const heading =
  (depth: 1 | 2 | 3 | 4 | 5 | 6): Make =>
  ({ children }) =>
    asFlow(children).map((node) =>
      node.type === 'paragraph' ? { type: 'heading', depth, children: node.children } : node,
    );
const line =
  (make: (children: PhrasingContent[]) => PhrasingContent): Make =>
  ({ children }) =>
    wrapLines(children, make);
/** A block, with its paragraphs converted to another type. */
const apartAs =
  (make: (children: PhrasingContent[]) => PhrasingContent): Make =>
  ({ children }) =>
    wrapLines(asFlow(children), make);

const strong = line((children) => ({ type: 'strong', children }));
const emphasis = line((children) => ({ type: 'emphasis', children }));
const strikethrough = line((children) => ({ type: 'delete', children }));
const code: Make = ({ attributes, children, inside }) => {
  const value = nodeText(children);
  const [, lang] = /(?:^|\s)lang(?:uage)?-(\S+)/u.exec(attributes.get('class') ?? '') ?? [];
  if (inside === 'pre') return [{ type: 'code', value, ...(lang && { lang }) }];
  return value.trim() ? [{ type: 'inlineCode', value }] : children;
};

const link: Make = ({ attributes, children }) => {
  const url = attributes.get('href')?.trim();
  return url
    ? wrapLines(children, (label) => ({ type: 'link', url: absolute(url), children: label }))
    : children;
};

const image: Make = ({ attributes }) => {
  const url = absolute(attributes.get('src')?.trim() ?? '');
  const alt = attributes.get('alt')?.trim() || (attributes.get('title')?.trim() ?? '');
  // Tracking pixels have this size.
  const isDot = ['width', 'height'].some((side) => /^[01](?:px)?$/u.test(attributes.get(side) ?? ''));
  return isDot ? [] : [{ type: 'image', url, alt }];
};

/** A page or file that HTML embeds: a picture is shown, anything else is linked. */
const embedded =
  (attribute: string): Make =>
  ({ attributes, children }) => {
    const own = attributes.get(attribute)?.trim();
    const source =
      own || children.find((node): node is Image => node.type === 'image' && node.title === SOURCE)?.url;
    const url = source === undefined ? undefined : parseWebUrl(absolute(source));
    if (url === undefined) return children.filter((node) => node.type !== 'image' || node.title !== SOURCE);
    if (mediaKindByExtension(url)) return [{ type: 'image', url, alt: attributes.get('title') ?? '' }];
    return [paragraphOf({ type: 'link', url, children: [textNode(url)] })];
  };
/** Marks a node that only the parent element can use. */
const SOURCE = 'source';
const source: Make = ({ attributes, inside }) => {
  const url = attributes.get('src')?.trim();
  return url && /^(?:video|audio)$/u.test(inside) ? [{ type: 'image', url, title: SOURCE }] : [];
};

/** A URL without a scheme gets https. */
const absolute = (url: string): string => (url.startsWith('//') ? `https:${url}` : url);

const SUPERSCRIPT: Readonly<Record<string, string>> = letters('0123456789+-−=()ni', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ');
const SUBSCRIPT: Readonly<Record<string, string>> = letters('0123456789+-−=()', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎');

function letters(written: string, drawn: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from(written, (letter, index) => [letter, Array.from(drawn)[index] ?? letter]),
  );
}

/** Raised and lowered digits must not merge with their neighbours: 10² is not 102. */
const drawn =
  (as: Readonly<Record<string, string>>): Make =>
  ({ children }) => {
    const words = nodeText(children).trim();
    const isKnown = words !== '' && Array.from(words).every((letter) => Object.hasOwn(as, letter));
    return isKnown ? [textNode(Array.from(words, (letter) => as[letter]).join(''))] : children;
  };

const list =
  (ordered: boolean): Make =>
  ({ attributes, children }) => {
    const items: ListItem[] = [];
    for (const node of asFlow(children)) {
      const last = items.at(-1);
      if (node.type === 'listItem') items.push(node);
      else if (last) last.children = [...last.children, node] as ListItem['children'];
      else items.push(itemOf([node]));
    }
    const start = Number.parseInt(attributes.get('start') ?? '1', 10);
    const from = ordered ? { start: Number.isSafeInteger(start) && start >= 0 ? start : 1 } : {};
    return items.length > 0 ? [{ type: 'list', ordered, ...from, children: items }] : [];
  };
const itemOf = (nodes: readonly Nodes[]): ListItem => ({
  type: 'listItem',
  children: [...nodes] as ListItem['children'],
});
const item: Make = ({ children, inside }) => {
  const nodes = asFlow(children);
  return /^(?:ul|ol|menu|dir)$/u.test(inside) ? [itemOf(nodes)] : nodes;
};

const quote: Make = ({ children }) => {
  const nodes = asFlow(children);
  return nodes.length > 0 ? [{ type: 'blockquote', children: [...nodes] as [] }] : [];
};

const preformatted: Make = ({ children }) => {
  const value = nodeText(children).replace(/^\n/u, '').trimEnd();
  const lang = children.find((node) => node.type === 'code')?.lang;
  return value ? [{ type: 'code', value, ...(lang && { lang }) }] : [];
};

/** Header cells. */
const HEAD: TableCellData = {};
const cell =
  (data?: TableCellData): Make =>
  ({ children }) => [
    { type: 'tableCell', children: [...children] as PhrasingContent[], ...(data && { data }) },
  ];

const row: Make = ({ children }) => {
  const cells = children.filter((node): node is TableCell => node.type === 'tableCell');
  const others = asFlow(children.filter((node) => node.type !== 'tableCell'));
  return [...others, ...(cells.length > 0 ? [{ type: 'tableRow', children: cells } as const] : [])];
};

/** A table without headers that has more than text in it, or a single column, is for layout. */
const table: Make = ({ children }) => {
  const rows = children.filter((node): node is TableRow => node.type === 'tableRow');
  const before = asFlow(children.filter((node) => node.type !== 'tableRow'));
  const cells = rows.flatMap((one) => one.children);
  const hasHead = rows[0]?.children.every((one) => one.data === HEAD) === true;
  const isLayout =
    rows.every((one) => one.children.length < 2) ||
    (!hasHead &&
      cells.some((one) => one.children.some((node) => !isPhrasing(node) || node.type === 'image')));
  if (isLayout) return [...before, ...cells.flatMap((one) => asFlow(one.children))];
  const head: readonly TableRow[] = hasHead ? [] : [{ type: 'tableRow', children: [] }];
  return [...before, { type: 'table', children: [...head, ...rows] }];
};

/** All elements with a meaning beyond their text, and some non-standard ones that people write. */
export const ELEMENTS: ReadonlyMap<string, Make> = new Map<string, Make>([
  ...of('h1', heading(1)),
  ...of('h2', heading(2)),
  ...of('h3', heading(3)),
  ...of('h4', heading(4)),
  ...of('h5', heading(5)),
  ...of('h6', heading(6)),
  ...of('b strong mark', strong),
  ...of('i em cite dfn var u ins', emphasis),
  ...of('s del strike', strikethrough),
  ...of('code kbd samp tt', code),
  ...of('a', link),
  ...of('br', () => [{ type: 'break' }]),
  ...of('hr', () => [{ type: 'thematicBreak' }]),
  ...of('img', image),
  ...of('iframe embed video audio', embedded('src')),
  ...of('object', embedded('data')),
  ...of('source', source),
  ...of('sup', drawn(SUPERSCRIPT)),
  ...of('sub', drawn(SUBSCRIPT)),
  ...of('q', ({ children }) => [textNode('“'), ...children, textNode('”')]),
  ...of('rt', ({ children }) => [textNode('('), ...children, textNode(')')]),
  ...of('rp area base col input link meta param track wbr', nothing),
  ...of('ul menu dir', list(false)),
  ...of('ol', list(true)),
  ...of('li', item),
  ...of(
    'dt summary',
    apartAs((children) => ({ type: 'strong', children })),
  ),
  ...of(
    'figcaption caption',
    apartAs((children) => ({ type: 'emphasis', children })),
  ),
  ...of('blockquote', quote),
  ...of('pre listing xmp', preformatted),
  ...of('table', table),
  ...of('tr', row),
  ...of('td', cell()),
  ...of('th', cell(HEAD)),
  ...of(
    'p div center details section article header footer main nav aside address figure dl dd form fieldset legend html body hgroup dialog noscript',
    apart,
  ),
  ...of(
    'span font small big abbr acronym time data label bdi bdo ruby rb picture thead tbody tfoot colgroup button select option textarea canvas map math blink marquee nobr output meter progress search slot noframes frameset',
    transparent,
  ),
  ...[...VANISHING].flatMap((name) => of(name, transparent)),
]);

function of(names: string, make: Make): readonly (readonly [string, Make])[] {
  return names.split(' ').map((name) => [name, make]);
}
