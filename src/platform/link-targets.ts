import { type Document, type Inline, inlineText, strong, text } from '../note/document.ts';
import { type LabelClaim, labelClaims, showsItsHost, type TextSpan } from '../note/links/label-claims.ts';
import { mapRuns } from '../note/visit.ts';
import { findStretch } from './stretch.ts';

/** As much of a text as may be in a word with a link beside it: longer than any name of a host. */
const NEAR = 512;
/** The blanks that end a word on every screen. */
const BLANK = /[ \t\n]/u;

type Link = Extract<Inline, { readonly type: 'link' | 'mention' }>;
/** Words in reading order, and the link that they are the label of. */
type Leaf = TextSpan & { readonly of?: Link };

/** What is shown of a link: the link itself, its absolute address, its label as text, or that and the true address. */
type Verdict = 'itself' | 'address' | 'label' | 'label and address';

/** On links that stand in one run only, so that a verdict holds in every piece of it. */
const verdicts = new WeakMap<Link, Verdict>();
/** Judged, and shown as they are: nothing else need be looked at, however often what they are in is cut. */
const settled = new WeakSet<Inline>();

/**
 * The run with the true address beside every label that could be read as another one, by itself or together with what
 * it touches. Such a label is text; of neighbours that lead to one page the last has the address. An address that is
 * shown as it was written, and seems to name another host, is shown in its absolute form. What was judged before it was
 * cut is not judged again.
 */
export function withVisibleTargets(run: readonly Inline[]): readonly Inline[] {
  if (isSettledRun(run)) return run;
  const judged = run.some(isUnjudged) ? judgeRun(run) : run;
  return judged.some(isMistaken) ? judged.flatMap(withVisibleTarget) : judged;
}

/** What became of an inline: the same objects each time, however often what it is in is cut. */
const resultOf = new WeakMap<Inline, readonly Inline[]>();

function withVisibleTarget(inline: Inline): readonly Inline[] {
  const known = resultOf.get(inline);
  if (known) return known;
  const made = showTarget(inline);
  if (made[0] !== inline) resultOf.set(inline, made);
  return made;
}

const judgedOf = new WeakMap<Document, Document>();

/**
 * The same document, judged: whatever it is cut into, each link is judged once, beside all that it touches. The same objects
 * each time: what becomes of them in one style is known in the next.
 */
export function withJudgedLinks(document: Document): Document {
  const known = judgedOf.get(document);
  if (known) return known;
  const judged = mapRuns(document, (run) => (run.some(isUnjudged) ? judgeRun(run) : run));
  judgedOf.set(document, judged);
  return judged;
}

function judgeRun(run: readonly Inline[]): readonly Inline[] {
  const leaves = run.flatMap((inline) => leavesOf(inline, ''));
  const byName = run.flatMap((inline) => leavesOf(inline, undefined));
  const claims = misleadingClaims(leaves, byName);
  const disguised = new Map<Link, Verdict>();
  leaves.forEach(({ of, url }, index) => {
    if (!of || claims[index] !== 'another') return;
    const goesOn = leaves[index + 1]?.url === url && claims[index + 1] === 'another';
    disguised.set(of, goesOn ? 'label' : 'label and address');
  });
  const judged = (inline: Inline): Inline => {
    if ('children' in inline) {
      const around = { ...inline, children: inline.children.map(judged) };
      if (around.children.every(isSettled)) settled.add(around);
      return around;
    }
    if (!isLink(inline)) return inline;
    // A copy, since the link itself may stand elsewhere as well.
    const copy = { ...inline };
    const verdict = disguised.get(inline) ?? (isAsWritten(inline) ? 'itself' : 'address');
    verdicts.set(copy, verdict);
    if (verdict === 'itself') settled.add(copy);
    return copy;
  };
  return run.map(judged);
}

function showTarget(inline: Inline): readonly Inline[] {
  if ('children' in inline)
    return isMistaken(inline)
      ? [{ ...inline, children: inline.children.flatMap(withVisibleTarget) }]
      : [inline];
  const verdict = isLink(inline) ? verdicts.get(inline) : 'itself';
  if (!isLink(inline) || verdict === 'itself') return [inline];
  // Who is called like an address is named without a link: the way to a person is long, and few need it.
  if (inline.type === 'mention') return [strong(text(inlineText([inline])))];
  if (verdict === 'address') return [address(inline.url)];
  const label = inline.label ?? [];
  return verdict === 'label' ? label : [...label, text(' ('), address(inline.url), text(')')];
}

function address(url: string): Link {
  const link: Link = { type: 'link', url, written: url };
  verdicts.set(link, 'itself');
  return link;
}

const isLink = (inline: Inline): inline is Link => inline.type === 'link' || inline.type === 'mention';

const isAsWritten = (link: Link): boolean =>
  link.type === 'mention' || link.label !== undefined || showsItsHost(link.written, link.url);

const isSettled = (inline: Inline): boolean =>
  settled.has(inline) || ('children' in inline ? inline.children.every(isSettled) : !isLink(inline));

const settledRows = new WeakSet<readonly Inline[]>();

/** A piece of a settled run is settled, except for what was cut at its ends. */
function isSettledRun(run: readonly Inline[]): boolean {
  const stretch = findStretch(run);
  if (!stretch || !isSettledRow(stretch.row)) return run.every(isSettled);
  return run.slice(0, stretch.start).every(isSettled) && run.slice(stretch.end).every(isSettled);
}

function isSettledRow(row: readonly Inline[]): boolean {
  if (settledRows.has(row)) return true;
  const answer = row.every(isSettled);
  if (answer) settledRows.add(row);
  return answer;
}

const isUnjudged = (inline: Inline): boolean =>
  isLink(inline) ? !verdicts.has(inline) : 'children' in inline && inline.children.some(isUnjudged);

const isMistaken = (inline: Inline): boolean =>
  isLink(inline)
    ? verdicts.get(inline) !== 'itself'
    : 'children' in inline && inline.children.some(isMistaken);

/**
 * Both platforms show a custom emoji by its name, which some readers know for a picture, and others read: a run is judged
 * both ways.
 */
function misleadingClaims(leaves: readonly Leaf[], byName: readonly Leaf[]): readonly LabelClaim[] {
  const claims = labelClaims(leaves);
  if (leaves.every(({ text: words }, index) => words === byName[index]?.text)) return claims;
  const others = labelClaims(byName);
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
  text: label.map((inline) => visibleText(inline, emoji)).join(''),
});

const visibleText = (inline: Inline, emoji: string | undefined): string => {
  if ('children' in inline) return inline.children.map((child) => visibleText(child, emoji)).join('');
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
