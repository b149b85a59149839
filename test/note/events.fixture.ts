import { eventToNote } from '../../src/note/event-to-note.ts';
import type { Note, VerifiedEvent } from '../../src/note/note.ts';

/** An event as if it had been verified: for the pure layers, which take that on trust. */
export function eventOf(fields: Partial<VerifiedEvent>): VerifiedEvent {
  return {
    id: '0a'.repeat(32),
    pubkey: 'ab'.repeat(32),
    created_at: 1_700_000_000,
    kind: 1,
    tags: [],
    content: '',
    sig: '00'.repeat(64),
    ...fields,
  } as VerifiedEvent;
}

export function noteOf(fields: Partial<VerifiedEvent>): Note {
  const note = eventToNote(eventOf(fields));
  if (!note) throw new Error(`Cannot make a note of kind ${fields.kind}`);
  return note;
}
