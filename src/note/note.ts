import type { Document, Media } from './document.ts';
import type { PostType } from './post-types.ts';

/** Longer content is refused. UTF-16 units: 256 KiB of ASCII, 786 KB of Chinese in UTF-8. Few relays accept that much. */
export const MAX_CONTENT = 262_144;
/** Events with more tags are refused. */
export const MAX_EVENT_TAGS = 2_500;
/** Addresses with a longer `d` tag are refused, in UTF-16 units: an index of PostgreSQL takes 2,700 bytes. NIP-19 encodes 255. */
export const MAX_IDENTIFIER = 800;

/** An event as NIP-01 defines it: lower-case hex, `created_at` in seconds. */
export interface NostrEvent {
  readonly id: string;
  readonly pubkey: string;
  readonly created_at: number;
  readonly kind: number;
  readonly tags: readonly (readonly string[])[];
  readonly content: string;
  readonly sig: string;
}

/** An event whose id, signature and shape were checked. Only `relays/verify.ts` makes one. */
export type VerifiedEvent = NostrEvent & { readonly __verified: unique symbol };

/** A verified, parsed event of the author. Everything but `event` is derived from it by `eventToNote`. */
export interface Note {
  readonly event: VerifiedEvent;
  /** The event's id, 64 hex digits. */
  readonly id: string;
  /** Stays the same across edits: the id, or `kind:pubkey:d` for addressable events (NIP-01). */
  readonly key: string;
  readonly kind: number;
  readonly pubkey: string;
  /** Seconds since 1970, as claimed by the author's client. */
  readonly createdAt: number;
  /** First publication in seconds since 1970, if the author states it and has edited the note since (NIP-23). */
  readonly publishedAt?: number;
  /** A stream that has ended: not announced, but posts of it are edited. */
  readonly ended?: true;
  /** The headline, if the note has one; then `body` doesn't repeat it. */
  readonly title?: string;
  /** The name that recurring titles share: the title without date or number, lower-case. */
  readonly series?: string;
  readonly postType: PostType;
  readonly body: Document;
  readonly media: readonly Media[];
  /** Without duplicates, normalized by `hashtagKey`. */
  readonly hashtags: readonly string[];
  /** Id or address of the note that this one replies to (NIP-10). */
  readonly replyTo?: string;
  /** Reason of a content warning (NIP-36, NIP-32); empty if none is given. */
  readonly warning?: string;
  /** Expiration in seconds since 1970 (NIP-40). */
  readonly expiresAt?: number;
  /** The author asks others not to republish it (NIP-70). */
  readonly protected?: true;
}

/** The date shown to readers and used for sorting, in seconds since 1970: an edited article keeps its first date. */
export const datedAt = ({ createdAt, publishedAt }: Pick<Note, 'createdAt' | 'publishedAt'>): number =>
  publishedAt ?? createdAt;

/** The author's profile (kind 0), with fallbacks derived from the key. */
export interface Author {
  readonly pubkey: string;
  readonly npub: string;
  /** Their chosen name, or a shortened key if they have none. */
  readonly name: string;
  /** `name` is only the shortened key. */
  readonly unnamed?: true;
  readonly about?: string;
  readonly picture?: string;
  readonly website?: string;
  readonly nip05?: string;
}
