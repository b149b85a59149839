import {
  type Block,
  type Document,
  type Inline,
  inlineText,
  lengthOf as lengthOfInline,
} from '../note/document.ts';
import { graphemeEnd, lineEnd, sentenceEnd, wordEnd } from './break-points.ts';
import { lengthOf, runLength } from './lengths.ts';
import { sliceText } from './node-cache.ts';
import { firstMembers } from './row-slices.ts';

/** Whether these blocks fit into one part. If it holds for a document, it must hold for every beginning of it. */
export type Fits = (part: Document) => boolean;
type Take = (blocks: Document, fits: Fits, expected: number) => readonly [Document, Document];
type Cut = readonly [Document, Document];

/** A cut at a better place is taken only if it keeps at least this share of what would fit. */
const MIN_KEPT_SHARE = 0.5;
/** How far the window extends past what fits, so that a long grapheme at its end is seen whole. */
const LOOK_AHEAD = 64;

/**
 * The longest good beginning of a block that fits, and the rest. Both are complete: code, quotes and emphasis are
 * closed and reopened. The beginning is empty if nothing fits or the block can't be cut. `expected`: about how many
 * characters will fit; a better estimate saves calls of `fits`, and changes nothing else.
 */
export function cutBlock(block: Block, fits: Fits, take: Take, expected: number): Cut {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
    case 'small':
      return cutInlineBlock(block.children, (children) => [{ ...block, children }], fits, expected);
    case 'list':
      return cutList(block, fits, expected);
    case 'quote':
    case 'hidden':
    case 'quoted-note': {
      const wrap = (children: Document): Document => (children.length > 0 ? [{ ...block, children }] : []);
      const [head, tail] = take(block.children, (children) => fits(wrap(children)), expected);
      return [wrap(head), wrap(tail)];
    }
    case 'code-block':
      return cutInlineBlock(
        [{ type: 'text', text: block.text }],
        (run) => [{ ...block, text: inlineText(run) }],
        fits,
        expected,
      );
    case 'media': {
      const count = largestFitting(block.items.length, (n) =>
        fits([{ ...block, items: block.items.slice(0, n) }]),
      );
      return count === 0
        ? [[], [block]]
        : [
            [{ ...block, items: block.items.slice(0, count) }],
            [{ ...block, items: block.items.slice(count) }],
          ];
    }
    case 'link-card':
    case 'byline':
    case 'portrait':
    case 'divider':
    case 'buttons':
    case 'select':
      return [[], [block]];
  }
}

function cutList(list: Extract<Block, { type: 'list' }>, fits: Fits, expected: number): Cut {
  const from = (index: number): Document =>
    index < list.items.length
      ? [
          {
            ...list,
            items: list.items.slice(index),
            ...(list.start === undefined ? {} : { start: list.start + index }),
          },
        ]
      : [];
  const upTo = (count: number): Document =>
    count > 0 ? [{ ...list, items: list.items.slice(0, count) }] : [];
  const guess = countWithin(list.items, expected, (item) => runLength(item) + 1);
  const count = largestFitting(list.items.length, (n) => fits(upTo(n)), guess);
  const next = list.items[count];
  if (count > 0 || !next) return [upTo(count), from(count)];
  // Not even the first item fits: cut it. Its rest continues without a bullet.
  const [head, tail] = cutInlines(next, (item) => fits([{ ...list, items: [item] }]), expected);
  if (head.length === 0) return [[], [list]];
  return [[{ ...list, items: [head] }], [{ type: 'paragraph', children: tail }, ...from(1)]];
}

function cutInlineBlock(
  children: readonly Inline[],
  wrap: (children: readonly Inline[]) => Document,
  fits: Fits,
  expected: number,
): Cut {
  const [head, tail] = cutInlines(children, (beginning) => fits(wrap(beginning)), expected);
  return head.length > 0 ? [wrap(head), wrap(tail)] : [[], wrap(children)];
}

/** The best cut of a run of inlines: at a line's end, a sentence's, a word's, or between two graphemes. */
function cutInlines(
  children: readonly Inline[],
  fits: (beginning: readonly Inline[]) => boolean,
  expected: number,
): readonly [readonly Inline[], readonly Inline[]] {
  const known = new Map<number, boolean>();
  const holds = (n: number): boolean => {
    // An offset inside a link or a name counts as the one before it.
    const { index, left } = positionOf(children, n);
    const head = firstOf(children[index], left);
    const length = n - left + runLength(head);
    const answer = known.get(length) ?? fits(firstMembers(children, index, head));
    known.set(length, answer);
    return answer;
  };
  const reach = largestFitting(endsOf(children).at(-1) ?? 0, holds, expected);
  const window = textPrefix(children, reach + LOOK_AHEAD);
  for (const lastEnd of [lineEnd, sentenceEnd, wordEnd, graphemeEnd]) {
    const place = lastEnd(window, reach);
    if (place === 0 || place < reach * MIN_KEPT_SHARE) continue;
    const [head, tail] = divide(children, place);
    if (head.length > 0 && tail.length > 0) return [head, tail];
  }
  return cutAsText(children, fits, expected);
}

/** The first `length` characters of `inlineText`, without building all of it. */
function textPrefix(children: readonly Inline[], length: number): string {
  let prefix = '';
  for (const child of children) {
    if (prefix.length >= length) break;
    prefix += inlineText([child]).slice(0, length - prefix.length);
  }
  return prefix;
}

/** If a single link or name is longer than a whole part, it's turned into text, which can be cut. */
function cutAsText(
  children: readonly Inline[],
  fits: (beginning: readonly Inline[]) => boolean,
  expected: number,
): readonly [readonly Inline[], readonly Inline[]] {
  const [first, ...rest] = children;
  if (!first || first.type === 'text' || fits([first])) return [[], children];
  const written =
    first.type === 'link' && first.label ? `${inlineText([first])} ${first.url}` : inlineText([first]);
  return cutInlines([{ type: 'text', text: written }, ...rest], fits, expected);
}

/** Divides at an offset of `inlineText`; an inline that can't be cut goes to the second half. */
function divide(
  children: readonly Inline[],
  offset: number,
): readonly [readonly Inline[], readonly Inline[]] {
  return [firstHalf(children, offset), secondHalf(children, offset)];
}

function firstHalf(children: readonly Inline[], offset: number): readonly Inline[] {
  const { index, left } = positionOf(children, offset);
  return firstMembers(children, index, firstOf(children[index], left));
}

function secondHalf(children: readonly Inline[], offset: number): readonly Inline[] {
  const { index, left } = positionOf(children, offset);
  return left > 0
    ? [...secondOf(children[index], left), ...children.slice(index + 1)]
    : children.slice(index);
}

/** Which inline an offset falls into, and how far; past the last one if the offset is the end. */
function positionOf(
  children: readonly Inline[],
  offset: number,
): { readonly index: number; readonly left: number } {
  const ends = endsOf(children);
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return { index: low, left: low < ends.length ? offset - (ends[low - 1] ?? 0) : 0 };
}

const endsCache = new WeakMap<readonly Inline[], readonly number[]>();

/** The end offset of each inline. Cached: every offset that is tried in a run needs it. */
function endsOf(children: readonly Inline[]): readonly number[] {
  const found = endsCache.get(children);
  if (found) return found;
  let end = 0;
  const ends = children.map((child) => (end += lengthOfInline(child)));
  endsCache.set(children, ends);
  return ends;
}

function firstOf(child: Inline | undefined, offset: number): readonly Inline[] {
  if (!child || offset === 0) return [];
  switch (child.type) {
    case 'text':
      return [sliceText(child, 0, offset)];
    case 'code':
      return [{ ...child, text: child.text.slice(0, offset) }];
    case 'strong':
    case 'emphasis':
    case 'strike':
    case 'spoiler':
      return around(child, firstHalf(child.children, offset));
    default:
      return [];
  }
}

function secondOf(child: Inline | undefined, offset: number): readonly Inline[] {
  if (!child) return [];
  switch (child.type) {
    case 'text':
      return [sliceText(child, offset)];
    case 'code':
      return [{ ...child, text: child.text.slice(offset) }];
    case 'strong':
    case 'emphasis':
    case 'strike':
    case 'spoiler':
      return around(child, secondHalf(child.children, offset));
    default:
      return [child];
  }
}

const around = (
  style: Extract<Inline, { readonly children: unknown }>,
  children: readonly Inline[],
): readonly Inline[] => (children.length > 0 ? [{ ...style, children }] : []);

/**
 * The largest n in 0…max for which `holds`, provided that it holds for all smaller ones. Searches outwards from the
 * guess: a good guess costs two calls, and values near it cost about as much to test as the result itself.
 */
export function largestFitting(max: number, holds: (n: number) => boolean, guess = 0): number {
  let low = 0;
  let high = max;
  const from = Math.min(Math.max(Math.floor(guess), 0), max);
  if (from === 0 || holds(from)) {
    low = from;
    for (let step = 1; low + step <= high; step *= 2) {
      if (holds(low + step)) low += step;
      else high = low + step - 1;
    }
  } else {
    high = from - 1;
    for (let step = 1; high - step >= low && high > low; step *= 2) {
      if (holds(high - step)) low = high - step;
      else high = high - step - 1;
    }
  }
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** How many of the first elements have at most this length together. */
export function countWithin<T>(all: readonly T[], length: number, measure: (one: T) => number): number {
  let left = length;
  const end = all.findIndex((one) => {
    left -= measure(one);
    return left < 0;
  });
  return end < 0 ? all.length : end;
}

/** More characters than any platform allows in one part. */
const LONG = 8_192;

/**
 * The same predicate, but a long document is first tested by its beginning: if that doesn't fit, nor does the whole.
 */
export function quickReject(fits: Fits, long = LONG): Fits {
  return (part) => (lengthOf(part) <= long || fits(documentPrefix(part, long))) && fits(part);
}

/** About the first `length` characters of a document; what can't be cut stays whole. */
function documentPrefix(blocks: Document, length: number): Document {
  const count = countWithin(blocks, length, (block) => lengthOf([block]));
  const next = blocks[count];
  if (!next) return blocks;
  const whole = blocks.slice(0, count);
  const left = length - lengthOf(whole);
  return [...whole, ...blockPrefix(next, left)];
}

function blockPrefix(block: Block, length: number): Document {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
    case 'small':
      return [{ ...block, children: firstHalf(block.children, length) }];
    case 'list': {
      const items = block.items.slice(0, countWithin(block.items, length, runLength));
      const next = block.items[items.length];
      const left = length - items.reduce((sum, item) => sum + runLength(item), 0);
      return [{ ...block, items: next ? [...items, firstHalf(next, left)] : items }];
    }
    case 'quote':
    case 'hidden':
    case 'quoted-note':
      return [{ ...block, children: documentPrefix(block.children, length) }];
    case 'code-block':
      return [{ ...block, text: block.text.slice(0, length) }];
    default:
      return [];
  }
}
