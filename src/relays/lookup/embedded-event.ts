import { parseBoundedJson } from '../../lib/bounded-json.ts';
import type { Note, VerifiedEvent } from '../../note/note.ts';
import { type NotePointer, pointerKey } from '../../note/pointer.ts';

/**
 * The event embedded in a repost (NIP-18), if it is the one that the repost refers to. `verified` returns the event if it is
 * genuine.
 */
export function embeddedEvent(
  { kind, event }: Note,
  pointer: NotePointer,
  verified: (candidate: unknown) => VerifiedEvent | undefined,
): VerifiedEvent | undefined {
  if ((kind !== 6 && kind !== 16) || event.content === '') return undefined;
  try {
    const found = verified(parseBoundedJson(event.content));
    return found?.id === pointerKey(pointer) ? found : undefined;
  } catch (error) {
    // Not JSON: some clients put a comment there.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
