import type { Element, View } from '../demo/page/view/view.ts';

const VOID = new Set(['br', 'hr', 'img', 'input', 'meta']);
const MEANING: ReadonlyMap<string, string> = new Map(
  Object.entries({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }),
);

/** Text that HTML shows as it is written, in quoted attributes too. */
const escaped = (text: string): string =>
  text.replace(/[&<>"]/gu, (character) => MEANING.get(character) ?? '');

/** Views as HTML. Text becomes text and nothing else; only web addresses and places on the page become links. */
export const markupOf = (...views: readonly View[]): string =>
  views.map((view) => (typeof view === 'string' ? escaped(view) : elementMarkup(view))).join('');

function elementMarkup({ tag, attributes, children }: Element): string {
  const given = Object.entries(attributes)
    .filter(([name, value]) => name !== 'href' || /^(?:https?:\/\/|#)/iu.test(value))
    .map(([name, value]) => ` ${attribute(name, value)}`)
    .join('');
  // A line break right after the tag is not shown in a `pre`.
  const open = `<${tag}${given}>${tag === 'pre' ? '\n' : ''}`;
  return VOID.has(tag) ? open : `${open}${markupOf(...children)}</${tag}>`;
}

/** What the views say in numbers and colours is a style on the page: a card's accent, a painting's hue. */
function attribute(name: string, value: string): string {
  const property = /^data-(accent|hue)$/u.exec(name)?.[1];
  return property ? `style="--${property}: ${escaped(value)}"` : `${name}="${escaped(value)}"`;
}
