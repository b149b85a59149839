import { type Block, type Document, documentText } from '../note/document.ts';
import { cutBlock, type Fits, largest } from './cut.ts';

/** A part that ends before this many characters looks broken off: rather cut the next block than leave it so. */
const SHORT_PART = 200;
const BALANCING_STEPS = 6;

/**
 * Cuts a document into as few parts as `fits` allows, in order, of about the same length. Joined they say the same:
 * no character is lost, and no link, name or emoji is cut. Pictures that follow the text go with the first part,
 * buttons with the last. A block that can't be cut and fits nowhere stands alone, over the limit: the caller's
 * renderer must have a plainer form for it.
 */
export function split(document: Document, fits: Fits): readonly Document[] {
  if (fits(document)) return [document];
  const buttons = document.filter((block) => block.type === 'buttons');
  const rest = document.filter((block) => block.type !== 'buttons');
  const end = rest.findLastIndex((block) => block.type !== 'media') + 1;
  const trailing = rest.slice(end);
  const gallery = end > 0 && fits([...trailing, ...buttons]) ? trailing : [];
  const body = gallery.length > 0 ? rest.slice(0, end) : rest;

  const partsWithin = (limit: number) =>
    fill(body, (part, index) => {
      const whole = index === 0 ? [...part, ...gallery, ...buttons] : [...part, ...buttons];
      return fits(whole) && documentText(part).length <= limit;
    });
  const parts = balance(partsWithin, documentText(body).length);
  return parts.map((part, index) => [
    ...part,
    ...(index === 0 ? gallery : []),
    ...(index === parts.length - 1 ? buttons : []),
  ]);
}

/** The smallest limit on a part's length that needs no more parts than no limit at all. */
function balance(partsWithin: (limit: number) => Document[], length: number): Document[] {
  let best = partsWithin(Number.POSITIVE_INFINITY);
  let low = Math.ceil(length / best.length);
  let high = Math.max(...best.map((part) => documentText(part).length));
  for (let step = 0; step < BALANCING_STEPS && low < high; step += 1) {
    const limit = Math.floor((low + high) / 2);
    const parts = partsWithin(limit);
    if (parts.length <= best.length) {
      best = parts;
      high = limit;
    } else low = limit + 1;
  }
  return best;
}

/** Part after part, each as long as fits, until nothing is left or there are `most`. */
export function fill(
  body: Document,
  fits: (part: Document, index: number) => boolean,
  most = Number.POSITIVE_INFINITY,
): Document[] {
  const parts: Document[] = [];
  let rest = body;
  while (rest.length > 0 && parts.length < most) {
    const index = parts.length;
    const [part, after] = take(rest, (blocks) => fits(blocks, index));
    // Nothing fits, not even one character of the first block: it goes alone, so that the rest gets on.
    parts.push(part.length > 0 ? part : rest.slice(0, 1));
    rest = part.length > 0 ? after : rest.slice(1);
  }
  return parts;
}

/** The longest good beginning that fits, and what comes after it. The beginning is empty where nothing fits. */
export function take(blocks: Document, fits: Fits): readonly [Document, Document] {
  const count = largest(blocks.length, (n) => fits(blocks.slice(0, n)));
  const whole = blocks.slice(0, count);
  const next = blocks[count];
  if (!next) return [whole, []];
  const boundary = [keptTogether(whole), blocks.slice(keptTogether(whole).length)] as const;
  if (documentText(boundary[0]).length >= SHORT_PART && fits([next])) return boundary;
  const [head, tail] = cutBlock(next, (beginning) => fits([...whole, ...beginning]), take);
  if (head.length > 0)
    return [
      [...whole, ...head],
      [...tail, ...blocks.slice(count + 1)],
    ];
  return boundary[0].length > 0 ? boundary : [whole, blocks.slice(count)];
}

/** Without a heading at the end: it belongs to what follows. */
function keptTogether(blocks: Document): readonly Block[] {
  const last = blocks.findLastIndex((block) => block.type !== 'heading') + 1;
  return blocks.slice(0, last);
}
