import type { Element, View } from '../demo/page/view/view.ts';

const VOID = new Set(['br', 'hr', 'img', 'input', 'meta']);
const MEANING: ReadonlyMap<string, string> = new Map(
  Object.entries({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }),
);

/** Escapes text for HTML, including quoted attributes. */
const escaped = (text: string): string =>
  text.replace(/[&<>"]/gu, (character) => MEANING.get(character) ?? '');

/** Views as HTML. Text is always escaped; only web URLs and anchors of the page become links. */
export const markupOf = (...views: readonly View[]): string =>
  views.map((view) => (typeof view === 'string' ? escaped(view) : elementMarkup(view))).join('');

function elementMarkup({ tag, attributes, children }: Element): string {
  const given = Object.entries(attributes)
    .filter(([name, value]) => name !== 'href' || /^(?:https?:\/\/|#)/iu.test(value))
    .map(([name, value]) => ` ${attribute(name, value)}`)
    .join('');
  // The first line break inside a `pre` is ignored by HTML.
  const open = `<${tag}${given}>${tag === 'pre' ? '\n' : ''}`;
  return VOID.has(tag) ? open : `${open}${markupOf(...children)}</${tag}>`;
}

/** Numbers and colours of a view become styles: a card's accent, a placeholder's hue. */
function attribute(name: string, value: string): string {
  const property = /^data-(accent|hue)$/u.exec(name)?.[1];
  return property ? `style="--${property}: ${escaped(value)}"` : `${name}="${escaped(value)}"`;
}
