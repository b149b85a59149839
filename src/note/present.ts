import type { Texts } from '../text/texts.ts';
import { type Block, buttons, type Document, documentText, heading, small, text } from './document.ts';
import type { Note } from './note.ts';
import { eventUrl, pointerUrl, readAddress } from './pointer.ts';

/** A note in full, as readers see it: headline, words, pictures, the way to the original. */
export function present(note: Note, texts: Texts): Document {
  const body = [
    ...note.body,
    ...(note.media.length > 0 ? [{ type: 'media', items: note.media } as const] : []),
  ];
  const shown: Document =
    note.warning === undefined
      ? body
      : [{ type: 'hidden', reason: note.warning || texts.note.sensitive, children: body }];
  return [
    ...replyLine(note, texts),
    ...(note.title ? [heading(2, text(note.title))] : []),
    ...(shown.length > 0 ? shown : [small(text(texts.note.untitled))]),
    buttons([{ label: texts.note.open, url: eventUrl(note.event) }]),
  ];
}

/** Only answers to others need it: the author's own thread explains itself. */
function replyLine(note: Note, texts: Texts): readonly Block[] {
  if (note.postType !== 'reply' || !note.replyTo) return [];
  const url = pointerUrl(readAddress(note.replyTo) ?? { type: 'event', id: note.replyTo, relays: [] });
  return [small(text('↩ '), { type: 'link', url, written: url, label: [text(texts.note.inReplyTo)] })];
}

const MAX_HEADLINE = 80;

/** What stands for a note in a list: its title, or its first words up to the end of a word. Never empty. */
export function headlineOf(note: Note, texts: Texts): string {
  if (note.title) return shortened(note.title, MAX_HEADLINE);
  if (note.warning !== undefined) return note.warning || texts.note.sensitive;
  const [first] = note.body;
  const words =
    first && 'children' in first && first.type !== 'quote' ? documentText([first]) : documentText(note.body);
  return (
    shortened(words, MAX_HEADLINE) ||
    note.media.find((item) => item.alt)?.alt?.slice(0, MAX_HEADLINE) ||
    texts.postTypes[note.postType]
  );
}

/** The first words after the headline, on one line; empty where the headline says it all. */
export function teaserOf(note: Note, length: number): string {
  if (note.warning !== undefined) return '';
  const words = documentText(note.title ? note.body : note.body.slice(1));
  return shortened(words, length);
}

/** The beginning of a text on one line, cut after a word (in Chinese: a character), with an ellipsis where cut. */
export function shortened(words: string, length: number): string {
  const line = words.replace(/\s+/gu, ' ').trim();
  if (line.length <= length) return line;
  const segments = [...new Intl.Segmenter('en', { granularity: 'word' }).segment(line.slice(0, length))];
  const cut = segments.at(-1)?.index ?? length;
  // One word longer than all the room: cut it anyway.
  return `${line
    .slice(0, cut > length / 2 ? cut : length)
    .trimEnd()
    .replace(/[\uD800-\uDBFF]$/u, '')}…`;
}

/** The code by which readers name a note: the beginning of its id. */
export const codeOf = (note: Note): string => note.id.slice(0, 8);
