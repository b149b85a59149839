import { fitText } from '../../lib/truncate-text.ts';
import {
  type Block,
  type Document,
  type Inline,
  inlineText,
  link,
  paragraph,
  strong,
  text,
} from '../document.ts';
import { mapInlines } from '../visit.ts';

/** The remaining space. */
interface Room {
  characters: number;
  lines: number;
}

const MAX_LINES = 8;
/** UTF-16 units. Longer URLs would fill the excerpt, so they're shown as their site. */
const MAX_ADDRESS = 60;

/**
 * The beginning of a document as paragraphs of at most `length` characters and eight lines in all. Cut after a word (in
 * Chinese: a character), never inside a link or a name, and with an ellipsis. Omits pictures and hidden text.
 */
export function excerptOf(document: Document, length: number): Document {
  const room: Room = { characters: length, lines: MAX_LINES };
  const taken: Block[] = [];
  for (const run of runsOf(mapInlines(document, withShortAddress))) {
    const beginning = room.lines > 0 ? runWithin(run, room) : [];
    const cut = beginning.length < run.length || inlineText(beginning) !== inlineText(run);
    const last = taken.at(-1);
    if (beginning.length > 0)
      taken.push(paragraph(...beginning, ...(cut ? [text(ellipsisAfter(beginning))] : [])));
    else if (last?.type === 'paragraph') taken[taken.length - 1] = paragraph(...last.children, text(' …'));
    if (cut) break;
    room.lines -= 1;
  }
  return taken;
}

/** The ellipsis directly follows a cut word, but not punctuation. */
const ellipsisAfter = (run: readonly Inline[]): string =>
  /[\p{L}\p{N}]$/u.test(inlineText(run)) ? '…' : ' …';

function withShortAddress(inline: Inline): Inline {
  if (inline.type !== 'link' || inline.label || inline.written.length <= MAX_ADDRESS) return inline;
  return { ...inline, label: [text(new URL(inline.url).hostname.replace(/^www\./u, ''))] };
}

/** The runs of all blocks with text. */
function runsOf(document: Document): readonly (readonly Inline[])[] {
  return document.flatMap((block): readonly (readonly Inline[])[] => {
    switch (block.type) {
      case 'paragraph':
      case 'small':
        return [block.children];
      case 'heading':
        return [[strong(...block.children)]];
      case 'list':
        return block.items.map((item, index) => [
          text(block.start === undefined ? '• ' : `${block.start + index}. `),
          ...item,
        ]);
      case 'quote':
      case 'quoted-note':
        return runsOf(block.children);
      case 'code-block':
        return [[text(block.text)]];
      case 'link-card':
        return [[link(block.url, block.title)]];
      case 'hidden':
      case 'media':
      case 'byline':
      case 'portrait':
      case 'divider':
      case 'buttons':
      case 'select':
        return [];
    }
  });
}

/** As much of a run as fits; if something doesn't fit, no space is left. */
function runWithin(run: readonly Inline[], room: Room): readonly Inline[] {
  const taken: Inline[] = [];
  for (const inline of run) {
    const piece = pieceOf(inline, room);
    if (piece) taken.push(piece);
    if (!piece || inlineText([piece]) !== inlineText([inline])) {
      room.characters = 0;
      break;
    }
  }
  return taken;
}

function pieceOf(inline: Inline, room: Room): Inline | undefined {
  switch (inline.type) {
    case 'text':
    case 'code': {
      const piece = wordsOf(inline.text, room);
      return piece === '' && inline.text !== '' ? undefined : { ...inline, text: piece };
    }
    case 'strong':
    case 'emphasis':
    case 'strike':
    case 'spoiler': {
      const children = runWithin(inline.children, room);
      return children.length > 0 ? { ...inline, children } : undefined;
    }
    case 'link':
    case 'mention':
    case 'hashtag':
    case 'emoji':
    case 'command':
    case 'time': {
      const { length } = inlineText([inline]);
      if (length > room.characters) return undefined;
      room.characters -= length;
      return inline;
    }
  }
}

function wordsOf(words: string, room: Room): string {
  const lines = words.split('\n').slice(0, room.lines).join('\n');
  const piece = lines.length <= room.characters ? lines : fitText(lines, room.characters);
  room.characters -= piece.length;
  room.lines -= piece.split('\n').length - 1;
  return piece;
}
