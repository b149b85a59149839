import type { Document, Media } from './document.ts';

/** What readers choose by. The order is the order in which choices are shown. */
export const POST_TYPES = ['missive', 'note', 'link', 'photo', 'video', 'reply', 'repost'] as const;
export type PostType = (typeof POST_TYPES)[number];

/** What a destination gets unless somebody chose otherwise: the author's own words, not half of a conversation. */
export const DEFAULT_POST_TYPES: readonly PostType[] = ['missive', 'note', 'link', 'photo', 'video'];

/**
 * Longer content is not taken in, in UTF-16 units: 256 KiB of text, in any script (786 KB of Chinese in UTF-8). Few relays
 * take as much.
 */
export const MAX_CONTENT = 262_144;

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

/** An event of the author, verified and parsed. Everything but `event` is derived from it by `noteFrom`. */
export interface Note {
  readonly event: VerifiedEvent;
  /** The event's id, 64 hex digits. */
  readonly id: string;
  /** What stays the same over edits: the id, or `kind:pubkey:d` for addressable events (NIP-01). */
  readonly key: string;
  readonly kind: number;
  readonly pubkey: string;
  /** Seconds since 1970, as the author's client claims. */
  readonly createdAt: number;
  /** When it first came out, in seconds since 1970, where its author says so and it has been edited since (NIP-23). */
  readonly publishedAt?: number;
  /** What it tells of is over (a stream that ended): no news, but a change to what stands. */
  readonly ended?: true;
  /** The headline, when the note has one; then it is not repeated in `body`. */
  readonly title?: string;
  /** What titled notes that recur have in common: the title without date or number, lower-case. */
  readonly series?: string;
  readonly postType: PostType;
  readonly body: Document;
  readonly media: readonly Media[];
  /** Each once, as `hashtagKey` makes them. */
  readonly hashtags: readonly string[];
  /** Id of the note that this one answers (NIP-10), or its address. */
  readonly replyTo?: string;
  /** Reason of a content warning (NIP-36, or a label of NIP-32); empty where none was given. */
  readonly warning?: string;
  /** Seconds since 1970 after which the note is gone (NIP-40). */
  readonly expiresAt?: number;
  /** NIP-70: the author asks that nobody passes it on. */
  readonly protected?: true;
}

/** The date that readers are told and that lists go by, in seconds since 1970: an edited article is no new one. */
export const datedAt = ({ createdAt, publishedAt }: Pick<Note, 'createdAt' | 'publishedAt'>): number =>
  publishedAt ?? createdAt;

/** What is known of the author from kind 0, with what is always known from the key. */
export interface Author {
  readonly pubkey: string;
  readonly npub: string;
  /** What they call themselves; where they don't say, the ends of their key. */
  readonly name: string;
  /** The name is no more than the key. */
  readonly unnamed?: true;
  readonly about?: string;
  readonly picture?: string;
  readonly website?: string;
  readonly nip05?: string;
}
