import { type Inline, inlineText, lengthOf } from '../../../note/document.ts';
import { originOf, setOrigin, sliceText } from '../../node-cache.ts';
import { findRowSlice, type RowSlice } from '../../row-slices.ts';
import { continuesWord, ZERO_WIDTH } from './escape.ts';
import { endsAddress } from './safe-links.ts';

export type Style = 'strong' | 'emphasis' | 'strike' | 'spoiler';

/** Bits besides the two of `followed`. */
const STYLE_BITS: Readonly<Record<Style, number>> = { strong: 4, emphasis: 8, strike: 16, spoiler: 32 };

/** The styles as a number. */
export function bitsOf(open: readonly Style[]): number {
  let bits = 0;
  for (const style of open) bits |= STYLE_BITS[style];
  return bits;
}

/** Two bits for everything in the output that depends on `rest`. */
export function followed(rest: string): number {
  if (rest === '' || rest.startsWith(' ')) return 0;
  return (continuesWord(rest) ? 1 : 0) | (endsAddress(rest) ? 0 : 2);
}

/** UTF-16 units. No text depends on more of what follows; passing all of it would take quadratic time. */
const LOOK_AHEAD = 64;

/** Renders a run. `open`: the styles around it. `rest`: the text after it. */
export type RenderRun = (children: readonly Inline[], open: readonly Style[], rest: string) => string;
/** Renders one inline. What it depends on besides its arguments must be in `bitsOf` and `followed`. */
type RenderInline = (inline: Inline, open: readonly Style[], rest: string) => string;

/**
 * Makes a function that renders runs of inlines. What is known of a run is used for parts of it: only their ends are
 * rendered again, so that trying many parts of a long run doesn't take quadratic time.
 */
export function createRunRenderer(renderInline: RenderInline): RenderRun {
  const wholes = new WeakMap<readonly Inline[], Whole[]>();

  return renderRun;

  function renderRun(children: readonly Inline[], open: readonly Style[], rest: string): string {
    const slice = findRowSlice(children);
    const { texts } = slice
      ? renderPart(children, slice, open, rest)
      : render(merged(children).units, open, rest, '');
    return texts.join('');
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

  /** The same for a run that is mostly a part of a rendered one: only its ends are rendered again. */
  function renderPart(
    children: readonly Inline[],
    slice: RowSlice<Inline>,
    open: readonly Style[],
    rest: string,
  ): Written {
    const whole = wholeOf(slice.row, open);
    const { first, end, head, tail } = unitsIn(children, slice, whole);
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
}

/** A rendered run, or a part of one: its texts in order, and the beginning of the first. */
interface Written {
  readonly texts: readonly string[];
  readonly begins: string;
  /** What each text depends on besides its inline. */
  readonly followers: readonly string[];
}

const followerOf = (after: string, rest: string): string =>
  `${followed(after === '' ? rest : after)}${after.charAt(0)}`;

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

/** Separates adjacent markers, which Discord would read as one. */
export function joined(left: string, right: string): string {
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
