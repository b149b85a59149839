import type { NegentropyRules } from './negentropy-sessions.ts';
import type { Admission } from './nip42.ts';

/** What a relay allows its clients. */
export interface RelayRules {
  /** Events per filter at most, even in a filter of ids, as with strfry. */
  readonly maxLimit: number;
  /** Whom it serves (NIP-42). Everybody by default. */
  readonly admission?: Admission;
  /**
   * Whether gift wraps (kind 1059) are shown only to the authenticated recipient (NIP-17), and otherwise refused or
   * silently left out. By default they are shown to everybody.
   */
  readonly directMessages?: 'refused' | 'left-out';
  /** Accepts events only from authenticated clients. */
  readonly knownWriters?: true;
  /** NIP-77. Switched off by default. */
  readonly negentropy?: NegentropyRules;
  /** Requests in any period of that length. Refused ones count. */
  readonly rate?: { readonly requests: number; readonly perMs: number };
  /** Kinds per filter, and which ones (strfry's `filterValidation`). */
  readonly maxKinds?: number;
  readonly allowedKinds?: readonly number[];
  /** Filters with a larger `limit` are refused, rather than served up to `maxLimit`. */
  readonly maxAsked?: number;
  /** Open subscriptions per connection. */
  readonly maxSubscriptions?: number;
  /** Filters without `limit` are answered oldest first, as by nostr-rs-relay. */
  readonly oldestFirst?: true;
  readonly restricted?: Restriction;
  /** Answers are in no particular order. */
  readonly unsorted?: true;
  /**
   * How requests and events are refused: with CLOSED or OK by default; with a NOTICE, which names no request; or silently.
   * Requests also with an EOSE, as if nothing matched, or by closing the connection.
   */
  readonly refusing?: 'notice' | 'silent' | 'empty' | 'hang-up';
  readonly wording?: Wording;
}

/**
 * strfry's `restrictedReadKinds`: events of these kinds are shown only to authenticated clients (NIP-42), or, if
 * `involved`, only to their author and the people they name. A filter with nothing but such kinds is refused with a
 * challenge; from answers to other filters they are silently left out.
 */
export interface Restriction {
  readonly kinds: readonly number[];
  readonly involved?: true;
}

/**
 * How refusals are worded: as in NIP-01 by default; like strfry, with `ERROR: ` in front; in capitals, without a space;
 * without saying what is wrong; or in these words.
 */
export type Wording = 'strfry' | 'capitals' | 'vague' | { readonly words: string };
