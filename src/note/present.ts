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
} from './document.ts';
import type { Note } from './note.ts';
import { inWordsOf } from './own-words.ts';
import { labelOf } from './parse/references.ts';
import { eventUrl, pointerUrl, readAddress } from './pointer.ts';
import { nameOf, wordsOf } from './quotation.ts';
import { type Knowledge, NOTHING_KNOWN } from './references.ts';
import { withTimes } from './times.ts';
import { withKnowledge } from './with-knowledge.ts';

/** Where readers have something to do on Nostr, the way there says so (NIP-88). */
const POLL = 1_068;

/** A note in full, as readers see it: headline, words, pictures, the way to the original; those it names as known. */
export function present(note: Note, texts: Texts, knowledge: Knowledge = NOTHING_KNOWN): Document {
  const body = [
    ...withKnowledge(note, knowledge, texts),
    ...(note.media.length > 0 ? [{ type: 'media', items: note.media } as const] : []),
  ];
  const whole: Document = [
    ...(note.title ? [heading(2, text(note.title))] : []),
    ...(body.length > 0 ? body : [small(text(texts.note.untitled))]),
  ];
  // The headline too may be the first line of what is not for everybody.
  const [first, ...rest]: Document =
    note.warning === undefined
      ? whole
      : [{ type: 'hidden', reason: texts.note.warning(note.warning), children: whole }];
  return inWordsOf(texts, [
    // What a phone shows of a message is its first words.
    ...(first ? [first] : []),
    ...replyLine(note, texts, knowledge),
    ...rest,
    buttons([{ label: note.kind === POLL ? texts.note.vote : texts.note.open, url: eventUrl(note.event) }]),
  ]);
}

/** Only answers to others need it: the author's own thread explains itself. */
function replyLine(note: Note, texts: Texts, knowledge: Knowledge): readonly Block[] {
  if (note.postType !== 'reply' || !note.replyTo) return [];
  const parent = readAddress(note.replyTo) ?? ({ type: 'event', id: note.replyTo, relays: [] } as const);
  const known = knowledge.note(note.replyTo);
  if (known?.pubkey === note.pubkey) return [];
  const words = known && shortened(wordsOf(known, knowledge, texts), MAX_HEADLINE);
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
  if (note.warning !== undefined) return shortened(texts.note.warning(note.warning), MAX_HEADLINE);
  if (note.title) return beginningOf(note.title, MAX_HEADLINE);
  return (
    beginningOf(firstWords(note, texts), MAX_HEADLINE) ||
    note.media.find((item) => item.alt)?.alt?.slice(0, MAX_HEADLINE) ||
    texts.postTypes[note.postType]
  );
}

/** What comes after the headline, on one line; empty where the headline says it all. */
export function teaserOf(note: Note, length: number, texts: Texts): string {
  if (note.warning !== undefined) return '';
  // Headings between the words would run into them.
  const body = note.body.filter((block, index) => index === 0 || block.type !== 'heading');
  const words = oneLine(briefly(body, texts));
  if (note.title) return beginningOf(words, length);
  const first = firstWords(note, texts);
  const headline = beginningOf(first, MAX_HEADLINE);
  const said = headline === first ? first : headline.slice(0, -1);
  const rest = words.startsWith(said) ? words.slice(said.length).replace(/^[\s.…,;:–—]+/u, '') : words;
  return rest && (headline === first ? '' : '…') + beginningOf(rest, length);
}

/** The first paragraph or the headline of a page, or all there is where the note does not begin with one. */
function firstWords({ body }: Note, texts: Texts): string {
  const [first] = body;
  const isHead = first && (first.type === 'link-card' || ('children' in first && first.type !== 'quote'));
  return oneLine(briefly(isHead ? [first] : body, texts));
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
export const oneLine = (words: string): string => words.replace(GLUED, ' – ').replace(/\s+/gu, ' ').trim();

/** What is longer than there is room for by no more than a few words is shown all the same. */
export const FEW_WORDS = 20;

/** The beginning of a text on one line, or all of it where only a few words would be missing. */
const beginningOf = (said: string, length: number): string =>
  said.length <= length + FEW_WORDS ? said : shortened(said, length);

const words = new Intl.Segmenter('en', { granularity: 'word' });

/** The beginning of a text on one line, cut after a word (in Chinese: a character), with an ellipsis where cut. */
export function shortened(said: string, length: number): string {
  const line = said.replace(/\s+/gu, ' ').trim();
  if (line.length <= length) return line;
  const cut = words.segment(line.slice(0, length)).containing(length - 1)?.index ?? length;
  // One word longer than all the room: cut it anyway.
  return `${line
    .slice(0, cut > length / 2 ? cut : length)
    .replace(/[\uD800-\uDBFF]$/u, '')
    .replace(/[\s.…。,;:，；：–—-]+$/u, '')}…`;
}

/** The code by which readers name a note: the beginning of its id. */
export const codeOf = (note: Note): string => note.id.slice(0, 8);
