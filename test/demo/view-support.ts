import type { View } from '../../src/sandbox/demo/page/view/view.ts';

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
