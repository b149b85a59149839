import { en, type Texts } from '../text/en.ts';
import type { Document, Inline, OwnWords } from './document.ts';
import { mapInlines } from './walk.ts';

/** Words of ours inside a note: in English until the language of a reader is known. */
export const own = (...words: OwnWords): Inline => ({ type: 'text', text: saidIn(en, words), ours: words });

/** The document with the words of ours in it in the language of its readers. */
export const inWordsOf = (texts: Texts, document: Document): Document => mapInlines(document, wordsIn(texts));

/** The same for one inline that has no others inside but the label of a link. */
export const wordsIn =
  (texts: Texts) =>
  (inline: Inline): Inline => {
    if (inline.type === 'link' && inline.label) return { ...inline, label: inline.label.map(wordsIn(texts)) };
    return inline.type === 'text' && inline.ours
      ? { type: 'text', text: saidIn(texts, inline.ours) }
      : inline;
  };

function saidIn({ note }: Texts, [name, ...filledIn]: OwnWords): string {
  const said: string | ((...given: never[]) => string) = note[name];
  return typeof said === 'string' ? said : said(...(filledIn as never[]));
}
