import { setImmediate } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { type EventToNote, isLongContent } from '../note/event-to-note.ts';
import type { Note, VerifiedEvent } from '../note/note.ts';
import type { IsOwn } from '../note/reply-pointer.ts';

/** Parses a stored event; `undefined` if this version doesn't make notes of its kind. */
export type NoteFrom = (event: VerifiedEvent, isOwn: IsOwn) => Note | undefined;

/** A stored event as JSON, as `eventJson` writes it. */
export interface StoredEvent {
  readonly event: string;
}

/** The result of parsing. Some old events don't make a note. */
export interface Parsed {
  readonly note: Note | undefined;
}

export type EventParser = ReturnType<typeof createEventParser>;

/** Number of long notes cached, so that a popular one isn't parsed each time. */
const LONG_NOTES_KEPT = 16;
/** Longest time notes are parsed in one turn of the event loop, in milliseconds. */
const TURN_MS = 5;

/**
 * Makes notes of stored events, for every engine. Events are the source of truth; notes are parsed each time, except for the last
 * long ones, which are parsed by `readNote` and cached.
 */
export function createEventParser(
  noteFrom: NoteFrom,
  readNote: EventToNote = async (event, isOwn = () => false) => noteFrom(event, isOwn),
) {
  /** Long notes by the JSON of their events. */
  const longNotes = new LRUCache<string, Parsed>({ max: LONG_NOTES_KEPT });

  /** Parses any event, a long one in the background. */
  async function parse({ event: json }: StoredEvent, isOwn: IsOwn): Promise<Note | undefined> {
    const known = longNotes.get(json);
    if (known) return known.note;
    const event = JSON.parse(json) as VerifiedEvent;
    if (!isLongContent(event)) return noteFrom(event, isOwn);
    const note = await readNote(event, isOwn);
    longNotes.set(json, { note });
    return note;
  }

  return {
    parse,
    /** The notes of those events that make one, in order. */
    async parseAll(rows: readonly StoredEvent[], isOwn: IsOwn): Promise<readonly Note[]> {
      const notes: Note[] = [];
      let until = performance.now() + TURN_MS;
      for (const row of rows) {
        const note = await parse(row, isOwn);
        if (note) notes.push(note);
        if (performance.now() < until) continue;
        await setImmediate();
        until = performance.now() + TURN_MS;
      }
      return notes;
    },
    /** A long note that is cached. */
    cached: (json: string): Parsed | undefined => longNotes.get(json),
    /** Caches a note that was just archived if it is long, since it will soon be asked for. */
    cache(json: string, note: Note): void {
      if (isLongContent(note.event)) longNotes.set(json, { note });
    },
    /** The note as the archive sees it: an answer to the author's own note continues a thread and is not a reply. */
    inThread: (note: Note, isOwn: IsOwn): Note =>
      note.postType === 'reply' && note.replyTo !== undefined && isOwn(note.replyTo)
        ? (noteFrom(note.event, isOwn) ?? note)
        : note,
  };
}

/** The JSON that is stored of a note's event: the fields of NIP-01 and no others. */
export function eventJson({ event }: Note): string {
  const { id, pubkey, created_at, kind, tags, content, sig } = event;
  return JSON.stringify({ id, pubkey, created_at, kind, tags, content, sig });
}
