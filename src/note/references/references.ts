import { type Inline, inlineText } from '../document.ts';
import type { NostrEvent, Note, VerifiedEvent } from '../note.ts';
import { referenceInline } from '../parse/nostr-references.ts';
import {
  decodePointer,
  keyOf,
  type NotePointer,
  type PersonPointer,
  type Pointer,
  parseAddress,
  parsePointerUrl,
  pointerKey,
} from '../pointer.ts';
import { allInlines } from '../visit.ts';

/** A note's references, without duplicates, with all relay hints; the most important to readers first. */
export interface References {
  readonly people: readonly PersonPointer[];
  readonly notes: readonly NotePointer[];
}

/** A verified note by anybody that another note refers to. */
export type ReferencedNote = Pick<
  Note,
  'event' | 'id' | 'key' | 'kind' | 'pubkey' | 'title' | 'body' | 'media' | 'warning'
>;

/** A reference to an event of a kind that can't be shown: only its author is known. */
export function unsupportedNote(event: VerifiedEvent): ReferencedNote {
  const { id, kind, pubkey } = event;
  return { event, id, key: keyOf(event), kind, pubkey, body: [], media: [] };
}

/** The resolved references of a note; `undefined` for what is unknown. */
export interface ResolvedReferences {
  /** As the person wrote it; pass it to `displayName` before showing it. */
  name(pubkey: string): string | undefined;
  note(idOrAddress: string): ReferencedNote | undefined;
}

export const NOTHING_RESOLVED: ResolvedReferences = { name: () => undefined, note: () => undefined };

/** Tags whose second value is a person, an event or an address: NIP-01, NIP-10, NIP-18, NIP-22. */
const NAMING: ReadonlySet<string> = new Set(['p', 'e', 'a', 'q', 'E', 'A']);
const HEX_64 = /^[0-9a-f]{64}$/u;

/**
 * The people and notes that a note refers to: in its text, by reposting or quoting (NIP-18), and by replying to somebody
 * else.
 */
export function findReferences(note: Note): References {
  const hints = hintsIn(note.event.tags);
  const written = allInlines(note.body).flatMap((inline) => referenceOf(inline) ?? []);
  const parent = note.postType === 'reply' && note.replyTo !== undefined ? [pointerTo(note.replyTo)] : [];
  const all = unique([...parent, ...written, ...quotesInTags(note.event)]).map((pointer) =>
    hinted(pointer, hints),
  );
  return {
    people: all.filter((pointer) => pointer.type === 'profile'),
    notes: all
      .filter((pointer) => pointer.type !== 'profile')
      .filter((pointer) => pointerKey(pointer) !== note.key),
  };
}

/**
 * The pointer of a mention, or of a link to a note; `undefined` for everything else, including links that the author
 * labelled.
 */
export function referenceOf(inline: Inline): Pointer | undefined {
  if (inline.type === 'mention')
    return codeIn(inline.written) ?? { type: 'profile', pubkey: inline.pubkey, relays: [] };
  if (inline.type !== 'link' || !inline.label) return undefined;
  const pointer = codeIn(inline.written) ?? parsePointerUrl(inline.url);
  if (!pointer || pointer.type === 'profile') return undefined;
  const label = inlineText(inline.label);
  const isUnnamed = [false, true].some(
    (ours) => inlineText([referenceInline(pointer, inline.written, ours)]) === label,
  );
  return isUnnamed ? pointer : undefined;
}

/** The `q` tags of an event (NIP-18). */
export function quotesInTags({ tags }: NostrEvent): readonly NotePointer[] {
  return tags.flatMap(([name, value = '']) =>
    name === 'q' && (HEX_64.test(value) || parseAddress(value)) ? [pointerTo(value)] : [],
  );
}

function pointerTo(idOrAddress: string): NotePointer {
  return parseAddress(idOrAddress) ?? { type: 'event', id: idOrAddress, relays: [] };
}

const codeIn = (written: string): Pointer | undefined =>
  decodePointer(written.replace(/^(?:web\+)?(?:nostr:)?@?/iu, ''));

function unique(pointers: readonly Pointer[]): readonly Pointer[] {
  const byKey = new Map<string, Pointer>();
  for (const pointer of pointers) {
    const key = pointerKey(pointer);
    const known = byKey.get(key);
    byKey.set(key, known ? { ...known, relays: [...known.relays, ...pointer.relays] } : pointer);
  }
  return [...byKey.values()];
}

interface Hint {
  readonly relays: string[];
  author?: string;
}

/** Relay and author hints in the tags. */
function hintsIn(tags: Note['event']['tags']): ReadonlyMap<string, Hint> {
  const hints = new Map<string, Hint>();
  for (const [name = '', value = '', relay, ...others] of tags) {
    if (!NAMING.has(name)) continue;
    const hint = hints.get(value) ?? { relays: [] };
    if (relay) hint.relays.push(relay);
    // The author is the fifth value of an `e` tag in NIP-10, the fourth of `q` in NIP-18 and `e` in NIP-22.
    const author = others.find((other) => HEX_64.test(other));
    if (author) hint.author ??= author;
    hints.set(value, hint);
  }
  return hints;
}

function hinted(pointer: Pointer, hints: ReadonlyMap<string, Hint>): Pointer {
  const hint = hints.get(pointerKey(pointer));
  if (!hint) return pointer;
  const relays = [...new Set([...pointer.relays, ...hint.relays])];
  return pointer.type === 'event' && hint.author !== undefined && pointer.author === undefined
    ? { ...pointer, relays, author: hint.author }
    : { ...pointer, relays };
}
