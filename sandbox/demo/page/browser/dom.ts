import type { View } from '../view/view.ts';

/** The view as a node. Text becomes text and nothing else; only web addresses become links. */
export function toNode(view: View): Node {
  if (typeof view === 'string') return document.createTextNode(view);
  const element = document.createElement(view.tag);
  for (const [name, value] of Object.entries(view.attributes)) {
    if (name === 'href' && !/^https?:\/\//iu.test(value)) continue;
    if (name === 'data-accent') element.style.setProperty('--accent', value);
    else element.setAttribute(name, value);
  }
  element.append(...view.children.map(toNode));
  return element;
}

/** The element that a selector names. Throws where the page has none. */
export function find(selector: string, within: ParentNode = document): HTMLElement {
  return findOf(HTMLElement, selector, within);
}

/** The same, of one kind of element. */
export function findOf<E extends HTMLElement>(
  kind: abstract new () => E,
  selector: string,
  within: ParentNode = document,
): E {
  const element = within.querySelector(selector);
  if (element instanceof kind) return element;
  throw new Error(`Cannot find "${selector}" on the page`);
}

export function fill(element: HTMLElement, ...views: readonly View[]): void {
  element.replaceChildren(...views.map(toNode));
}

const SHOWN_MS = 6_000;
let hiding: ReturnType<typeof setTimeout> | undefined;

/** A line over the page, for a few seconds. */
export function toast(words: string): void {
  const element = find('#toast');
  element.textContent = words;
  element.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    element.hidden = true;
  }, SHOWN_MS);
}
