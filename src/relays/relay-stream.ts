import type { VerifiedEvent } from '../note/note.ts';
import type { RelayError } from './relay-errors.ts';

/** How far back a catch-up goes: to where the last one began, a few days, or to the very beginning. */
export type SyncDepth = 'cursor' | 'recent' | 'whole';

/** What the relays send, in the order in which it has to be processed. */
export type RelayStreamItem =
  /** `stored`: sent before the relay's EOSE, in a catch-up; otherwise live. */
  | {
      readonly type: 'event';
      readonly event: VerifiedEvent;
      readonly relay: string;
      readonly stored: boolean;
    }
  /** Another relay has sent a recent event too, live, and that copy was verified as well. `createdAt`: in seconds. */
  | {
      readonly type: 'sighting';
      readonly id: string;
      readonly createdAt: number;
      readonly relay: string;
    }
  | CaughtUp
  /** Nothing more will come of a catch-up: the relay is unreachable, closed, silent. Its cursor stays. */
  | { readonly type: 'interrupted'; readonly relay: string; readonly reason: string };

/**
 * The relay has sent everything it has, that far back. `cursorMs` is the local time when that began. It must be saved only
 * once everything yielded before is in the archive.
 */
export interface CaughtUp {
  readonly type: 'caught-up';
  readonly relay: string;
  readonly depth: SyncDepth;
  readonly cursorMs: number;
}

/** When the last complete catch-ups of a relay began, by depth, in milliseconds since 1970. Stored as JSON. */
export interface SyncProgress {
  readonly cursorMs?: number;
  readonly recentMs?: number;
  readonly wholeMs?: number;
}

export interface RelayState {
  readonly url: string;
  /** `withholding`: like `live`, but it doesn't show us the author's posts. */
  readonly state:
    | 'connecting'
    | 'authenticating'
    | 'catching-up'
    | 'live'
    | 'withholding'
    | 'waiting'
    | 'closed';
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Genuine events received on this connection. */
  readonly received: number;
  /** Why it isn't live, or wasn't when last tried: since when, and in a few words. */
  readonly error?: { readonly kind: RelayError; readonly reason: string; readonly since: number };
}
