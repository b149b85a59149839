import type { VerifiedEvent } from '../note/note.ts';

/** What comes from the relays, in the order in which it is to be taken in. */
export type FromRelay =
  /** `stored`: it came in a catch-up, before that relay's true EOSE; otherwise it came live. */
  | {
      readonly type: 'event';
      readonly event: VerifiedEvent;
      readonly relay: string;
      readonly stored: boolean;
    }
  /**
   * The relay has sent all it had since its cursor. `cursorMs` is the local time at which this catch-up started: it
   * is to be saved by `saveCursor` once everything yielded before is in the archive, never earlier.
   */
  | { readonly type: 'caught-up'; readonly relay: string; readonly cursorMs: number }
  /** A catch-up ended without EOSE: unreachable, closed, silent. The cursor stays. */
  | { readonly type: 'interrupted'; readonly relay: string; readonly reason: string };

export interface RelayState {
  readonly url: string;
  readonly state: 'connecting' | 'catching-up' | 'live' | 'waiting' | 'closed';
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Events received and verified in this connection, for progress. */
  readonly received: number;
  /** Why it is not live, in a few words. */
  readonly reason?: string;
}
