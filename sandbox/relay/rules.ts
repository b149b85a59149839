import type { NegentropyRules } from './negentropy-sessions.ts';
import type { Admission } from './nip42.ts';

/** What a relay grants its clients. */
export interface RelayRules {
  /** How many events a filter gives at most, also one of ids, as strfry counts. */
  readonly maxLimit: number;
  /** NIP-42: whom it serves; everybody where it is left out. */
  readonly admission?: Admission;
  /** NIP-17: letters (kind 1059) are for those they are addressed to, who show their key (NIP-42). To others the relay
   * refuses them, or leaves them out without a word; where it is left out itself, they are for everybody. */
  readonly directMessages?: 'refused' | 'left-out';
  /** Takes events only from those who have shown a key. */
  readonly knownWriters?: true;
  /** NIP-77; switched off where it is left out. */
  readonly negentropy?: NegentropyRules;
  /** So many requests in any such time; refused ones count. */
  readonly rate?: { readonly requests: number; readonly perMs: number };
  /** How many kinds a filter may name, and which (strfry's `filterValidation`). */
  readonly maxKinds?: number;
  readonly allowedKinds?: readonly number[];
  /** Filters with a larger `limit` are refused, instead of being given what `maxLimit` grants. */
  readonly maxAsked?: number;
  /** So many subscriptions may be open on a connection. */
  readonly maxSubscriptions?: number;
  /** Gives what a filter without `limit` asks for oldest first, as nostr-rs-relay does. */
  readonly oldestFirst?: true;
  readonly restricted?: Restriction;
  /** Gives what it has in no order. */
  readonly unsorted?: true;
  /** How a request or an event is refused: by CLOSED or OK, where it is left out; by a NOTICE, which names no request; not at
   * all; a request also by an EOSE, as if there were nothing, or by closing the connection. */
  readonly refusing?: 'notice' | 'silent' | 'empty' | 'hang-up';
  readonly wording?: Wording;
}

/**
 * strfry's `restrictedReadKinds`: events of these kinds are for those who have shown a key (NIP-42), and where
 * `involved`, only for their author and whom they name. A filter of such kinds alone is refused with a challenge; from
 * the answer to any other they are left out without a word.
 */
export interface Restriction {
  readonly kinds: readonly number[];
  readonly involved?: true;
}

/** How refusals are written: as NIP-01 has it where it is left out; like strfry, with `ERROR: ` before it; in capitals,
 * without a space; so that they do not say what is wrong; or in these words. */
export type Wording = 'strfry' | 'capitals' | 'vague' | { readonly words: string };
