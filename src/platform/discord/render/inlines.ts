import { commandLine, type Inline, inlineText, lengthOf } from '../../../note/document.ts';
import { withVisibleTargets } from '../../link-targets.ts';
import { createNodeCache, originOf, setOrigin, sliceText } from '../../node-cache.ts';
import { findRowSlice, type RowSlice } from '../../stretch.ts';
import { breakMentions, continuesWord, escapeMarkdown, sanitize, ZERO_WIDTH } from './escape.ts';
import { escapePiece } from './escape-piece.ts';
import { bareLink, endsAddress, labelledLink, maskedLink, safeAddress } from './safe-links.ts';

const MARKERS = { strong: '**', emphasis: '*', strike: '~~', spoiler: '||' } as const;
type Style = keyof typeof MARKERS;

/** Timestamp styles (Reference, Message Formatting). */
const TIME_STYLES = { date: 'D', moment: 'f', day: 'd', ago: 'R', clock: 't' } as const;

/** Renders a run of inlines as Discord Markdown. */
export function renderInlines(children: readonly Inline[]): string {
  return renderRun(withVisibleTargets(children), [], '');
}

/** `open`: the styles around the run. `rest`: the text after it. */
function renderRun(children: readonly Inline[], open: readonly Style[], rest: string): string {
  const stretch = findRowSlice(children);
  const { texts } = stretch
    ? renderWithStretch(children, stretch, open, rest)
    : render(merged(children).units, open, rest, '');
  return texts.join('');
}

/** A rendered run, or a part of one: its texts in order, and the beginning of the first. */
interface Written {
  readonly texts: readonly string[];
  readonly begins: string;
  /** What each text depends on besides its inline. */
  readonly followers: readonly string[];
}

/** `behind`: the beginning of what follows in the run. `rest`: the text after the run. */
function render(units: readonly Inline[], open: readonly Style[], rest: string, behind: string): Written {
  const texts: string[] = [];
  const followers: string[] = [];
  let after = behind;
  for (const unit of units.toReversed()) {
    followers.push(followerOf(after, rest));
    const piece = joined(renderInline(unit, open, after === '' ? rest : after), after);
    texts.push(piece.slice(0, piece.length - after.length));
    after = piece.slice(0, LOOK_AHEAD);
  }
  return { texts: texts.reverse(), followers: followers.reverse(), begins: after };
}

const followerOf = (after: string, rest: string): string =>
  `${followed(after === '' ? rest : after)}${after.charAt(0)}`;

/** The same for a run that is mostly a part of a rendered one: only its ends are rendered again. */
function renderWithStretch(
  children: readonly Inline[],
  stretch: RowSlice<Inline>,
  open: readonly Style[],
  rest: string,
): Written {
  const whole = wholeOf(stretch.row, open);
  const { first, end, head, tail } = unitsIn(children, stretch, whole);
  let after = render(merged(tail).units, open, rest, '');
  let until = end;
  while (until > first && whole.followers[until - 1] !== followerOf(after.begins, rest)) {
    until -= 1;
    after = before(render(whole.units.slice(until, until + 1), open, rest, after.begins), after);
  }
  if (until > first) {
    const kept = whole.text.slice(whole.starts[first], whole.starts[until]);
    const begins = (kept.slice(0, LOOK_AHEAD) + after.begins).slice(0, LOOK_AHEAD);
    after = before({ texts: [kept], followers: [], begins }, after);
  }
  return before(render(merged(head).units, open, rest, after.begins), after);
}

/** Which units of the rendered run are in a part of it, from `first` to before `end`, and what is before and after them. */
function unitsIn(children: readonly Inline[], { start, end, from }: RowSlice<Inline>, whole: Whole) {
  const { units, firsts, unitFrom } = whole;
  const [head, tail] = [children.slice(0, start), children.slice(end)];
  const limit = from + end - start;
  let [first, last] = [unitFrom[from] ?? units.length, unitFrom[limit] ?? units.length];
  if ((firsts[last] ?? 0) > limit) last -= 1;
  // All of it is part of one text.
  if (first > last)
    return {
      first,
      end: first,
      head: [...head, ...pieceOfUnit(whole, last, from, limit), ...tail],
      tail: [],
    };
  // Anything that was cut is rendered again, with a neighbour that may merge with the first or last unit.
  if ((firsts[first] ?? 0) > from) head.push(...pieceOfUnit(whole, first - 1, from));
  else if (head.length > 0 && first < last) {
    head.push(...units.slice(first, first + 1));
    first += 1;
  }
  if ((firsts[last] ?? 0) < limit) tail.unshift(...pieceOfUnit(whole, last, firsts[last], limit));
  else if (tail.length > 0 && first < last) {
    last -= 1;
    tail.unshift(...units.slice(last, last + 1));
  }
  return first < last
    ? { first, end: last, head, tail }
    : { first, end: first, head: [...head, ...tail], tail: [] };
}

/** A part of a merged text, between two inlines of the run. */
function pieceOfUnit({ units, offsets }: Whole, unit: number, from = 0, to?: number): readonly Inline[] {
  const merged = units[unit];
  return merged?.type === 'text' ? [sliceText(merged, offsets[from] ?? 0, to && offsets[to])] : [];
}

const before = (one: Written, other: Written): Written => ({
  texts: [...one.texts, ...other.texts],
  followers: [],
  begins: one.texts.length > 0 ? one.begins : other.begins,
});

/** A rendered run that parts are taken from. */
interface Whole {
  readonly text: string;
  readonly units: readonly Inline[];
  /** Where each unit starts in the text, and its first inline; the last entry is the end. */
  readonly starts: readonly number[];
  readonly firsts: readonly number[];
  /** For each inline, the unit that starts at it or after it, and where the inline is in a merged text. */
  readonly unitFrom: readonly number[];
  readonly offsets: readonly number[];
  readonly followers: readonly string[];
}

const wholes = new WeakMap<readonly Inline[], Whole[]>();

function wholeOf(run: readonly Inline[], open: readonly Style[]): Whole {
  const kept = wholes.get(run) ?? [];
  wholes.set(run, kept);
  return (kept[bitsOf(open)] ??= createWhole(run, open));
}

function createWhole(run: readonly Inline[], open: readonly Style[]): Whole {
  const { units, firsts } = merged(run);
  const offsets: number[] = [];
  for (const [index, unit] of units.entries()) {
    let offset = 0;
    for (const inline of run.slice(firsts[index], firsts[index + 1])) {
      if (unit.type === 'text') setOrigin(inline, unit, offset);
      offsets.push(offset);
      offset += lengthOf(inline);
    }
  }
  const { texts, followers } = render(units, open, '', '');
  let [length, unit] = [0, 0];
  return {
    text: texts.join(''),
    units,
    starts: [0, ...texts.map((text) => (length += text.length))],
    firsts: [...firsts, run.length],
    unitFrom: run.map((_, index) => {
      while ((firsts[unit] ?? run.length) < index) unit += 1;
      return unit;
    }),
    offsets,
    followers,
  };
}

/** UTF-16 units. No text depends on more of what follows; passing all of it would take quadratic time. */
const LOOK_AHEAD = 64;

/** Line by line, without blank lines. Styles are closed at the end of a line and reopened on the next. */
export function renderLines(children: readonly Inline[]): readonly string[] {
  return linesOf(children)
    .map((line) => renderInlines(line))
    .filter((line) => line.trim() !== '');
}

const once = createNodeCache<string>();
/** Bits besides the two of `followed`. */
const STYLE_BITS: Readonly<Record<Style, number>> = { strong: 4, emphasis: 8, strike: 16, spoiler: 32 };

function renderInline(inline: Inline, open: readonly Style[], rest: string): string {
  return once(inline, bitsOf(open) | followed(rest), () => renderNew(inline, open, rest));
}

function bitsOf(open: readonly Style[]): number {
  let bits = 0;
  for (const style of open) bits |= STYLE_BITS[style];
  return bits;
}

/** Two bits for everything in the output that depends on `rest`. */
function followed(rest: string): number {
  if (rest === '' || rest.startsWith(' ')) return 0;
  return (continuesWord(rest) ? 1 : 0) | (endsAddress(rest) ? 0 : 2);
}

function renderNew(inline: Inline, open: readonly Style[], rest: string): string {
  switch (inline.type) {
    case 'text':
      return escapePiece(inline, rest);
    case 'strong':
    case 'emphasis':
    case 'strike':
    case 'spoiler':
      return styled(inline.type, inline.children, open, rest);
    case 'code':
      return codeSpan(inline.text, open) ?? escapeMarkdown(inline.text, rest);
    case 'command':
      return renderCommand(inline, open, rest);
    case 'link':
      return renderLink(inline, rest);
    case 'mention':
      return renderMention(inline, open, rest);
    case 'hashtag':
    case 'emoji':
      return escapeMarkdown(inlineText([inline]), rest);
    case 'time':
      return `<t:${Math.trunc(inline.at)}:${TIME_STYLES[inline.style]}>`;
  }
}

/** Discord shows markers as text if there is white space inside them, or if they are nested in themselves. */
function styled(style: Style, children: readonly Inline[], open: readonly Style[], rest: string): string {
  if (open.includes(style)) return renderRun(children, open, rest);
  const content = renderRun(children, [...open, style], '');
  const core = content.trim();
  if (core === '') return content;
  const start = content.indexOf(core);
  const marker = MARKERS[style];
  const marked = joined(joined(marker, core), marker);
  return content.slice(0, start) + marked + content.slice(start + core.length);
}

/** `undefined` if the text can't be a code span: three backticks open a block, and styles apply in code, too. */
function codeSpan(text: string, open: readonly Style[]): string | undefined {
  const code = breakMentions(sanitize(text).replace(/\n+/gu, ' '));
  const runs = new Set(code.match(/`+/gu)?.map((run) => run.length));
  if (code.trim() === '' || [...runs].some((run) => run > 2) || runs.size > 1) return undefined;
  if (open.length > 0 && /[*~|]/u.test(code)) return undefined;
  const fence = runs.has(1) ? '``' : '`';
  const padding = /^ *`|` *$/u.test(code) ? ' ' : '';
  return fence + padding + code + padding + fence;
}

/** A command mention if the id is known, which can't contain options. */
function renderCommand(
  command: Extract<Inline, { type: 'command' }>,
  open: readonly Style[],
  rest: string,
): string {
  const inCode = (words: string): string => codeSpan(words, open) ?? escapeMarkdown(words, rest);
  const { name, id, words } = command;
  if (id === undefined) return inCode(commandLine(command));
  return words === undefined ? `</${name}:${id}>` : `</${name}:${id}> ${inCode(words)}`;
}

function renderLink(link: Extract<Inline, { type: 'link' }>, rest: string): string {
  const label = link.label && inlineText(link.label);
  const address = safeAddress(link.url);
  if (address === undefined) return escapeMarkdown(label ?? link.written, rest);
  if (label !== undefined) return labelledLink(label, address, rest);
  return bareLink(safeAddress(link.written) ?? address, rest);
}

/** A bold name, linked unless it looks like an address. Never a Discord mention. */
function renderMention(
  mention: Extract<Inline, { type: 'mention' }>,
  open: readonly Style[],
  rest: string,
): string {
  const name = `@${mention.name.replace(/\s+/gu, ' ').trim()}`;
  const address = safeAddress(mention.url);
  const linked = address && maskedLink(name, address);
  if (linked === undefined || linked === '')
    return styled('strong', [{ type: 'text', text: name }], open, rest);
  return open.includes('strong') ? linked : `**${linked}**`;
}

/** Separates adjacent markers, which Discord would read as one. */
function joined(left: string, right: string): string {
  const last = left.at(-1) ?? '';
  return '*~|`'.includes(last) && right.startsWith(last) && last !== ''
    ? left + ZERO_WIDTH + right
    : left + right;
}

/** Merges adjacent texts, since escaping depends on their neighbours. `firsts`: the first child of each unit. */
function merged(children: readonly Inline[]): {
  readonly units: readonly Inline[];
  readonly firsts: readonly number[];
} {
  const units: Inline[] = [];
  const firsts: number[] = [];
  for (let index = 0, first = children[0]; first; first = children[index]) {
    let [end, words] = [index, ''];
    for (let next = textOf(first); next !== undefined; next = textOf(children[end])) {
      words += next;
      end += 1;
    }
    const isUnchanged = end === index || (end === index + 1 && first.type === 'text');
    units.push(isUnchanged ? first : joinedText(words, first));
    firsts.push(index);
    index = Math.max(end, index + 1);
  }
  return { units, firsts };
}

/** Inlines that are shown as text. */
function textOf(inline: Inline | undefined): string | undefined {
  switch (inline?.type) {
    case 'text':
      return inline.text;
    case 'hashtag':
    case 'emoji':
      return inlineText([inline]);
    default:
      return undefined;
  }
}

/** A text with the same origin as its first inline, if that belongs to a longer text. */
function joinedText(words: string, first: Inline): Inline {
  const joined: Inline = { type: 'text', text: words };
  const origin = originOf(first);
  if (origin?.whole.text.startsWith(words, origin.offset)) setOrigin(joined, origin.whole, origin.offset);
  return joined;
}

function linesOf(children: readonly Inline[]): readonly (readonly Inline[])[] {
  const lines: Inline[][] = [[]];
  for (const [first, ...others] of children.map(pieceLines)) {
    if (first) lines.at(-1)?.push(first);
    lines.push(...others.map((piece) => [piece]));
  }
  return lines;
}

function pieceLines(child: Inline): readonly Inline[] {
  if (child.type === 'text')
    return sanitize(child.text)
      .split('\n')
      .map((text) => ({ type: 'text', text }));
  return 'children' in child
    ? linesOf(child.children).map((line) => ({ ...child, children: line }))
    : [child];
}
