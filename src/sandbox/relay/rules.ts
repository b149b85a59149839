import type { Admission } from './door.ts';
import type { Sync } from './negotiations.ts';

/** What a relay grants its clients. */
export interface Rules {
  /** How many events a filter gives at most, also one of ids, as strfry counts. */
  readonly maxLimit: number;
  /** NIP-42: whom it serves; everybody where it is left out. */
  readonly admission?: Admission;
  /** NIP-17: letters (kind 1059) are for those they are addressed to, who show their key (NIP-42). To others the relay
   * refuses them, or leaves them out without a word; where it is left out itself, they are for everybody. */
  readonly letters?: 'refused' | 'left-out';
  /** Takes events only from those who have shown a key. */
  readonly knownWriters?: true;
  /** NIP-77; switched off where it is left out. */
  readonly sync?: Sync;
  /** So many requests in any such time; refused ones count. */
  readonly rate?: { readonly requests: number; readonly perMs: number };
  /** How many kinds a filter may name. */
  readonly maxKinds?: number;
}
