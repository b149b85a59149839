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

/** Finds out about those whom notes name. */
export interface ReferenceLookup {
  /**
   * What can be known within the budget of what a note names. Never rejects, never takes longer than 2.5 s plus
   * what the archive takes; after abort it knows what is kept here. The same note asked about twice at once is looked
   * up once.
   */
  resolve(note: Note): Promise<ResolvedReferences>;
}

export interface ReferenceLookupOptions extends Omit<EventFinderOptions, 'verifier'> {
  readonly verifier: Verifier;
  readonly readNote: EventToNote;
  /** Whose notes are archived here: the profile is known, and what the archive lacks of them is not looked up. */
  author(): Author;
  readonly archive: { find(idOrKey: string): Promise<Note | undefined> };
  storage<T>(namespace: string): TtlStorage<T>;
}

/** How long a note may wait for all that it names. */
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

  /** Finding for as long as the budget and the work last; then every connection ends. */
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
      // Whom a code names as the writer mostly is: asked for at once, that saves time.
      const writers = pointers.flatMap((pointer) => {
        const pubkey = authorOf(pointer);
        return pubkey === undefined ? [] : [personPointer(pubkey, pointer)];
      });
      // Room is left for those who wrote what is quoted.
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

/** Somebody who may be known where their note is. */
const personPointer = (pubkey: string, { relays }: NotePointer): PersonPointer => ({
  type: 'profile',
  pubkey,
  relays,
});

/** The event that a repost carries in its content (NIP-18), where it is the one that the repost names. */
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
    // Not JSON: some clients leave words of their own there.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Not protected (NIP-70: nobody is to pass it on), and not expired (NIP-40). */
function isShareable(event: VerifiedEvent, nowMs: number): boolean {
  const isProtected = event.tags.some(([name]) => name === '-');
  return !isProtected && !(Number(tagValue(event, 'expiration') ?? Number.NaN) * 1000 <= nowMs);
}

/** An event of a kind that is not shown: no more of it is known than whose it is. */
function unsupportedNote(event: VerifiedEvent): ReferencedNote {
  const { id, kind, pubkey } = event;
  return { event, id, key: keyOf(event), kind, pubkey, body: [], media: [] };
}
