import { type CooperativeTask, runToCompletion } from '../lib/time-slicing.ts';
import type { Block, Document } from '../note/document.ts';
import { countWithin, cutBlock, type Fits, largestFitting, quickReject } from './cut-block.ts';
import { lengthOf } from './lengths.ts';
import { firstMembers } from './row-slices.ts';

/** A part with fewer characters looks broken off, so the next block is cut to fill it. */
const MIN_PART_LENGTH = 200;
const BALANCING_STEPS = 6;
/**
 * Escaping can make a text ten times as long, so documents beyond this multiple of the expected length are first tested
 * by their beginning.
 */
const FAR = 2;

/**
 * Cuts a document into as few parts as `fits` allows, in order and of about the same length. Joined, they are the whole
 * document: no character is lost, and no link, name or emoji is cut. Pictures that follow the text go with the first
 * part, buttons with the last. A block that neither fits nor can be cut becomes a part of its own that exceeds the
 * limit: the caller's renderer must have a plainer form for it.
 */
export const split = (document: Document, fits: Fits): readonly Document[] =>
  runToCompletion(splitInSteps(document, fits));

/** The same in steps, one part each. */
export function* splitInSteps(document: Document, fitsPart: Fits): CooperativeTask<readonly Document[]> {
  const fits = quickReject(fitsPart);
  if (fits(document)) return [document];
  const buttons = document.filter((block) => block.type === 'buttons');
  const rest = document.filter((block) => block.type !== 'buttons');
  const end = rest.findLastIndex((block) => block.type !== 'media') + 1;
  const trailing = rest.slice(end);
  const gallery = end > 0 && fits([...trailing, ...buttons]) ? trailing : [];
  const body = gallery.length > 0 ? rest.slice(0, end) : rest;

  const taken: TakenParts = new Map();
  const partsWithin = (limit: number, maxParts: number) =>
    fillPartsInSteps(
      body,
      (part, index) => {
        const below = index === 0 ? [...gallery, ...buttons] : buttons;
        return lengthOf(part) <= limit && fits(firstMembers(part, part.length, below));
      },
      { expected: limit, maxParts, taken },
    );
  const parts = yield* balance(partsWithin, lengthOf(body));
  return parts.map((part, index) => [
    ...part,
    ...(index === 0 ? gallery : []),
    ...(index === parts.length - 1 ? buttons : []),
  ]);
}

/** Parts with the smallest limit on their length that doesn't increase their number. */
function* balance(
  partsWithin: (limit: number, maxParts: number) => CooperativeTask<Document[]>,
  length: number,
): CooperativeTask<Document[]> {
  let best = yield* partsWithin(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  let low = Math.ceil(length / best.length);
  let high = Math.max(...best.map(lengthOf));
  for (let step = 0; step < BALANCING_STEPS && low < high; step += 1) {
    const limit = Math.floor((low + high) / 2);
    // One part too many already shows that the limit is too small.
    const parts = yield* partsWithin(limit, best.length + 1);
    if (parts.length <= best.length) {
      best = parts;
      high = limit;
    } else low = limit + 1;
  }
  return best;
}

/** A part, the rest after it, and what the search learned about lengths. */
interface TakenPart {
  readonly part: Document;
  readonly after: Document;
  /** The longest length that fits. */
  readonly longest: number;
  /** A candidate was rejected for a reason other than its length. */
  readonly isRefused: boolean;
}

/** Parts without a length limit, by the document that was left before them. */
type TakenParts = Map<Document, TakenPart>;

interface FillOptions {
  /** Default: no limit. */
  readonly maxParts?: number;
  /** The length of a part, if known. */
  readonly expected?: number;
  /** Earlier parts of the same body. Those that a limit on length doesn't affect are reused. */
  readonly taken?: TakenParts;
}

/** Fills one part after the other, each as long as fits, until nothing is left or there are `maxParts`. */
export function* fillPartsInSteps(
  body: Document,
  fits: (part: Document, index: number) => boolean,
  {
    maxParts = Number.POSITIVE_INFINITY,
    expected = Number.POSITIVE_INFINITY,
    taken = new Map(),
  }: FillOptions = {},
): CooperativeTask<Document[]> {
  const parts: Document[] = [];
  let rest = body;
  let length = Number.isFinite(expected) ? expected : 0;
  let before = { longest: 0, isRefused: false };
  while (rest.length > 0 && parts.length < maxParts) {
    const index = parts.length;
    const known = taken.get(rest);
    const isFar = index > 0 && !Number.isFinite(expected);
    const one: TakenPart =
      known && known.longest <= expected
        ? known
        : takeMeasured(rest, (blocks) => fits(blocks, index), { expected, length, isFar });
    if (!Number.isFinite(expected)) taken.set(rest, one);
    parts.push(one.part);
    rest = one.after;
    // The next part will take as much as could have fitted here: this part may be shorter, cut at a good place or before
    // a long link.
    length = one.isRefused || before.isRefused ? Math.max(one.longest, before.longest) : expected;
    before = one;
    if (one !== known) yield;
  }
  return parts;
}

/** `length`: about how long the part will be. `isFar`: it may be much shorter. */
function takeMeasured(
  rest: Document,
  fits: Fits,
  { expected, length, isFar }: { expected: number; length: number; isFar: boolean },
): TakenPart {
  let [longest, isRefused] = [0, false];
  const measured: Fits = (blocks) => {
    const answer = fits(blocks);
    const size = lengthOf(blocks);
    if (answer) longest = Math.max(longest, size);
    else isRefused ||= size <= expected;
    return answer;
  };
  const [part, after] = takePart(rest, isFar ? quickReject(measured, FAR * length) : measured, length);
  // Not even one character of the first block fits: it becomes a part of its own, so that the rest can follow.
  return part.length > 0
    ? { part, after, longest, isRefused }
    : { part: rest.slice(0, 1), after: rest.slice(1), longest, isRefused };
}

/**
 * The longest good beginning that fits, and the rest. The beginning is empty if nothing fits. `expected`: about how
 * many characters it will have, as for `cutBlock`.
 */
export function takePart(blocks: Document, fits: Fits, expected = 0): readonly [Document, Document] {
  const guess = countWithin(blocks, expected, (block) => lengthOf([block]) + 2);
  const count = largestFitting(blocks.length, (n) => fits(firstMembers(blocks, n)), guess);
  const whole = firstMembers(blocks, count);
  const next = blocks[count];
  if (!next) return [whole, []];
  const boundary = [
    withoutTrailingHeading(whole),
    blocks.slice(withoutTrailingHeading(whole).length),
  ] as const;
  if (lengthOf(boundary[0]) >= MIN_PART_LENGTH && fits([next])) return boundary;
  const left = Math.max(0, expected - lengthOf(whole) - (whole.length > 0 ? 2 : 0));
  const [head, tail] = cutBlock(
    next,
    (beginning) => fits(firstMembers(blocks, count, beginning)),
    takePart,
    left,
  );
  if (head.length > 0) return [firstMembers(blocks, count, head), [...tail, ...blocks.slice(count + 1)]];
  return boundary[0].length > 0 ? boundary : [whole, blocks.slice(count)];
}

/** Without a heading at the end: it belongs to what follows. */
function withoutTrailingHeading(blocks: Document): readonly Block[] {
  const last = blocks.findLastIndex((block) => block.type !== 'heading') + 1;
  return blocks.slice(0, last);
}
