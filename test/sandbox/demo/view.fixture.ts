import type { View } from '../../../sandbox/demo/page/view/view.ts';

/** A view as short markup, to compare with: `<b>bold</b>`, classes behind a dot, addresses in brackets. */
export function markup(...views: readonly View[]): string {
  return views.map(markupOf).join('');
}

function markupOf(view: View): string {
  if (typeof view === 'string') return view;
  const { tag, attributes, children } = view;
  if (tag === 'br') return '⏎';
  const name = `${tag}${attributes['class'] ? `.${attributes['class'].replaceAll(' ', '.')}` : ''}`;
  const address = attributes['href'] ? `[${attributes['href']}]` : '';
  return `<${name}${address}>${markup(...children)}</${tag}>`;
}

/** The button with that label, as the page draws it. */
export function tokenOf(view: View, label: string): string | undefined {
  if (typeof view === 'string') return undefined;
  if (view.attributes['data-label'] === label) return view.attributes['data-token'];
  return view.children.map((child) => tokenOf(child, label)).find((token) => token !== undefined);
}
