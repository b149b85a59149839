import type { Filter } from 'nostr-tools/filter';
import type { NostrEvent } from '../../note/note.ts';
import type { Frame } from './frame.ts';

/** What is said on a connection beside subscriptions. Everything is without effect once the connection is gone. */
export interface RelayRequests {
  /** Opens a comparison of what both sides have (NIP-77) with its first message, in place of the one before. */
  openNegentropy(filter: Filter, message: string): void;
  /** Goes on with the comparison that is open. */
  sendNegentropy(message: string): void;
  /** Nothing more of the comparison is read or sent. */
  closeNegentropy(): void;
  /** The relay's newest challenge (NIP-42); it holds for this connection only. */
  challenge(): string | undefined;
  authenticate(proof: NostrEvent): void;
  /** How many NOTICEs came, and what the last one said. */
  notices(): { readonly count: number; readonly text: string };
  /** Gives the relay an event to keep; its answer comes as a frame. */
  publish(event: NostrEvent): void;
}

/** Where frames go that belong to an exchange; false where they belong to none that we began. */
export interface RelayRequestFrames {
  noticed(text: string): void;
  challenged(challenge: string): void;
  judged(id: string, accepted: boolean, reason: string): boolean;
  compared(id: string, message: string): boolean;
  refused(id: string, reason: string): boolean;
}

export function createRelayRequests(
  send: (...frame: readonly unknown[]) => void,
  push: (frame: Frame) => void,
): RelayRequests & { readonly frames: RelayRequestFrames } {
  let comparisons = 0;
  let comparison: string | undefined;
  let challenge: string | undefined;
  let proofId: string | undefined;
  const offered = new Set<string>();
  let notice = { count: 0, text: '' };

  function pushed(isOurs: boolean, frame: Frame): boolean {
    if (isOurs) push(frame);
    return isOurs;
  }

  return {
    openNegentropy(filter, message) {
      comparisons += 1;
      comparison = `neg:${comparisons}`;
      send('NEG-OPEN', comparison, filter, message);
    },
    sendNegentropy: (message) => send('NEG-MSG', comparison, message),
    closeNegentropy() {
      send('NEG-CLOSE', comparison);
      comparison = undefined;
    },
    challenge: () => challenge,
    notices: () => notice,
    authenticate(proof) {
      proofId = proof.id;
      send('AUTH', proof);
    },
    publish(event) {
      offered.add(event.id);
      send('EVENT', event);
    },
    frames: {
      noticed(text) {
        notice = { count: notice.count + 1, text };
      },
      challenged(text) {
        challenge = text;
        push({ type: 'challenged' });
      },
      judged: (id, accepted, reason) =>
        pushed(id === proofId, { type: 'judged', accepted, reason }) ||
        pushed(offered.delete(id), { type: 'kept', id, accepted, reason }),
      compared: (id, message) => pushed(id === comparison, { type: 'compared', message }),
      refused: (id, reason) => pushed(id === comparison, { type: 'refused', reason }),
    },
  };
}
