import type { View } from '../view/view.ts';

/** A view as a DOM node. Text is always text; only web URLs become links. */
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

/** The element for a selector. Throws if there is none. */
export function find(selector: string, within: ParentNode = document): HTMLElement {
  return findOf(HTMLElement, selector, within);
}

/** The same, for a particular element class. */
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

/** Shows a line over the page for a few seconds. */
export function toast(words: string): void {
  const element = find('#toast');
  element.textContent = words;
  element.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    element.hidden = true;
  }, SHOWN_MS);
}
