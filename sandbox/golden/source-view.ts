import type { NostrEvent } from '../../src/note/note.ts';
import { h, type View } from '../demo/page/view/view.ts';

/**
 * Invisible characters and those that change the text direction. Not the joiners, which emoji and Persian need, nor the
 * tags of flags.
 */
const INVISIBLE = /((?!\n|\u200C|\u200D|[\u{E0020}-\u{E007F}])[\p{Cc}\p{Cf}\u2028\u2029\p{Surrogate}])/u;

/** The published event: kind, tags, and the content as written, with invisible characters named. */
export function sourceView({ kind, tags, content }: NostrEvent): View {
  return h(
    'div',
    { class: 'source' },
    h('p', { class: 'kind' }, `kind ${kind}`, content === '' && ', no content'),
    ...tags.map((tag) => h('code', { class: 'tag' }, ...named(JSON.stringify(tag)))),
    content !== '' && h('pre', { dir: 'auto' }, ...named(content)),
  );
}

function named(text: string): readonly View[] {
  return text
    .split(INVISIBLE)
    .map((piece) =>
      INVISIBLE.test(piece) && piece.length <= 2 ? h('span', { class: 'invisible' }, codeOf(piece)) : piece,
    );
}

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
