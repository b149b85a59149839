import { type Inline, paragraph } from '../document.ts';
import type { VerifiedEvent } from '../note.ts';
import { referenceInline } from '../parse/nostr-references.ts';
import { placeholder } from '../placeholders.ts';
import { parseAddress, tagValue } from '../pointer.ts';
import type { ParsedKind } from './parsed-kind.ts';

/**
 * Kinds 6 and 16 (NIP-18). The reposted text is unverified here, so it is linked, not repeated. `undefined` if nothing is
 * referenced.
 */
export function parseRepost(event: VerifiedEvent): ParsedKind | undefined {
  const what = taggedEvent(event);
  if (!what) return undefined;
  return { body: [paragraph(placeholder('repostNamed'), what)], media: [], postType: 'repost' };
}

/** A link to the event in the tags, by address if it has one, so that edits show. */
export function taggedEvent(event: VerifiedEvent): Inline | undefined {
  const address = tagValue(event, 'a') ?? '';
  const pointer = parseAddress(address);
  if (pointer) return referenceInline(pointer, `nostr:${address}`, true);
  const id = tagValue(event, 'e') ?? '';
  if (!isHex(id)) return undefined;
  const pubkey = tagValue(event, 'p') ?? '';
  return referenceInline(
    { type: 'event', id, relays: [], ...(isHex(pubkey) ? { author: pubkey } : {}) },
    `nostr:${id}`,
    true,
  );
}

const isHex = (value: string): boolean => /^[0-9a-f]{64}$/u.test(value);
