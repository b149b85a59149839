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

/** How much of a quoted note is shown, in UTF-16 units. */
const QUOTED_LENGTH = 300;

/** The chosen name, sanitized for display, or else a shortened key. */
export function displayNameOf(pubkey: string, knowledge: ResolvedReferences): string {
  return displayName(knowledge.name(pubkey)) ?? shortNpub(pubkey);
}

/** Names people, and labels links to notes by their authors. Unresolved references stay as they are. */
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
    // An address contains its author; a code for an event only claims one.
    const name = pointer.type === 'address' ? displayName(knowledge.name(pointer.pubkey)) : undefined;
    return name === undefined ? inline : { ...inline, label: [text(by(name))] };
  });
}

/** The text of a referenced note, or its title if it has one; empty behind a content warning. */
export function referencedText(known: ReferencedNote, knowledge: ResolvedReferences, texts: Texts): string {
  if (known.warning !== undefined) return '';
  return known.title ?? documentText(localize(texts, applyNames(withoutMedia(known.body), knowledge, texts)));
}

/** The author and the beginning of a note; `undefined` if there is nothing to show. */
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
