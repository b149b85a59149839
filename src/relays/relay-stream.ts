import type { VerifiedEvent } from '../note/note.ts';
import type { RelayError } from './relay-errors.ts';

/** How far back a catch-up went: to where the last one began, some days, or to the beginning. */
export type SyncDepth = 'cursor' | 'recent' | 'whole';

/** What comes from the relays, in the order in which it is to be taken in. */
export type RelayStreamItem =
  /** `stored`: it came in a catch-up, before that relay's true EOSE; otherwise it came live. */
  | {
      readonly type: 'event';
      readonly event: VerifiedEvent;
      readonly relay: string;
      readonly stored: boolean;
    }
  /** The relay has that event, too: a copy that was verified as well. Only of those that came lately. */
  | { readonly type: 'sighting'; readonly id: string; readonly relay: string }
  | CaughtUp
  /** Nothing more is to be expected of a catch-up: unreachable, closed, silent. The cursor stays. */
  | { readonly type: 'interrupted'; readonly relay: string; readonly reason: string };

/**
 * The relay has sent all it had so far back. `cursorMs` is the local time at which this began: it is to be saved once
 * everything yielded before is in the archive, never earlier.
 */
export interface CaughtUp {
  readonly type: 'caught-up';
  readonly relay: string;
  readonly depth: SyncDepth;
  readonly cursorMs: number;
}

/** When the last complete catch-ups of a relay began that were saved, in milliseconds since 1970. */
export interface SyncProgress {
  readonly cursorMs?: number;
  readonly recentMs?: number;
  readonly wholeMs?: number;
}

export interface RelayState {
  readonly url: string;
  /** `withholding`: as `live`, but it keeps the posts from us. */
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
  /** Events received and verified in this connection, for progress. */
  readonly received: number;
  /** Why it is not live, or was not when last tried; `since` when it was live last, `reason` in a few words. */
  readonly error?: { readonly kind: RelayError; readonly reason: string; readonly since: number };
}
