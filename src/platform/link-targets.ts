import { type Document, type Inline, inlineText, strong, text } from '../note/document.ts';
import { type LabelClaim, labelClaims, showsItsHost, type TextSpan } from '../note/links/label-claims.ts';
import { mapRuns } from '../note/visit.ts';
import { findRowSlice } from './row-slices.ts';

/** UTF-16 units. The most text that may form a word with an adjacent link: longer than any host name. */
const NEAR = 512;
/** White space that visibly ends a word on every screen. */
const BLANK = /[ \t\n]/u;

type Link = Extract<Inline, { readonly type: 'link' | 'mention' }>;
/** A span of text in reading order, and the link whose label it is. */
type Leaf = TextSpan & { readonly of?: Link };

/**
 * How a link is shown: as it is, as its absolute address, as its label in plain text, or as that with the true address.
 */
type Verdict = 'itself' | 'address' | 'label' | 'label and address';

/** Only for links that belong to a single run, so that a verdict holds in every piece of it. */
const verdicts = new WeakMap<Link, Verdict>();
/** Judged, and shown unchanged: pieces that contain only these need no further check, however often they're cut. */
const settled = new WeakSet<Inline>();

/**
 * The run, with the true address beside every label that could be read as a different one, alone or together with
 * adjacent text. The label of a disguised link becomes plain text; of adjacent links to one page, only the last shows
 * the address. An address that is shown as written, but seems to name another host, is shown in its absolute form.
 * Links that were judged before the document was cut aren't judged again.
 */
export function withVisibleTargets(run: readonly Inline[]): readonly Inline[] {
  if (isSettledRun(run)) return run;
  const judged = run.some(isUnjudged) ? judgeRun(run) : run;
  return judged.some(isMistaken) ? judged.flatMap(withVisibleTarget) : judged;
}

/** The result for each inline. The same objects are returned each time, however often the text around it is cut. */
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
 * The document with its links judged. Each link is judged once, with everything adjacent to it, before the document is
 * cut. Returns the same objects each time, so that caches carry over from one style to the next.
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
    const isContinued = leaves[index + 1]?.url === url && claims[index + 1] === 'another';
    disguised.set(of, isContinued ? 'label' : 'label and address');
  });
  const judged = (inline: Inline): Inline => {
    if ('children' in inline) {
      const around = { ...inline, children: inline.children.map(judged) };
      if (around.children.every(isSettled)) settled.add(around);
      return around;
    }
    if (!isLink(inline)) return inline;
    // A copy, since the same link object may occur elsewhere as well.
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
  // A name that looks like an address is shown without a link: profile addresses are long, and few readers need them.
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

/** A piece of a settled run is settled, except possibly for the inlines that were cut at its ends. */
function isSettledRun(run: readonly Inline[]): boolean {
  const slice = findRowSlice(run);
  if (!slice || !isSettledRow(slice.row)) return run.every(isSettled);
  return run.slice(0, slice.start).every(isSettled) && run.slice(slice.end).every(isSettled);
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
 * Both platforms show a custom emoji by its name. Some readers know that it stands for a picture and others read it as
 * text, so a run is judged both ways.
 */
function misleadingClaims(leaves: readonly Leaf[], byName: readonly Leaf[]): readonly LabelClaim[] {
  const claims = labelClaims(leaves);
  if (leaves.every((leaf, index) => leaf.text === byName[index]?.text)) return claims;
  const others = labelClaims(byName);
  return claims.map((claim, index) => (others[index] === 'another' ? 'another' : claim));
}

/** `emoji`: the text that a custom emoji is read as; `undefined` means its name. */
function leavesOf(inline: Inline, emoji: string | undefined): readonly Leaf[] {
  if ('children' in inline) return inline.children.flatMap((child) => leavesOf(child, emoji));
  switch (inline.type) {
    case 'link':
      // An address that is shown as it is can't mislead, and it ends the word beside it.
      return [inline.label ? labelOf(inline, inline.label, emoji) : { text: ' ' }];
    case 'mention':
      // The at sign begins a new word, even directly after other text.
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

/** The first and the last word of a text, without the text between them. */
function ends(words: string): string {
  const head = words.slice(0, NEAR).split(BLANK, 1)[0] ?? '';
  if (head.length === words.length) return words;
  const tail = words.slice(-NEAR);
  const from = tail.length - (tail.split(BLANK).at(-1)?.length ?? 0);
  return `${head} ${tail.slice(from)}`;
}
