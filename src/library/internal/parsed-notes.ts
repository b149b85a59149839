import type { Note as ParsedNote } from '../../note/note.ts';

/** What the program knows about a note that the library gave out. */
export interface Parsed {
  readonly note: ParsedNote;
  /** Its id and signature were checked. */
  readonly verified: boolean;
}

const parsedNotes = new WeakMap<object, Parsed>();

export function remember(handle: object, parsed: Parsed): void {
  parsedNotes.set(handle, parsed);
}

/** Throws `TypeError` for anything that didn't come from `parseNote`. */
export function parsedOf(handle: unknown): Parsed {
  const parsed = typeof handle === 'object' && handle !== null ? parsedNotes.get(handle) : undefined;
  if (!parsed) throw new TypeError('Expected a note as parseNote returned it, not a copy and not an event');
  return parsed;
}
