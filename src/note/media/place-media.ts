import { type Document, type Inline, type Media, text } from '../document.ts';
import { splitParagraphs } from '../parse/parse-text.ts';
import { extractMedia } from './extract-media.ts';

/** A text taken apart: its words as they are without media, and the document with those in place that the words need there. */
export interface PlacedMedia {
  readonly words: Document;
  readonly body: Document;
  /** Media that stand in no place of their own: before or after all that is said. */
  readonly gallery: readonly Media[];
  /** All of them, in their order, each address once. */
  readonly media: readonly Media[];
}

/**
 * Media stand where they were put, where something is said before and after them: at the end of their line, for a
 * sentence is not to be torn. Those that only open or close a text remain a gallery; hashtags say nothing.
 */
export function placeMedia(run: readonly Inline[], described: readonly Media[]): PlacedMedia {
  const lifted = extractMedia(run, described);
  const words = splitParagraphs(lifted.run);
  const gathered: PlacedMedia = { words, body: words, gallery: lifted.media, media: lifted.media };
  if (lifted.media.length === 0 || words.length === 0) return gathered;

  const pieces = splitPieces(run, new Map(lifted.media.map((item) => [item.url, item])));
  const first = pieces.findIndex(({ said }) => said);
  const last = pieces.findLastIndex(({ said }) => said);
  const inside = pieces.slice(first, last);
  if (first < 0 || inside.every(({ media }) => media.length === 0)) return gathered;

  const shown = new Set<string>();
  const fresh = (media: readonly Media[]): readonly Media[] =>
    media.filter(({ url }) => !shown.has(url) && shown.add(url));
  const gallery: Media[] = [];
  const body = pieces.flatMap((piece, index): Document => {
    const items = fresh(piece.media);
    if (index < last && items.length > 0) return [...piece.body, { type: 'media', items }];
    gallery.push(...items);
    return piece.body;
  });
  return { words, body, gallery, media: lifted.media };
}

interface Piece {
  readonly body: Document;
  readonly media: Media[];
  /** Whether it has words that a picture may stand between. */
  readonly said: boolean;
}

/** The text cut after every line that has media; media of lines that follow each other are together. */
function splitPieces(run: readonly Inline[], media: ReadonlyMap<string, Media>): readonly Piece[] {
  const pieces: Piece[] = [];
  let open: Inline[] = [];
  let items: Media[] = [];
  const close = (): void => {
    const { run: words } = extractMedia(open, items);
    const piece: Piece = { body: splitParagraphs(words), media: items, said: words.some(says) };
    const before = pieces.at(-1);
    if (before && piece.body.length === 0) before.media.push(...items);
    else pieces.push(piece);
    open = [];
    items = [];
  };
  for (const inline of run) {
    const lines = inline.type === 'text' && !inline.placeholder ? inline.text.split(/(?<=\n)/u) : [];
    if (lines.length === 0) open.push(inline);
    for (const line of lines) {
      const last = open.at(-1);
      if (last?.type === 'text' && !last.placeholder) open[open.length - 1] = text(last.text + line);
      else open.push(text(line));
      if (items.length > 0 && line.endsWith('\n')) close();
    }
    const item = inline.type === 'link' ? media.get(inline.url) : undefined;
    if (item) items.push(item);
  }
  if (open.length > 0) close();
  return pieces;
}

function says(inline: Inline): boolean {
  switch (inline.type) {
    case 'hashtag':
    case 'emoji':
      return false;
    case 'text':
      return /[\p{L}\p{N}]/u.test(inline.text);
    case 'strong':
    case 'emphasis':
    case 'strike':
    case 'spoiler':
      return inline.children.some(says);
    default:
      return true;
  }
}
