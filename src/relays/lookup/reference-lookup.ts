import type { EventToNote } from '../../note/event-to-note.ts';
import type { Author, Note, VerifiedEvent } from '../../note/note.ts';
import { authorOf, type NotePointer, type PersonPointer, pointerKey, tagValue } from '../../note/pointer.ts';
import {
  findReferences,
  NOTHING_RESOLVED,
  type ReferencedNote,
  type ResolvedReferences,
  unsupportedNote,
} from '../../note/references/references.ts';
import type { Verifier } from '../verify.ts';
import type { OpenCacheStorage } from './bounded-cache.ts';
import { embeddedEvent } from './embedded-event.ts';
import { createEventFinder, type EventFinderOptions, type FindEvent } from './event-finder.ts';
import { createEventCache, createNameCache } from './lookup-caches.ts';

/** Looks up the people and notes that a note refers to. */
export interface ReferenceLookup {
  /**
   * Finds out as much as possible in 2.5 s, plus what the archive takes. Never rejects. After abort it uses only what is
   * stored here. Concurrent calls for the same note share one look-up.
   */
  resolve(note: Note): Promise<ResolvedReferences>;
}

export interface ReferenceLookupOptions extends Omit<EventFinderOptions, 'verifier'> {
  readonly verifier: Verifier;
  readonly readNote: EventToNote;
  /** The author whose notes are archived. Their profile is known, and events missing from the archive aren't looked up. */
  author(): Author;
  readonly archive: { find(idOrKey: string): Promise<Note | undefined> };
  readonly storage: OpenCacheStorage;
}

/** How long a note may wait for everything it refers to. */
const TIME_LIMIT_MS = 2_500;
const MAX_NOTES = 3;
const MAX_PEOPLE = 5;

export function createReferenceLookup(options: ReferenceLookupOptions): ReferenceLookup {
  const { readNote, verifier, clock, log, signal } = options;
  const find = createEventFinder(options);
  const cacheOptions = { ...options, within };
  const names = createNameCache(cacheOptions);
  const events = createEventCache(cacheOptions);
  const running = new Map<string, Promise<ResolvedReferences>>();

  /** Gives `work` a way to find events. Every connection ends with it, or when time is up. */
  async function within<T>(work: (find: FindEvent) => Promise<T>): Promise<T> {
    const end = new AbortController();
    const until = AbortSignal.any([signal, end.signal]);
    const over = clock.wait(TIME_LIMIT_MS, until).then(() => end.abort());
    try {
      return await work(find(until));
    } finally {
      end.abort();
      await over;
    }
  }

  const verified = (candidate: unknown): VerifiedEvent | undefined => {
    const verdict = verifier.verify(candidate, {});
    return verdict.status === 'verified' ? verdict.event : undefined;
  };

  async function lookUp(note: Note): Promise<ResolvedReferences> {
    const references = findReferences(note);
    const pointers = references.notes.slice(0, MAX_NOTES);
    if (pointers.length + references.people.length === 0) return NOTHING_RESOLVED;
    const noteByKey = new Map<string, ReferencedNote>();
    const nameByPubkey = new Map<string, string>();
    const people = new Set<string>();

    await within(async (find) => {
      async function addName(person: PersonPointer): Promise<void> {
        if (people.has(person.pubkey) || people.size >= MAX_PEOPLE) return;
        people.add(person.pubkey);
        const name = await names.name(person, find);
        if (name !== undefined) nameByPubkey.set(person.pubkey, name);
      }
      async function addNote(pointer: NotePointer): Promise<void> {
        const event = embeddedEvent(note, pointer, verified) ?? (await events.event(pointer, find));
        if (!event || !isShareable(event, clock.now())) return;
        noteByKey.set(pointerKey(pointer), (await readNote(event)) ?? unsupportedNote(event));
        await addName(personPointer(event.pubkey, pointer));
      }
      // A pointer's author hint is usually right, so looking the name up at once saves time.
      const writers = pointers.flatMap((pointer) => {
        const pubkey = authorOf(pointer);
        return pubkey === undefined ? [] : [personPointer(pubkey, pointer)];
      });
      // Leave room for the authors of what is quoted.
      const mentioned = references.people.slice(0, MAX_PEOPLE - pointers.length);
      await Promise.all([...[...writers, ...mentioned].map(addName), ...pointers.map(addNote)]);
    });
    log.debug('reference.resolved', { note: note.id, people: nameByPubkey.size, notes: noteByKey.size });
    return { name: (pubkey) => nameByPubkey.get(pubkey), note: (key) => noteByKey.get(key) };
  }

  return {
    resolve(note) {
      const resolved =
        running.get(note.id) ??
        lookUp(note)
          .catch((error: unknown) => {
            log.error('reference.failed', { note: note.id, error });
            return NOTHING_RESOLVED;
          })
          .finally(() => running.delete(note.id));
      running.set(note.id, resolved);
      return resolved;
    },
  };
}

/** A person whose profile may be where their note is. */
const personPointer = (pubkey: string, { relays }: NotePointer): PersonPointer => ({
  type: 'profile',
  pubkey,
  relays,
});

/** Neither protected (NIP-70) nor expired (NIP-40). */
function isShareable(event: VerifiedEvent, nowMs: number): boolean {
  const isProtected = event.tags.some(([name]) => name === '-');
  return !isProtected && !(Number(tagValue(event, 'expiration') ?? Number.NaN) * 1000 <= nowMs);
}
