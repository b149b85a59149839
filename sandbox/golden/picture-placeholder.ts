import { crc32 } from 'node:zlib';
import { h, type View } from '../demo/page/view/view.ts';

/** Replaces each picture by a coloured placeholder with its file name and description. */
export function withPicturePlaceholders(view: View): View {
  if (typeof view === 'string') return view;
  if (view.tag !== 'img') return { ...view, children: view.children.map(withPicturePlaceholders) };
  const file = decodeURIComponent(view.attributes['src']?.split('/').at(-1) ?? '');
  const alt = view.attributes['alt'] ?? '';
  return h(
    'span',
    { class: 'painted', role: 'img', 'data-hue': String(crc32(file) % 360), title: alt || file },
    h('b', {}, file),
    alt ? h('span', {}, alt) : h('i', {}, 'no description'),
  );
}
