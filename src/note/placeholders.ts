import { en, type Texts } from '../i18n/en/catalogue.ts';
import type { Document, Inline, PlaceholderText } from './document.ts';
import { mapInlines } from './visit.ts';

/** Words of ours inside a note: in English until the language of a reader is known. */
export const placeholder = (...words: PlaceholderText): Inline => ({
  type: 'text',
  text: placeholderText(en, words),
  placeholder: words,
});

/** The document with the words of ours in it in the language of its readers. */
export const localize = (texts: Texts, document: Document): Document =>
  mapInlines(document, localizeInline(texts));

/** The same for one inline that has no others inside but the label of a link. */
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
  const said: string | ((...given: never[]) => string) = note[name];
  return typeof said === 'string' ? said : said(...(filledIn as never[]));
}
