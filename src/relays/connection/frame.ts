import type { Subscription } from 'nostr-tools/abstract-relay';
import type { RelayError } from '../relay-errors.ts';

/** What a relay said to one of our subscriptions or requests, or that it can say nothing more. */
export type Frame =
  /** `stored`: before the subscription's EOSE. `characters`: how long the frame was. */
  | {
      readonly type: 'event';
      readonly subscription: Subscription;
      readonly event: unknown;
      readonly stored: boolean;
      readonly characters: number;
    }
  | { readonly type: 'eose'; readonly subscription: Subscription }
  | { readonly type: 'closed'; readonly subscription: Subscription; readonly reason: string }
  /** NIP-77: the next message of the comparison that is open, or that the relay will not go on with it. */
  | { readonly type: 'compared'; readonly message: string }
  | { readonly type: 'refused'; readonly reason: string }
  /** NIP-42: there is a challenge, or a newer one; what the relay says to the key it was shown. */
  | { readonly type: 'challenged' }
  | { readonly type: 'judged'; readonly accepted: boolean; readonly reason: string }
  /** Whether the relay keeps an event that it was offered. */
  | { readonly type: 'kept'; readonly id: string; readonly accepted: boolean; readonly reason: string }
  /** The connection is lost, or was ended by `close`: said to everybody who reads from then on. */
  | { readonly type: 'gone'; readonly reason: string; readonly trouble: RelayError };
