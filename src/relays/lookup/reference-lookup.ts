import { parseBoundedJson } from '../../lib/bounded-json.ts';
import type { EventToNote } from '../../note/event-to-note.ts';
import type { Author, Note, VerifiedEvent } from '../../note/note.ts';
import {
  authorOf,
  keyOf,
  type NotePointer,
  type PersonPointer,
  pointerKey,
  tagValue,
} from '../../note/pointer.ts';
import {
  findReferences,
  NOTHING_RESOLVED,
  type ReferencedNote,
  type ResolvedReferences,
} from '../../note/references/references.ts';
import type { Verifier } from '../verify.ts';
import type { TtlStorage } from './bounded-cache.ts';
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
  storage<T>(namespace: string): TtlStorage<T>;
}

/** How long a note may wait for everything it refers to. */
const BUDGET_MS = 2_500;
const MAX_NOTES = 3;
const MAX_PEOPLE = 5;

export function createReferenceLookup(options: ReferenceLookupOptions): ReferenceLookup {
  const { readNote, verifier, clock, log, signal } = options;
  const find = createEventFinder(options);
  const parts = { ...options, within };
  const names = createNameCache(parts);
  const events = createEventCache(parts);
  const inHand = new Map<string, Promise<ResolvedReferences>>();

  /** Gives `work` a way to find events. Every connection ends with it, or when time is up. */
  async function within<T>(work: (find: FindEvent) => Promise<T>): Promise<T> {
    const end = new AbortController();
    const until = AbortSignal.any([signal, end.signal]);
    const over = clock.wait(BUDGET_MS, until).then(() => end.abort());
    try {
      return await work(find(until));
    } finally {
      end.abort();
      await over;
    }
  }

  async function learn(note: Note): Promise<ResolvedReferences> {
    const references = findReferences(note);
    const pointers = references.notes.slice(0, MAX_NOTES);
    if (pointers.length + references.people.length === 0) return NOTHING_RESOLVED;
    const known = new Map<string, ReferencedNote>();
    const called = new Map<string, string>();
    const asked = new Set<string>();

    await within(async (find) => {
      async function learnName(person: PersonPointer): Promise<void> {
        if (asked.has(person.pubkey) || asked.size >= MAX_PEOPLE) return;
        asked.add(person.pubkey);
        const name = await names.name(person, find);
        if (name !== undefined) called.set(person.pubkey, name);
      }
      async function learnNote(pointer: NotePointer): Promise<void> {
        const event = embeddedEvent(note, pointer, verifier) ?? (await events.event(pointer, find));
        if (!event || !isShareable(event, clock.now())) return;
        known.set(pointerKey(pointer), (await readNote(event)) ?? unsupportedNote(event));
        await learnName(personPointer(event.pubkey, pointer));
      }
      // A pointer's author hint is usually right, so looking the name up at once saves time.
      const writers = pointers.flatMap((pointer) => {
        const pubkey = authorOf(pointer);
        return pubkey === undefined ? [] : [personPointer(pubkey, pointer)];
      });
      // Leave room for the authors of what is quoted.
      const mentioned = references.people.slice(0, MAX_PEOPLE - pointers.length);
      await Promise.all([...[...writers, ...mentioned].map(learnName), ...pointers.map(learnNote)]);
    });
    log.debug('reference.resolved', { note: note.id, people: called.size, notes: known.size });
    return { name: (pubkey) => called.get(pubkey), note: (key) => known.get(key) };
  }

  return {
    resolve(note) {
      const learning =
        inHand.get(note.id) ??
        learn(note)
          .catch((error: unknown) => {
            log.error('reference.failed', { note: note.id, error });
            return NOTHING_RESOLVED;
          })
          .finally(() => inHand.delete(note.id));
      inHand.set(note.id, learning);
      return learning;
    },
  };
}

/** A person whose profile may be where their note is. */
const personPointer = (pubkey: string, { relays }: NotePointer): PersonPointer => ({
  type: 'profile',
  pubkey,
  relays,
});

/** The event embedded in a repost (NIP-18), if it is the one that the repost refers to. */
function embeddedEvent(
  { kind, event }: Note,
  pointer: NotePointer,
  verifier: Pick<Verifier, 'verify'>,
): VerifiedEvent | undefined {
  if ((kind !== 6 && kind !== 16) || event.content === '') return undefined;
  try {
    const verdict = verifier.verify(parseBoundedJson(event.content), {});
    if (verdict.status === 'rejected') return undefined;
    return verdict.event.id === pointerKey(pointer) ? verdict.event : undefined;
  } catch (error) {
    // Not JSON: some clients put a comment there.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Neither protected (NIP-70) nor expired (NIP-40). */
function isShareable(event: VerifiedEvent, nowMs: number): boolean {
  const isProtected = event.tags.some(([name]) => name === '-');
  return !isProtected && !(Number(tagValue(event, 'expiration') ?? Number.NaN) * 1000 <= nowMs);
}

/** An event of a kind that can't be shown: all we can say is whose it is. */
function unsupportedNote(event: VerifiedEvent): ReferencedNote {
  const { id, kind, pubkey } = event;
  return { event, id, key: keyOf(event), kind, pubkey, body: [], media: [] };
}
