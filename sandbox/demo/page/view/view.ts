import { words } from '../words/words.ts';

/** A DOM element as plain data, so that views can be tested without a browser. */
export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly View[];
}

export type View = string | Element;

type Child = View | readonly View[] | undefined | false;

/** An element; missing children are left out. */
export function h(
  tag: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): Element {
  const given = Object.entries(attributes).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    tag,
    attributes: Object.fromEntries(given),
    children: children.flatMap((child) => (child === undefined || child === false ? [] : child)),
  };
}

/** The text of a view, as a reader would see it. */
export function wordsOf(view: View): string {
  return typeof view === 'string' ? view : view.tag === 'br' ? '\n' : view.children.map(wordsOf).join('');
}

/** Text whose line breaks are kept. */
export function lines(text: string): readonly View[] {
  return text
    .split('\n')
    .flatMap((line, index) => [...(index > 0 ? [h('br')] : []), ...(line ? [line] : [])]);
}

/** A spoiler: covers something until it is clicked or opened by keyboard. */
export const veil = (): Readonly<Record<string, string>> => ({
  'data-act': 'unveil',
  role: 'button',
  tabindex: '0',
  'aria-label': words().chat.reveal,
});

/** A link that shows where it leads; the page itself never follows it. */
export function outwards(url: string, ...children: readonly Child[]): Element {
  return h('a', { href: url, title: url, 'data-act': 'visit', rel: 'noreferrer' }, ...children);
}
