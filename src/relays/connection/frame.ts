import type { Filter } from 'nostr-tools/filter';
import type { RelayError } from '../relay-errors.ts';

/** A REQ of ours. */
export interface Subscription {
  readonly id: string;
  readonly filter: Filter;
}

/** What a relay said in answer to one of our requests, or that nothing more will come. */
export type Frame =
  /** `stored`: sent before the subscription's EOSE. `characters`: the length of the whole frame. */
  | {
      readonly type: 'event';
      readonly subscription: Subscription;
      readonly event: unknown;
      readonly stored: boolean;
      readonly characters: number;
    }
  | { readonly type: 'eose'; readonly subscription: Subscription }
  | { readonly type: 'closed'; readonly subscription: Subscription; readonly reason: string }
  /** NIP-77: the next message of the open negotiation, or the relay's refusal to continue it. */
  | { readonly type: 'negentropy'; readonly message: string }
  | { readonly type: 'negentropy-refused'; readonly reason: string }
  /** NIP-42: there is a new challenge; the relay's verdict on our AUTH. */
  | { readonly type: 'auth-challenge' }
  | { readonly type: 'auth-result'; readonly accepted: boolean; readonly reason: string }
  /** The verdict on an event that we published. */
  | {
      readonly type: 'publish-result';
      readonly id: string;
      readonly accepted: boolean;
      readonly reason: string;
    }
  /** The connection was lost, or ended by `close`. Every later read gets this again. */
  | { readonly type: 'disconnected'; readonly reason: string; readonly error: RelayError };

/** What is awaiting answers on a connection, and what the relay has said beside them. */
export interface PendingRequests {
  readonly subscriptions: Map<string, Subscription & { isLive: boolean }>;
  /** Ids of events that were published and not answered yet. */
  readonly publications: Set<string>;
  negentropyId: string | undefined;
  authEventId: string | undefined;
  /** The newest challenge (NIP-42). */
  challenge: string | undefined;
  /** How many NOTICEs came, and the text of the last one. */
  notices: { readonly count: number; readonly text: string };
}
