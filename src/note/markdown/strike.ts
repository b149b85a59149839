import type { PhrasingContent, Text } from 'mdast';

/** A pair of tildes, and what it can be by what stands on either side. */
interface Tildes {
  readonly opens: boolean;
  readonly closes: boolean;
}

const WRITTEN: Text = { type: 'text', value: '~~' };

/**
 * The same run with what stands between two pairs of tildes struck out, as in GitHub's dialect: no blank after the
 * first pair, none before the second. Pairs without a partner stay tildes.
 */
export function withStrikes(children: readonly PhrasingContent[]): readonly PhrasingContent[] {
  if (!children.some((child) => child.type === 'text' && child.value.includes('~~'))) return children;
  const done: PhrasingContent[] = [];
  let struck: PhrasingContent[] | undefined;
  for (const piece of children.flatMap(pieces)) {
    if ('type' in piece) (struck ?? done).push(piece);
    else if (struck && struck.length > 0 && piece.closes) {
      done.push({ type: 'delete', children: struck });
      struck = undefined;
    } else if (!struck && piece.opens) struck = [];
    else (struck ?? done).push(WRITTEN);
  }
  return struck ? [...done, WRITTEN, ...struck] : done;
}

function pieces(child: PhrasingContent): readonly (PhrasingContent | Tildes)[] {
  if (child.type !== 'text') return [child];
  return child.value.split(/(?<!~)~~(?!~)/u).flatMap((value, index, all): (PhrasingContent | Tildes)[] => {
    const words: PhrasingContent[] = value ? [{ type: 'text', value }] : [];
    if (index === 0) return words;
    const before = all[index - 1] ?? '';
    return [{ opens: !/^\s/u.test(value), closes: !/\s$/u.test(before) }, ...words];
  });
}
