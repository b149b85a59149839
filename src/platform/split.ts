import { type CooperativeTask, runToCompletion } from '../lib/time-slicing.ts';
import type { Block, Document } from '../note/document.ts';
import { countWithin, cutBlock, type Fits, largestFitting, quickReject } from './cut-block.ts';
import { lengthOf } from './lengths.ts';
import { firstMembers } from './stretch.ts';

/** A part that ends before this many characters looks broken off: rather cut the next block than leave it so. */
const MIN_PART_LENGTH = 200;
const BALANCING_STEPS = 6;
/** What is so many times as long as expected is first asked about by its beginning: some texts are written ten times as long. */
const FAR = 2;

/**
 * Cuts a document into as few parts as `fits` allows, in order, of about the same length. Joined they say the same:
 * no character is lost, and no link, name or emoji is cut. Pictures that follow the text go with the first part,
 * buttons with the last. A block that can't be cut and fits nowhere stands alone, over the limit: the caller's
 * renderer must have a plainer form for it.
 */
export const split = (document: Document, fits: Fits): readonly Document[] =>
  runToCompletion(splitInSteps(document, fits));

/** The same, part by part. */
export function* splitInSteps(document: Document, asked: Fits): CooperativeTask<readonly Document[]> {
  const fits = quickReject(asked);
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

/** The smallest limit on a part's length that needs no more parts than no limit at all. */
function* balance(
  partsWithin: (limit: number, most: number) => CooperativeTask<Document[]>,
  length: number,
): CooperativeTask<Document[]> {
  let best = yield* partsWithin(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  let low = Math.ceil(length / best.length);
  let high = Math.max(...best.map(lengthOf));
  for (let step = 0; step < BALANCING_STEPS && low < high; step += 1) {
    const limit = Math.floor((low + high) / 2);
    // One more tells as much as all that would come after it.
    const parts = yield* partsWithin(limit, best.length + 1);
    if (parts.length <= best.length) {
      best = parts;
      high = limit;
    } else low = limit + 1;
  }
  return best;
}

/** A part, what is left after it, and what was found out about lengths. */
interface TakenPart {
  readonly part: Document;
  readonly after: Document;
  /** The longest that fits. */
  readonly longest: number;
  /** Something was refused for another reason than its length. */
  readonly isRefused: boolean;
}

/** Parts of no limited length, by what was left before them. */
type TakenParts = Map<Document, TakenPart>;

interface FillOptions {
  /** How many parts at most. */
  readonly maxParts?: number;
  /** How long a part will be, where that is known. */
  readonly expected?: number;
  /** Parts of the same body that were taken before. Those that a limit on their length doesn't change need not be looked for again. */
  readonly taken?: TakenParts;
}

/** Part after part, each as long as fits, until nothing is left or there are `most`. */
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
    // About as much will fit into the next one, whatever this one has: that was cut at a good place, or before a long link.
    length = one.isRefused || before.isRefused ? Math.max(one.longest, before.longest) : expected;
    before = one;
    if (one !== known) yield;
  }
  return parts;
}

/** `length`: about how long it will be. `isFar`: it may be much shorter. */
function takeMeasured(
  rest: Document,
  fits: Fits,
  { expected, length, isFar }: { expected: number; length: number; isFar: boolean },
): TakenPart {
  let [longest, isRefused] = [0, false];
  const asked: Fits = (blocks) => {
    const answer = fits(blocks);
    const size = lengthOf(blocks);
    if (answer) longest = Math.max(longest, size);
    else isRefused ||= size <= expected;
    return answer;
  };
  const [part, after] = takePart(rest, isFar ? quickReject(asked, FAR * length) : asked, length);
  // Nothing fits, not even one character of the first block: it goes alone, so that the rest gets on.
  return part.length > 0
    ? { part, after, longest, isRefused }
    : { part: rest.slice(0, 1), after: rest.slice(1), longest, isRefused };
}

/**
 * The longest good beginning that fits, and what comes after it. The beginning is empty where nothing fits. `expected`:
 * about how many characters it will have, as for `cutBlock`.
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
