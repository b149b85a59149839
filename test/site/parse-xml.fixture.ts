import { SaxesParser } from 'saxes';

/** An element of a parsed document. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

/** Parses XML strictly, with namespaces. Throws at the first thing that isn't well-formed. */
export function parseXml(text: string): Element {
  const parser = new SaxesParser({ xmlns: true });
  const root = { name: '', attributes: {}, children: [] as (Element | string)[] };
  const open: { readonly children: (Element | string)[] }[] = [root];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const values = Object.fromEntries(Object.entries(attributes).map(([key, { value }]) => [key, value]));
    const element = { name, attributes: values, children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const add = (words: string): void => void open.at(-1)?.children.push(words);
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(text).close();
  const [element] = root.children.filter((child) => typeof child !== 'string');
  if (!element) throw new Error('No element');
  return element;
}

/** An element and all below it. */
export const elementsIn = (element: Element): readonly Element[] => [
  element,
  ...element.children.flatMap((child) => (typeof child === 'string' ? [] : elementsIn(child))),
];

/** The text of an element and all below it. */
export const textIn = (element: Element): string =>
  element.children.map((child) => (typeof child === 'string' ? child : textIn(child))).join('');

/** The children of that name. */
export const childrenNamed = (element: Element, name: string): readonly Element[] =>
  element.children.filter((child) => typeof child !== 'string' && child.name === name) as readonly Element[];
