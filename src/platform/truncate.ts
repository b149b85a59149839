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

/** Readers scroll past more messages in a row than this. */
const MAX_PARTS = 3;
/** UTF-16 units of a summary. With a title it still fits under a picture (Telegram: 1024). */
const MAX_SUMMARY = 600;
/** Factor by which the limit shrinks while a cut text still needs too many parts. */
const SHRINK_FACTOR = 0.9;

/** How a platform measures documents. */
export interface PartMeasure {
  /** Whether a document fits into one part. */
  readonly fits: Fits;
  /** How many parts with text a document needs. */
  countParts(document: Document): CooperativeTask<number>;
}

/**
 * The document, shortened as `long` says. One that fits into one message is never changed. A cut document takes at most
 * three parts and ends with an ellipsis and a link to the rest; a summary is the title, the author's summary or the
 * first words, a picture and that link. No link, name or emoji is cut.
 */
export const truncate = (
  document: Document,
  long: LongTextMode,
  brief: LongNoteFallback | undefined,
  room: PartMeasure,
): Document => runToCompletion(truncateInSteps(document, long, brief, room));

/** The same in steps, one attempt each. */
export function* truncateInSteps(
  document: Document,
  long: LongTextMode,
  brief: LongNoteFallback | undefined,
  measure: PartMeasure,
): CooperativeTask<Document> {
  const room = { ...measure, fits: quickReject(measure.fits) };
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
  // Keeps trailing pictures, and the small print below: what the note replies to, where it comes from.
  const end = rest.findLastIndex(({ type }) => type !== 'media' && type !== 'small') + 1;
  const [body, gallery] = [rest.slice(0, end), rest.slice(end)];
  const first = yield* fillPartsInSteps(body, fits, { maxParts: MAX_PARTS });
  const isWhole = first.reduce((sum, part) => sum + visibleLength(part), 0) >= visibleLength(body);
  if (isWhole && (yield* countParts(document)) <= MAX_PARTS) return document;

  const more = paragraph(text('… '), link(readOn.url, readOn.label));
  for (let most = lengthOf(first.flat()); most > 0; most = Math.floor(most * SHRINK_FACTOR)) {
    yield;
    const [beginning] = takePart(body, (blocks) => lengthOf(blocks) <= most, most);
    const shorter = [...beginning, more, ...gallery, ...document.filter(isButtons)];
    if (beginning.length > 0 && (yield* countParts(shorter)) <= MAX_PARTS) return shorter;
  }
  return document;
}

/** The number of visible characters, without white space. */
function visibleLength(document: Document): number {
  return documentText(document).replace(/\s/gu, '').length;
}

/** Keeps the byline and small print; hidden content stays hidden. */
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
  const hiddenBlock = body.find(({ type }) => type === 'hidden');
  if (hiddenBlock?.type === 'hidden')
    return [...title, { ...hiddenBlock, children: summaryBlocks(hiddenBlock.children, brief) }];
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
