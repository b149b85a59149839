import type { Texts } from '../../i18n/texts.ts';
import type { Inline } from '../document.ts';
import type { Note } from '../note.ts';
import { normalizeText } from '../parse/normalize.ts';
import { parseInlines } from '../parse/parse-text.ts';
import { eventUrl, tagValue } from '../pointer.ts';

/** What a platform needs to know of a document to leave something out of it: what stands for it, and where all of it is. */
export interface LongNoteFallback {
  /** Articles (NIP-23) are summed up where they are long, unless somebody asks otherwise; notes are not. */
  readonly isArticle: boolean;
  /** The author's own summary. */
  readonly summary?: readonly Inline[];
  /** The way to the whole text. */
  readonly readOn: { readonly label: string; readonly url: string };
}

const ARTICLE = 30_023;

/** How a note can be told more briefly than `present` tells it. */
export function longNoteFallback(note: Note, texts: Texts): LongNoteFallback {
  const summary = normalizeText(tagValue(note.event, 'summary') ?? '').trim();
  return {
    isArticle: note.kind === ARTICLE,
    ...(note.kind === ARTICLE && summary ? { summary: parseInlines(summary, note.event) } : {}),
    readOn: { label: texts.note.readOn, url: eventUrl(note.event) },
  };
}
