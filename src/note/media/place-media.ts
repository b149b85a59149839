import { type Document, type Inline, type Media, text } from '../document.ts';
import { splitParagraphs } from '../parse/parse-text.ts';
import { extractMedia } from './extract-media.ts';

/** A text split into words and media. */
export interface PlacedMedia {
  readonly words: Document;
  readonly body: Document;
  /** Media without a place in the text: before or after all of it. */
  readonly gallery: readonly Media[];
  /** All media in order, each URL once. */
  readonly media: readonly Media[];
}

/**
 * Media between words stay at their place, after the line they're on, so that no sentence is split. Media that only
 * open or close a text form a gallery. Hashtags don't count as words.
 */
export function placeMedia(run: readonly Inline[], described: readonly Media[]): PlacedMedia {
  const lifted = extractMedia(run, described);
  const words = splitParagraphs(lifted.run);
  const gathered: PlacedMedia = { words, body: words, gallery: lifted.media, media: lifted.media };
  if (lifted.media.length === 0 || words.length === 0) return gathered;

  const pieces = splitPieces(run, new Map(lifted.media.map((item) => [item.url, item])));
  const first = pieces.findIndex(({ hasWords }) => hasWords);
  const last = pieces.findLastIndex(({ hasWords }) => hasWords);
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
  /** Whether the piece contains words, so that a picture may come before or after them. */
  readonly hasWords: boolean;
}

/** Splits the text after every line with media; media of consecutive lines stay together. */
function splitPieces(run: readonly Inline[], media: ReadonlyMap<string, Media>): readonly Piece[] {
  const pieces: Piece[] = [];
  let open: Inline[] = [];
  let items: Media[] = [];
  const close = (): void => {
    const { run: words } = extractMedia(open, items);
    const piece: Piece = { body: splitParagraphs(words), media: items, hasWords: words.some(says) };
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
