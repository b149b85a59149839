import type { Texts } from '../../i18n/texts.ts';
import type { Inline } from '../document.ts';
import type { Note } from '../note.ts';
import { normalizeText } from '../parse/normalize.ts';
import { parseInlines } from '../parse/parse-text.ts';
import { eventUrl, tagValue } from '../pointer.ts';

/** How to show less than all of a note: what may replace it, and where to read the whole. */
export interface LongNoteFallback {
  /** Long articles (NIP-23) are summarised unless configured otherwise; other notes are not. */
  readonly isArticle: boolean;
  /** The author's own summary. */
  readonly summary?: readonly Inline[];
  /** Link to the whole text. */
  readonly readOn: { readonly label: string; readonly url: string };
}

const ARTICLE = 30_023;

export function longNoteFallback(note: Note, texts: Texts): LongNoteFallback {
  const summary = normalizeText(tagValue(note.event, 'summary') ?? '').trim();
  return {
    isArticle: note.kind === ARTICLE,
    ...(note.kind === ARTICLE && summary ? { summary: parseInlines(summary, note.event) } : {}),
    readOn: { label: texts.note.readOn, url: eventUrl(note.event) },
  };
}
