import { isolated } from '../text/isolated.ts';
import type { Texts } from '../text/texts.ts';
import {
  type Block,
  buttons,
  type Document,
  documentText,
  heading,
  type Inline,
  link,
  small,
  text,
  withoutMedia,
} from './document.ts';
import type { Note } from './note.ts';
import { inWordsOf } from './own-words.ts';
import { labelOf } from './parse/references.ts';
import { eventUrl, pointerUrl, readAddress } from './pointer.ts';
import { nameOf, wordsOf } from './quotation.ts';
import { type Knowledge, NOTHING_KNOWN } from './references.ts';
import { oneLine, shortLine } from './shortened.ts';
import { withTimes } from './times.ts';
import { withKnowledge } from './with-knowledge.ts';

/** Where readers have something to do on Nostr, the way there says so: polls (NIP-88), streams (NIP-53). */
const TO_DO: ReadonlyMap<number, 'vote' | 'watch'> = new Map([
  [1_068, 'vote'],
  [30_311, 'watch'],
]);

function toDo({ kind, over, postType, media, body }: Note): 'vote' | 'watch' | 'open' {
  if (over) return 'open';
  const shown = [...media, ...body.flatMap((block) => (block.type === 'media' ? block.items : []))];
  // A video that only players open is watched there, too.
  const isElsewhere = postType === 'video' && !shown.some((item) => item.kind === 'video');
  return TO_DO.get(kind) ?? (isElsewhere ? 'watch' : 'open');
}

/** A note in full, as readers see it: headline, words, pictures, the way to the original; those it names as known. */
export function present(note: Note, texts: Texts, knowledge: Knowledge = NOTHING_KNOWN): Document {
  const body = withKnowledge(note, knowledge, texts);
  const gallery: Document = note.media.length > 0 ? [{ type: 'media', items: note.media }] : [];
  const words: Document = [
    ...(note.title ? [heading(2, text(note.title))] : []),
    ...(body.length > 0 || gallery.length > 0 ? body : [small(text(texts.note.untitled))]),
  ];
  // What a phone shows of a message is its first words: they are the author's. Where they come from is said last.
  const reply = replyLine(note, texts, knowledge);
  return inWordsOf(texts, [
    ...(note.warning === undefined
      ? [...words, ...gallery, ...reply]
      : // The headline too may be the first line of what is not for everybody.
        [hidden(texts.note.warning(note.warning), [...words, ...gallery]), ...reply]),
    buttons([{ label: texts.note[toDo(note)], url: eventUrl(note.event) }]),
  ]);
}

const hidden = (reason: string, children: Document): Block => ({ type: 'hidden', reason, children });

/** Only answers to others need it: the author's own thread explains itself. */
function replyLine(note: Note, texts: Texts, knowledge: Knowledge): readonly Block[] {
  if (note.postType !== 'reply' || !note.replyTo) return [];
  const parent = readAddress(note.replyTo) ?? ({ type: 'event', id: note.replyTo, relays: [] } as const);
  const known = knowledge.note(note.replyTo);
  if (known?.pubkey === note.pubkey) return [];
  const words = known && shortLine(wordsOf(known, knowledge, texts), MAX_HEADLINE);
  return [
    small(
      text(`↩ ${texts.note.inReplyTo} `),
      link(pointerUrl(parent), known ? isolated(nameOf(known.pubkey, knowledge)) : labelOf(parent, texts)),
      ...(words ? [text(texts.marks.colon + words)] : []),
    ),
  ];
}

const MAX_HEADLINE = 80;

/** What stands for a note in a list: its title, or its first words up to the end of a word. Never empty. */
export function headlineOf(note: Note, texts: Texts): string {
  if (note.warning !== undefined) return shortLine(texts.note.warning(note.warning), MAX_HEADLINE);
  if (note.title) return headOf(note.title, MAX_HEADLINE);
  return (
    headOf(firstWords(note, texts), MAX_HEADLINE) ||
    shortLine(altOf(note), MAX_HEADLINE) ||
    texts.postTypes[note.postType]
  );
}

/** What the first medium that says it shows. */
const altOf = ({ body, media }: Note): string =>
  [...body.flatMap((block) => (block.type === 'media' ? block.items : [])), ...media].find(({ alt }) => alt)
    ?.alt ?? '';

/** What comes after the headline, on one line; empty where the headline says it all. */
export function teaserOf(note: Note, length: number, texts: Texts): string {
  if (note.warning !== undefined) return '';
  // Headings between the words would run into them.
  const body = withoutMedia(note.body).filter((block, index) => index === 0 || block.type !== 'heading');
  const words = asOneLine(briefly(body, texts));
  if (note.title) return headOf(words, length);
  const first = firstWords(note, texts);
  const headline = headOf(first, MAX_HEADLINE);
  const said = headline === first ? first : headline.slice(0, -1);
  const rest = words.startsWith(said) ? words.slice(said.length).replace(/^[\s.…,;:–—]+/u, '') : words;
  return rest && headOf((headline === first ? '' : '…') + rest, length);
}

/** The first paragraph or the headline of a page, or all there is where the note does not begin with one. */
function firstWords(note: Note, texts: Texts): string {
  const body = withoutMedia(note.body);
  const [first] = body;
  const isHead = first && (first.type === 'link-card' || ('children' in first && first.type !== 'quote'));
  return asOneLine(briefly(isHead ? [first] : body, texts));
}

/** Longer addresses are named by their site. */
const MAX_ADDRESS = 40;

/** The words of a document with short addresses, which are there to be recognised, as lists put them. */
export function briefly(document: Document, texts: Texts): string {
  const shown = document.map((block) =>
    block.type === 'paragraph' ? { ...block, children: block.children.map(withShortAddress) } : block,
  );
  return documentText(withTimes(inWordsOf(texts, shown), texts, 'UTC'));
}

function withShortAddress(inline: Inline): Inline {
  if (inline.type !== 'link' || inline.label) return inline;
  const address = inline.written.replace(/^https?:\/\/(?:www\.)?|[?#].*$|\/$/giu, '');
  return text(address.length <= MAX_ADDRESS ? address : (address.split('/', 1)[0] ?? address));
}

/**
 * The end of a line that what follows would run into: between blocks, or before a line that does not go on with the
 * sentence.
 */
const GLUED =
  /(?<=[\p{L}\p{N})\]"”’»])[^\S\n]*\n(?:\s*\n\s*(?=[\p{L}\p{N}"“‘«(#@])|(?=[\p{Lu}\p{N}"“‘«(#@]))/gu;

/** Words on one line; where a heading or a line ends without a sign, a dash stands before what follows. */
export const asOneLine = (words: string): string => oneLine(words.replace(GLUED, ' – '));

/** What is longer than there is room for by no more than a few words is shown all the same. */
export const FEW_WORDS = 20;

/** The beginning of a text on one line, or all of it where only a few words would be missing. */
const headOf = (said: string, length: number): string =>
  said.length <= length + FEW_WORDS ? said : shortLine(said, length);

/** The code by which readers name a note: the beginning of its id. */
export const codeOf = (note: Note): string => note.id.slice(0, 8);
