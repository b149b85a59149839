import type { Texts } from '../../text/texts.ts';
import type { Inline } from '../document.ts';
import { own } from '../own-words.ts';
import { type Pointer, pointerUrl, readPointer, shortNpub } from '../pointer.ts';
import type { Found, Pass } from './scan.ts';

const CODE = /(?:web\+)?(?:nostr:)?@?((?:npub|nprofile|note|nevent|naddr)1[02-9ac-hj-np-z]+)/iuy;
/** nip19 refuses longer codes; looking no further keeps a hostile run of letters cheap. */
const MAX_CODE = 5_000;

/** NIP-21 and NIP-27 references, with or without `nostr:`, `web+nostr:` or an at sign. What has no right checksum is text. */
export const references: Pass = {
  trigger: /(?:web\+)?nostr:|@?(?:npub|nprofile|note|nevent|naddr)1/iu,
  read(text, at) {
    CODE.lastIndex = at;
    const match = CODE.exec(text.slice(0, at + MAX_CODE));
    const code = match?.[1];
    if (!match || !code) return undefined;
    if (/[\p{L}\p{N}/]/u.test(text.charAt(at - 1)) && !/^(?:web\+)?nostr:/iu.test(match[0])) return undefined;
    // Glued references: the next `nostr:` begins with letters that bech32 also knows.
    const glued = code.toLowerCase().lastIndexOf('n');
    for (const length of [code.length, glued > 5 ? glued : 0]) {
      const pointer = length > 0 ? readPointer(code.slice(0, length)) : undefined;
      if (!pointer) continue;
      const written = match[0].slice(0, match[0].length - code.length + length);
      return { end: at + written.length, inlines: [referenceTo(pointer, written)] };
    }
    return undefined;
  },
};

/**
 * A pointer in running text: people by name, notes by a link. Among the author's words it is marked as none of them; in a
 * line of ours (`ours`) it is said in ours.
 */
export function referenceTo(pointer: Pointer, written: string, ours = false): Inline {
  const url = pointerUrl(pointer);
  if (pointer.type === 'profile')
    return { type: 'mention', pubkey: pointer.pubkey, name: shortNpub(pointer.pubkey), url, written };
  return {
    type: 'link',
    url,
    written,
    label: [own(labelFor(pointer, ours))],
  };
}

/** What a note is called in our own words while nothing more is known of it. */
export const labelOf = (pointer: Pointer, texts: Texts): string => texts.note[labelFor(pointer, true)];

function labelFor(pointer: Pointer, ours: boolean) {
  const isArticle = pointer.type === 'address' && pointer.kind === 30_023;
  if (ours) return isArticle ? 'someArticle' : 'someNote';
  return isArticle ? 'articleElsewhere' : 'noteElsewhere';
}

/** Before NIP-27 people wrote `#[0]` for the tag of that number. */
export const legacyReferences: Pass = {
  trigger: /#\[\d{1,3}\]/u,
  read(text, at, { tags }): Found | undefined {
    const end = text.indexOf(']', at) + 1;
    const [name, value = ''] = tags[Number(text.slice(at + 2, end - 1))] ?? [];
    if (!/^[0-9a-f]{64}$/u.test(value)) return undefined;
    const written = text.slice(at, end);
    if (name === 'p')
      return { end, inlines: [referenceTo({ type: 'profile', pubkey: value, relays: [] }, written)] };
    if (name === 'e')
      return { end, inlines: [referenceTo({ type: 'event', id: value, relays: [] }, written)] };
    return undefined;
  },
};
