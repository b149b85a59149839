import { verifyEvent } from 'nostr-tools/pure';
import type { NostrEvent } from '../../note/note.ts';

/** Whether id and signature fit. Of a copy, because nostr-tools leaves its verdict on the object. */
export function isGenuine(event: NostrEvent): boolean {
  return verifyEvent(structuredClone(event) as NostrEvent & { tags: string[][] });
}
