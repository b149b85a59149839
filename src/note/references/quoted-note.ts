import type { Texts } from '../../i18n/texts.ts';
import {
  type Block,
  type Document,
  documentText,
  paragraph,
  small,
  strong,
  text,
  withoutMedia,
} from '../document.ts';
import { localize } from '../placeholders.ts';
import { eventUrl, pointerKey, shortNpub } from '../pointer.ts';
import { excerptOf } from '../present/excerpt.ts';
import { mapInlines } from '../visit.ts';
import { displayName } from './display-name.ts';
import { type ReferencedNote, type ResolvedReferences, referenceOf } from './references.ts';

/** How many characters of another's note are shown. */
const QUOTED_LENGTH = 300;

/** What people call themselves, made fit to be shown; who is not known goes by the key. */
export function displayNameOf(pubkey: string, knowledge: ResolvedReferences): string {
  return displayName(knowledge.name(pubkey)) ?? shortNpub(pubkey);
}

/** The document with names for people, and for links to notes whose they are. What is not known stays as it is. */
export function applyNames(document: Document, knowledge: ResolvedReferences, texts: Texts): Document {
  return mapInlines(document, (inline) => {
    const pointer = referenceOf(inline);
    if (pointer?.type === 'profile' && inline.type === 'mention')
      return { ...inline, name: displayName(knowledge.name(inline.pubkey)) ?? inline.name };
    if (!pointer || pointer.type === 'profile' || inline.type !== 'link') return inline;
    const known = knowledge.note(pointerKey(pointer));
    const isArticle = (known?.kind ?? (pointer.type === 'address' ? pointer.kind : undefined)) === 30_023;
    const by = isArticle ? texts.note.articleBy : texts.note.noteBy;
    if (known) return { ...inline, label: [text(by(displayNameOf(known.pubkey, knowledge)))] };
    // Whose an address is stands in it; whose an id is, a code only claims.
    const name = pointer.type === 'address' ? displayName(knowledge.name(pointer.pubkey)) : undefined;
    return name === undefined ? inline : { ...inline, label: [text(by(name))] };
  });
}

/** The words of a known note, its title where it has one; empty where they are not for everybody. */
export function referencedText(known: ReferencedNote, knowledge: ResolvedReferences, texts: Texts): string {
  if (known.warning !== undefined) return '';
  return known.title ?? documentText(localize(texts, applyNames(withoutMedia(known.body), knowledge, texts)));
}

/** Who wrote a note and how it begins; `undefined` where there is nothing to show of it. */
export function quotedNote(
  known: ReferencedNote,
  knowledge: ResolvedReferences,
  texts: Texts,
): Block | undefined {
  const children = beginningOf(known, texts);
  if (children.length === 0) return undefined;
  return {
    type: 'quoted-note',
    author: displayNameOf(known.pubkey, knowledge),
    url: eventUrl(known.event),
    children,
  };
}

function beginningOf({ title, body, media, warning }: ReferencedNote, texts: Texts): Document {
  if (warning !== undefined) return [small(text(texts.note.warning(warning)))];
  const words = excerptOf(
    [...(title ? [paragraph(strong(text(title)))] : []), ...localize(texts, body)],
    QUOTED_LENGTH,
  );
  const [item] = [...media, ...body.flatMap((block) => (block.type === 'media' ? block.items : []))];
  return words.length > 0 || !item ? words : [small(text(item.alt ?? texts.platform[item.kind]))];
}
