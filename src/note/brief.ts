import type { Texts } from '../text/texts.ts';
import type { Inline, Media } from './document.ts';
import type { Note } from './note.ts';
import { clean } from './parse/clean.ts';
import { parseInlines } from './parse/parse.ts';
import { eventUrl, tagValue } from './pointer.ts';

/** What a platform needs to know of a document to leave something out of it: what stands for it, and where all of it is. */
export interface Brief {
  /** Articles (NIP-23) are summed up where they are long, unless somebody asks otherwise; notes are not. */
  readonly isArticle: boolean;
  /** The author's own summary. */
  readonly summary?: readonly Inline[];
  /** The picture that stands for the whole. */
  readonly cover?: Media;
  /** The way to the whole text. */
  readonly readOn: { readonly label: string; readonly url: string };
}

const ARTICLE = 30_023;

/** How a note can be told more briefly than `present` tells it. */
export function briefOf(note: Note, texts: Texts): Brief {
  const summary = clean(tagValue(note.event, 'summary') ?? '').trim();
  // An article's pictures stand in their places, the cover first.
  const pictures = [
    ...note.media,
    ...note.body.flatMap((block) => (block.type === 'media' ? block.items : [])),
  ];
  const cover = pictures.find(({ kind }) => kind === 'image');
  return {
    isArticle: note.kind === ARTICLE,
    ...(note.kind === ARTICLE && summary ? { summary: parseInlines(summary, note.event) } : {}),
    ...(cover ? { cover } : {}),
    readOn: { label: texts.note.readOn, url: eventUrl(note.event) },
  };
}
