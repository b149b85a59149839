import { type Claim, claimsOf, isTruthful, type Stretch } from '../note/claims.ts';
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
  const leaves = run.flatMap((inline) => leavesOf(inline, ''));
  const byName = run.flatMap((inline) => leavesOf(inline, undefined));
  const claims = eitherOf(leaves, byName);
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

/**
 * Both platforms show a custom emoji by its name, which some readers know for a picture, and others read: a run is judged
 * both ways.
 */
function eitherOf(leaves: readonly Leaf[], byName: readonly Leaf[]): readonly Claim[] {
  const claims = claimsOf(leaves);
  if (leaves.every(({ text: words }, index) => words === byName[index]?.text)) return claims;
  const others = claimsOf(byName);
  return claims.map((claim, index) => (others[index] === 'another' ? 'another' : claim));
}

/** `emoji` is what a custom emoji is read as; `undefined`: its name. */
function leavesOf(inline: Inline, emoji: string | undefined): readonly Leaf[] {
  if ('children' in inline) return inline.children.flatMap((child) => leavesOf(child, emoji));
  switch (inline.type) {
    case 'link':
      // An address that is shown as it is says the truth, and ends what is beside it.
      return [inline.label ? labelOf(inline, inline.label, emoji) : { text: ' ' }];
    case 'mention':
      // Its at sign begins a word, also where a text without blanks stands before it.
      return [{ of: inline, url: inline.url, text: ` ${inline.name}` }];
    case 'emoji':
      return [{ text: emoji ?? inlineText([inline]) }];
    case 'time':
      return [{ text: ' ' }];
    case 'text':
    case 'code':
    case 'hashtag':
    case 'command':
      return [{ text: ends(inlineText([inline])) }];
  }
}

const labelOf = (of: Link, label: readonly Inline[], emoji: string | undefined): Leaf => ({
  of,
  url: of.url,
  text: label.map((inline) => seenOf(inline, emoji)).join(''),
});

const seenOf = (inline: Inline, emoji: string | undefined): string => {
  if ('children' in inline) return inline.children.map((child) => seenOf(child, emoji)).join('');
  return inline.type === 'emoji' && emoji !== undefined ? emoji : inlineText([inline]);
};

/** The first and the last word of a text, without what is between them. */
function ends(words: string): string {
  const head = words.slice(0, NEAR).split(BLANK, 1)[0] ?? '';
  if (head.length === words.length) return words;
  const tail = words.slice(-NEAR);
  const from = tail.length - (tail.split(BLANK).at(-1)?.length ?? 0);
  return `${head} ${tail.slice(from)}`;
}
