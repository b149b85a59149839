import type { Texts } from '../text/texts.ts';
import {
  type Block,
  type Document,
  documentText,
  paragraph,
  small,
  strong,
  text,
  withoutMedia,
} from './document.ts';
import { firstLines } from './first-lines.ts';
import { inWordsOf } from './own-words.ts';
import { personName } from './person-name.ts';
import { eventUrl, pointerKey, shortNpub } from './pointer.ts';
import { type Knowledge, type KnownNote, referenceIn } from './references.ts';
import { mapInlines } from './walk.ts';

/** How many characters of another's note are shown. */
const QUOTED_LENGTH = 300;

/** What people call themselves, made fit to be shown; who is not known goes by the key. */
export function nameOf(pubkey: string, knowledge: Knowledge): string {
  return personName(knowledge.name(pubkey)) ?? shortNpub(pubkey);
}

/** The document with names for people, and for links to notes whose they are. What is not known stays as it is. */
export function withNames(document: Document, knowledge: Knowledge, texts: Texts): Document {
  return mapInlines(document, (inline) => {
    const pointer = referenceIn(inline);
    if (pointer?.type === 'profile' && inline.type === 'mention')
      return { ...inline, name: personName(knowledge.name(inline.pubkey)) ?? inline.name };
    if (!pointer || pointer.type === 'profile' || inline.type !== 'link') return inline;
    const known = knowledge.note(pointerKey(pointer));
    const isArticle = (known?.kind ?? (pointer.type === 'address' ? pointer.kind : undefined)) === 30_023;
    const by = isArticle ? texts.note.articleBy : texts.note.noteBy;
    if (known) return { ...inline, label: [text(by(nameOf(known.pubkey, knowledge)))] };
    // Whose an address is stands in it; whose an id is, a code only claims.
    const name = pointer.type === 'address' ? personName(knowledge.name(pointer.pubkey)) : undefined;
    return name === undefined ? inline : { ...inline, label: [text(by(name))] };
  });
}

/** The words of a known note, its title where it has one; empty where they are not for everybody. */
export function wordsOf(known: KnownNote, knowledge: Knowledge, texts: Texts): string {
  if (known.warning !== undefined) return '';
  return known.title ?? documentText(inWordsOf(texts, withNames(withoutMedia(known.body), knowledge, texts)));
}

/** Who wrote a note and how it begins; `undefined` where there is nothing to show of it. */
export function quotation(known: KnownNote, knowledge: Knowledge, texts: Texts): Block | undefined {
  const children = beginningOf(known, texts);
  if (children.length === 0) return undefined;
  return {
    type: 'quoted-note',
    author: nameOf(known.pubkey, knowledge),
    url: eventUrl(known.event),
    children,
  };
}

function beginningOf({ title, body, media, warning }: KnownNote, texts: Texts): Document {
  if (warning !== undefined) return [small(text(texts.note.warning(warning)))];
  const words = firstLines(
    [...(title ? [paragraph(strong(text(title)))] : []), ...inWordsOf(texts, body)],
    QUOTED_LENGTH,
  );
  const [item] = [...media, ...body.flatMap((block) => (block.type === 'media' ? block.items : []))];
  return words.length > 0 || !item ? words : [small(text(item.alt ?? texts.platform[item.kind]))];
}
