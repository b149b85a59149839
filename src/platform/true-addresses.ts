import { claimsOf, isTruthful, type Stretch } from '../note/claims.ts';
import { type Inline, inlineText, link, strong, text } from '../note/document.ts';

/** As much of a text as may be in a word with a link beside it: longer than any name of a host. */
const NEAR = 512;
/** The blanks that end a word on every screen. */
const BLANK = /[ \t\n]/u;

type Link = Extract<Inline, { readonly type: 'link' | 'mention' }>;
/** Words in reading order, and the link that they are the label of. */
type Leaf = Stretch & { readonly of?: Link };

/**
 * The run with the true address beside every label that could be read as another one, by itself or together with what
 * it touches. Such a label is text; of neighbours that lead to one page the last has the address. An address that is
 * shown as it was written, and seems to name another host, is shown in its absolute form.
 */
export function withTrueAddresses(run: readonly Inline[]): readonly Inline[] {
  if (!run.some(isTold)) return run;
  const leaves = run.flatMap(leavesOf);
  const claims = claimsOf(leaves);
  const disguised = new Map<Link, boolean>();
  leaves.forEach(({ of, url }, index) => {
    if (!of || claims[index] !== 'another') return;
    const goesOn = leaves[index + 1]?.url === url && claims[index + 1] === 'another';
    disguised.set(of, !goesOn);
  });
  return told(run, disguised);
}

function told(run: readonly Inline[], disguised: ReadonlyMap<Link, boolean>): readonly Inline[] {
  return run.flatMap((inline): readonly Inline[] => {
    if ('children' in inline) return [{ ...inline, children: told(inline.children, disguised) }];
    if (inline.type !== 'link' && inline.type !== 'mention') return [inline];
    if (inline.type === 'link' && !inline.label)
      return [isTruthful(inline.written, inline.url) ? inline : link(inline.url)];
    const isLast = disguised.get(inline);
    if (isLast === undefined) return [inline];
    // Who is called like an address is named without a link: the way to a person is long, and few need it.
    if (inline.type === 'mention') return [strong(text(inlineText([inline])))];
    const label = inline.label ?? [];
    return isLast ? [...label, text(' ('), link(inline.url), text(')')] : label;
  });
}

const isTold = (inline: Inline): boolean =>
  inline.type === 'mention' ||
  inline.type === 'link' ||
  ('children' in inline && inline.children.some(isTold));

function leavesOf(inline: Inline): readonly Leaf[] {
  if ('children' in inline) return inline.children.flatMap(leavesOf);
  switch (inline.type) {
    case 'link':
      // An address that is shown as it is says the truth, and ends what is beside it.
      return [inline.label ? labelOf(inline, inline.label) : { text: ' ' }];
    case 'mention':
      // Its at sign begins a word, also where a text without blanks stands before it.
      return [{ of: inline, url: inline.url, text: ` ${inline.name}` }];
    case 'emoji':
      return [{ text: '' }];
    case 'time':
      return [{ text: ' ' }];
    case 'text':
    case 'code':
    case 'hashtag':
    case 'command':
      return [{ text: ends(inlineText([inline])) }];
  }
}

const labelOf = (of: Link, label: readonly Inline[]): Leaf => ({
  of,
  url: of.url,
  text: label.map(seenOf).join(''),
});

/** Both platforms show a custom emoji by its name, but readers know it for a picture. */
const seenOf = (inline: Inline): string => {
  if ('children' in inline) return inline.children.map(seenOf).join('');
  return inline.type === 'emoji' ? '' : inlineText([inline]);
};

/** The first and the last word of a text, without what is between them. */
function ends(words: string): string {
  const head = words.slice(0, NEAR).split(BLANK, 1)[0] ?? '';
  if (head.length === words.length) return words;
  const tail = words.slice(-NEAR);
  const from = tail.length - (tail.split(BLANK).at(-1)?.length ?? 0);
  return `${head} ${tail.slice(from)}`;
}
