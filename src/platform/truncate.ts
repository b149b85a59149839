import { type CooperativeTask, runToCompletion } from '../lib/time-slicing.ts';
import {
  type Block,
  buttons,
  type Document,
  documentText,
  link,
  type Media,
  paragraph,
  text,
} from '../note/document.ts';
import type { LongNoteFallback } from '../note/present/long-note-fallback.ts';
import { type Fits, quickReject } from './cut-block.ts';
import { lengthOf } from './lengths.ts';
import { fillPartsInSteps, takePart } from './split.ts';
import type { LongTextMode } from './style-spec.ts';

/** More messages in a row than this, and readers scroll past. */
const MAX_PARTS = 3;
/** UTF-16 units of what stands for a long text. With a title and a picture it still fits under one (Telegram: 1024). */
const MAX_SUMMARY = 600;
/** What is left of the room when a cut text still takes too many parts. */
const LESS = 0.9;

/** How a platform takes documents. */
export interface PartMeasure {
  /** Whether that is one part. */
  readonly fits: Fits;
  /** How many parts with words it takes. */
  countParts(document: Document): CooperativeTask<number>;
}

/**
 * The document as long as it is to be. One that fits into one message stays as it is, whatever is asked. A cut one
 * takes at most three parts and ends with an ellipsis and the way to the rest; a summed up one is the title, the
 * author's summary or the first words, a picture and that way. Nothing is cut inside a link, a name or an emoji.
 */
export const truncate = (
  document: Document,
  long: LongTextMode,
  brief: LongNoteFallback | undefined,
  room: PartMeasure,
): Document => runToCompletion(truncateInSteps(document, long, brief, room));

/** The same, try by try. */
export function* truncateInSteps(
  document: Document,
  long: LongTextMode,
  brief: LongNoteFallback | undefined,
  asked: PartMeasure,
): CooperativeTask<Document> {
  const room = { ...asked, fits: quickReject(asked.fits) };
  if (!brief || room.fits(document)) return document;
  switch (long) {
    case 'split':
      return document;
    case 'cut':
      return yield* cutShort(document, brief, room);
    case 'summary':
      return summaryOf(document, brief);
    case 'auto':
      return brief.isArticle ? summaryOf(document, brief) : document;
  }
}

function* cutShort(
  document: Document,
  { readOn }: LongNoteFallback,
  { fits, countParts }: PartMeasure,
): CooperativeTask<Document> {
  const isButtons = ({ type }: Block): boolean => type === 'buttons';
  const rest = document.filter((block) => !isButtons(block));
  // Pictures at the end stay, and what is said below: what is answered, where it comes from.
  const end = rest.findLastIndex(({ type }) => type !== 'media' && type !== 'small') + 1;
  const [body, gallery] = [rest.slice(0, end), rest.slice(end)];
  const first = yield* fillPartsInSteps(body, fits, { maxParts: MAX_PARTS });
  const isWhole = first.reduce((sum, part) => sum + visibleLength(part), 0) >= visibleLength(body);
  if (isWhole && (yield* countParts(document)) <= MAX_PARTS) return document;

  const more = paragraph(text('… '), link(readOn.url, readOn.label));
  for (let most = lengthOf(first.flat()); most > 0; most = Math.floor(most * LESS)) {
    yield;
    const [beginning] = takePart(body, (blocks) => lengthOf(blocks) <= most, most);
    const shorter = [...beginning, more, ...gallery, ...document.filter(isButtons)];
    if (beginning.length > 0 && (yield* countParts(shorter)) <= MAX_PARTS) return shorter;
  }
  return document;
}

/** Characters that show; how blocks are set apart does not count. */
function visibleLength(document: Document): number {
  return documentText(document).replace(/\s/gu, '').length;
}

/** Who wrote it and quiet lines stay; what is hidden stays hidden. */
function summaryOf(document: Document, brief: LongNoteFallback): Document {
  const content = document.filter(({ type }) => type !== 'buttons' && type !== 'small' && type !== 'byline');
  return [
    ...document.filter(({ type }) => type === 'byline'),
    ...summaryBlocks(content, brief),
    ...document.filter(({ type }) => type === 'small'),
    buttons([{ label: brief.readOn.label, url: brief.readOn.url }]),
  ];
}

function summaryBlocks(blocks: Document, brief: LongNoteFallback): Document {
  const [first, ...rest] = blocks;
  if (first?.type === 'hidden') return [{ ...first, children: summaryBlocks(first.children, brief) }];
  const title = first?.type === 'heading' ? [first] : [];
  const body = title.length > 0 ? rest : blocks;
  const veiled = body.find(({ type }) => type === 'hidden');
  if (veiled?.type === 'hidden')
    return [...title, { ...veiled, children: summaryBlocks(veiled.children, brief) }];
  const cover = pictureIn(body);
  return [
    ...title,
    ...openingBlocks(body, brief),
    ...(cover ? [{ type: 'media', items: [cover] } as const] : []),
  ];
}

function openingBlocks(body: Document, { summary }: LongNoteFallback): Document {
  const opening =
    body.find(({ type }) => type === 'paragraph') ?? body.find((block) => visibleLength([block]) > 0);
  const words = summary ? [paragraph(...summary)] : opening && opening.type !== 'media' ? [opening] : [];
  const fits: Fits = (part) => lengthOf(part) <= MAX_SUMMARY;
  if (fits(words)) return words;
  const [beginning] = takePart(words, fits, MAX_SUMMARY);
  return beginning.length > 0 ? withEllipsis(beginning) : [];
}

function withEllipsis(blocks: Document): Document {
  const last = blocks.at(-1);
  return last?.type === 'paragraph'
    ? [...blocks.slice(0, -1), { ...last, children: [...last.children, text(' …')] }]
    : [...blocks, paragraph(text('…'))];
}

function pictureIn(blocks: Document): Media | undefined {
  return blocks
    .flatMap((block) => (block.type === 'media' ? block.items : []))
    .find(({ kind }) => kind === 'image');
}
