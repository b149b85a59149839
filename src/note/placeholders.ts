import { en, type Texts } from '../i18n/en/catalogue.ts';
import type { Document, Inline, PlaceholderText } from './document.ts';
import { mapInlines } from './visit.ts';

/** Text supplied by us inside a note; English until the reader's language is known. */
export const placeholder = (...words: PlaceholderText): Inline => ({
  type: 'text',
  text: placeholderText(en, words),
  placeholder: words,
});

/** Puts placeholders into the language of `texts`. */
export const localize = (texts: Texts, document: Document): Document =>
  mapInlines(document, localizeInline(texts));

/** The same for one inline. Only the label of a link is searched; other nested inlines are up to the caller. */
export const localizeInline =
  (texts: Texts) =>
  (inline: Inline): Inline => {
    if (inline.type === 'link' && inline.label)
      return { ...inline, label: inline.label.map(localizeInline(texts)) };
    return inline.type === 'text' && inline.placeholder
      ? { type: 'text', text: placeholderText(texts, inline.placeholder) }
      : inline;
  };

function placeholderText({ note }: Texts, [name, ...filledIn]: PlaceholderText): string {
  const entry: string | ((...args: never[]) => string) = note[name];
  return typeof entry === 'string' ? entry : entry(...(filledIn as never[]));
}
