import { bidiIsolate } from '../../i18n/bidi-isolate.ts';
import type { Texts } from '../../i18n/texts.ts';
import { oneLine } from '../../lib/truncate-text.ts';
import { type Block, type Button, buttons, type Document, heading, link, small, text } from '../document.ts';
import type { Note } from '../note.ts';
import { pointerLabel } from '../parse/nostr-references.ts';
import { eventUrl, parseAddress, pointerUrl } from '../pointer.ts';
import { applyReferences } from '../references/apply-references.ts';
import { displayNameOf, referencedText } from '../references/quoted-note.ts';
import { NOTHING_RESOLVED, type ResolvedReferences } from '../references/references.ts';
import { truncateColumns } from './display-width.ts';
import {
  bodyText,
  mediaLabel,
  openingText,
  textAfterTitle,
  titleOf,
  truncateLoosely,
  withBeginningOnly,
} from './note-text.ts';

/** Kinds whose button names an action on Nostr: vote in a poll (NIP-88), watch a stream (NIP-53). */
const TO_DO: ReadonlyMap<number, 'vote' | 'watch'> = new Map([
  [1_068, 'vote'],
  [30_311, 'watch'],
]);

function toDo({ kind, ended, postType, media, body }: Note): 'vote' | 'watch' | 'open' {
  if (ended) return 'open';
  const shown = [...media, ...body.flatMap((block) => (block.type === 'media' ? block.items : []))];
  // Readers can't open a video that needs a player, so they watch it on Nostr.
  const isElsewhere = postType === 'video' && !shown.some((item) => item.kind === 'video');
  return TO_DO.get(kind) ?? (isElsewhere ? 'watch' : 'open');
}

/**
 * A note in full: title, text, media, what it replies to, and a link to the original; references as far as resolved.
 * Placeholders stay until `finish`.
 */
export function noteToDocument(
  note: Note,
  texts: Texts,
  knowledge: ResolvedReferences = NOTHING_RESOLVED,
): Document {
  const body = applyReferences(note, knowledge, texts);
  const gallery: Document = note.media.length > 0 ? [{ type: 'media', items: note.media }] : [];
  const words: Document = [
    ...(note.title ? [heading(2, text(note.title))] : []),
    ...(body.length > 0 || gallery.length > 0 ? body : [small(text(texts.note.untitled))]),
  ];
  // Phone notifications show the first words of a message, so those are the author's; the source comes last.
  const reply = replyLine(note, texts, knowledge);
  return [
    ...(note.warning === undefined
      ? [...words, ...gallery, ...reply]
      : // The headline is hidden, too: it may be the first line of sensitive text.
        [hidden(texts.note.warning(note.warning), [...words, ...gallery]), ...reply]),
    buttons([originalButton(note, texts)]),
  ];
}

function originalButton(note: Note, texts: Texts): Button {
  const named = toDo(note);
  const button = { label: texts.note[named], url: eventUrl(note.event) };
  return named === 'open' ? button : { ...button, needsNostrClient: true };
}

const hidden = (reason: string, children: Document): Block => ({ type: 'hidden', reason, children });

/** Only for replies to others: the author's own threads explain themselves. */
function replyLine(note: Note, texts: Texts, knowledge: ResolvedReferences): readonly Block[] {
  if (note.postType !== 'reply' || !note.replyTo) return [];
  const parent = parseAddress(note.replyTo) ?? ({ type: 'event', id: note.replyTo, relays: [] } as const);
  const known = knowledge.note(note.replyTo);
  if (known?.pubkey === note.pubkey) return [];
  const words = known && truncateColumns(oneLine(referencedText(known, knowledge, texts)), MAX_HEADLINE);
  return [
    small(
      text(`↩ ${texts.note.inReplyTo} `),
      link(
        pointerUrl(parent),
        known ? bidiIsolate(displayNameOf(known.pubkey, knowledge)) : pointerLabel(parent, texts),
      ),
      ...(words ? [text(texts.marks.colon + words)] : []),
    ),
  ];
}

/** Columns: about two rows of a phone. */
const MAX_HEADLINE = 80;

/** A note's name in lists: its title, or its first words. Never empty. */
export function headlineOf(whole: Note, texts: Texts): string {
  const note = withBeginningOnly(whole);
  if (note.warning !== undefined)
    return truncateColumns(oneLine(texts.note.warning(note.warning)), MAX_HEADLINE);
  return truncateLoosely(
    oneLine(note.title ?? '') || openingText(note, texts) || mediaLabel(note, texts),
    MAX_HEADLINE,
  );
}

/** The text after the headline, on one line of at most that many columns; empty if there is nothing more. */
export function teaserOf(whole: Note, columns: number, texts: Texts): string {
  const note = withBeginningOnly(whole);
  if (note.warning !== undefined) return '';
  const words = bodyText(note, texts);
  const title = titleOf(note);
  if (title !== undefined) return truncateLoosely(textAfterTitle(words, title), columns);
  const first = openingText(note, texts);
  const headline = truncateLoosely(first, MAX_HEADLINE);
  const visible = headline === first ? first : headline.slice(0, -1);
  const rest = words.startsWith(visible) ? words.slice(visible.length).replace(/^[\s.…,;:–—]+/u, '') : words;
  return rest && truncateLoosely((headline === first ? '' : '…') + rest, columns);
}

/** The code by which readers refer to a note: the beginning of its id. */
export const noteCode = (note: Note): string => note.id.slice(0, 8);
