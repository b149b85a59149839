import { decode, naddrEncode, neventEncode, noteEncode, npubEncode } from 'nostr-tools/nip19';
import type { NostrEvent } from './note.ts';

/** Prefix of web links in documents. `present/finish` replaces it by the operator's web client. */
export const CANONICAL_WEB_CLIENT = 'https://njump.me/';

/** What a NIP-19 code refers to. Relays are hints. */
export type Pointer =
  | { readonly type: 'profile'; readonly pubkey: string; readonly relays: readonly string[] }
  | {
      readonly type: 'event';
      readonly id: string;
      readonly relays: readonly string[];
      readonly author?: string;
    }
  | {
      readonly type: 'address';
      readonly kind: number;
      readonly pubkey: string;
      readonly identifier: string;
      readonly relays: readonly string[];
    };

export type PersonPointer = Extract<Pointer, { type: 'profile' }>;
export type NotePointer = Exclude<Pointer, PersonPointer>;

/** Decodes `npub`, `nprofile`, `note`, `nevent` and `naddr` codes (NIP-19); `undefined` for anything else. */
export function decodePointer(code: string): Pointer | undefined {
  try {
    const decoded = decode(code.toLowerCase());
    switch (decoded.type) {
      case 'npub':
        return { type: 'profile', pubkey: decoded.data, relays: [] };
      case 'nprofile':
        return { type: 'profile', pubkey: decoded.data.pubkey, relays: decoded.data.relays ?? [] };
      case 'note':
        return { type: 'event', id: decoded.data, relays: [] };
      case 'nevent': {
        const { id, relays = [], author } = decoded.data;
        return { type: 'event', id, relays, ...(author ? { author } : {}) };
      }
      case 'naddr': {
        const { kind, pubkey, identifier, relays = [] } = decoded.data;
        return { type: 'address', kind, pubkey, identifier, relays };
      }
      case 'nsec':
        return undefined;
    }
  } catch {
    // nip19.decode throws unless the text is a code with a valid checksum; anything else is plain text.
    return undefined;
  }
}

/** `npub1abcdefg…wxyz`: long enough to tell people apart, short enough for a phone. */
export function shortNpub(pubkey: string): string {
  const npub = npubEncode(pubkey);
  return `${npub.slice(0, 12)}…${npub.slice(-4)}`;
}

/** The NIP-19 code of a pointer, without relay hints. */
export function encodePointer(pointer: Pointer): string {
  switch (pointer.type) {
    case 'profile':
      return npubEncode(pointer.pubkey);
    case 'event':
      return pointer.author
        ? neventEncode({ id: pointer.id, author: pointer.author })
        : noteEncode(pointer.id);
    case 'address': {
      const { kind, pubkey, identifier } = pointer;
      return isEncodable(identifier) ? naddrEncode({ kind, pubkey, identifier }) : npubEncode(pubkey);
    }
  }
}

/** Web link to what a pointer refers to. */
export function pointerUrl(pointer: Pointer): string {
  return CANONICAL_WEB_CLIENT + encodePointer(pointer);
}

/** NIP-19 stores the length of an identifier in one byte; longer ones have no code. */
function isEncodable(identifier: string): boolean {
  return new TextEncoder().encode(identifier).length <= 255;
}

/** Parses a link made by `pointerUrl`; `undefined` for any other URL. */
export function parsePointerUrl(url: string): Pointer | undefined {
  return url.startsWith(CANONICAL_WEB_CLIENT)
    ? decodePointer(url.slice(CANONICAL_WEB_CLIENT.length))
    : undefined;
}

/** Identifies what a pointer refers to, regardless of hints: a public key, an id, or `kind:pubkey:d`. */
export function pointerKey(pointer: Pointer): string {
  switch (pointer.type) {
    case 'profile':
      return pointer.pubkey;
    case 'event':
      return pointer.id;
    case 'address':
      return `${pointer.kind}:${pointer.pubkey}:${pointer.identifier}`;
  }
}

/** The note's author. Certain for an address; only claimed by a code for an event. */
export function authorOf(pointer: NotePointer): string | undefined {
  return pointer.type === 'address' ? pointer.pubkey : pointer.author;
}

/** Web link to an event. Addressable events (kinds 30000–39999) are linked by address, so that edits show. */
export function eventUrl(event: NostrEvent): string {
  if (isAddressable(event.kind) && isEncodable(identifierOf(event)))
    return pointerUrl({
      type: 'address',
      kind: event.kind,
      pubkey: event.pubkey,
      identifier: identifierOf(event),
      relays: [],
    });
  return pointerUrl({ type: 'event', id: event.id, author: event.pubkey, relays: [] });
}

/** Only the newest version per `d` tag counts (NIP-01). */
const isAddressable = (kind: number): boolean => kind >= 30_000 && kind < 40_000;

/** Stays the same across edits: the id, or `kind:pubkey:d`. Well-formed, because half a surrogate pair can't be stored as UTF-8. */
export function keyOf(event: NostrEvent): string {
  return isAddressable(event.kind) ? `${event.kind}:${event.pubkey}:${identifierOf(event)}` : event.id;
}

/** Parses a key of the form `kind:pubkey:d`; `undefined` for a plain id. */
export function parseAddress(key: string): NotePointer | undefined {
  const [, kind, pubkey, identifier = ''] =
    /^(\d{1,5}):([0-9a-f]{64}):(.*)$/su.exec(key.toWellFormed()) ?? [];
  return kind && pubkey ? { type: 'address', kind: Number(kind), pubkey, identifier, relays: [] } : undefined;
}

/** The value of the first tag of that name. */
export function tagValue(event: Pick<NostrEvent, 'tags'>, name: string): string | undefined {
  return event.tags.find((tag) => tag[0] === name)?.[1];
}

/** A missing `d` counts as empty (NIP-01). */
const identifierOf = (event: NostrEvent): string => (tagValue(event, 'd') ?? '').toWellFormed();
