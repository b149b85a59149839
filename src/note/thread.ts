import type { NostrEvent } from './note.ts';
import { readAddress } from './pointer.ts';

/** What a note answers, and whether its author answers somebody else. */
export interface Reply {
  /** Id of the event, or address (`kind:pubkey:d`). */
  readonly to: string;
  readonly others: boolean;
}

/**
 * What a kind 1 note answers (NIP-10): the tag marked `reply`, else `root`; without markers the last `e` tag. Tags
 * marked `mention` answer nothing. A thread of the author's own is told by whom the `p` tags and the marked tag name.
 */
export function replyOf(event: NostrEvent): Reply | undefined {
  const candidates = event.tags.filter(
    ([name, value = '']) =>
      (name === 'e' && /^[0-9a-f]{64}$/u.test(value)) || (name === 'a' && readAddress(value) !== undefined),
  );
  const marked = (marker: string) => candidates.find((tag) => tag[3] === marker);
  const hasMarkers = candidates.some(
    (tag) => tag[3] === 'reply' || tag[3] === 'root' || tag[3] === 'mention',
  );
  const parent =
    marked('reply') ??
    marked('root') ??
    (hasMarkers ? undefined : candidates.findLast(([name]) => name === 'e'));
  const to = parent?.[1];
  if (!parent || !to) return undefined;
  const named = parent[0] === 'a' ? to.split(':')[1] : parent[4];
  const people = event.tags.filter(([name]) => name === 'p').map(([, pubkey]) => pubkey);
  const others = named ? named !== event.pubkey : people.some((pubkey) => pubkey !== event.pubkey);
  return { to, others };
}
