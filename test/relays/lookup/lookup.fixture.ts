import { neventEncode, noteEncode, nprofileEncode, npubEncode } from 'nostr-tools/nip19';
import { onTestFinished } from 'vitest';
import { authorNamed } from '../../../sandbox/relay/fake-author.ts';
import type { SandboxRelay } from '../../../sandbox/relay/relay.ts';
import type { KeyValue } from '../../../src/lib/key-value.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { eventToNote } from '../../../src/note/event-to-note.ts';
import type { NostrEvent, Note, VerifiedEvent } from '../../../src/note/note.ts';
import type { CacheEntry } from '../../../src/relays/lookup/bounded-cache.ts';
import {
  createReferenceLookup,
  type ReferenceLookupOptions,
} from '../../../src/relays/lookup/reference-lookup.ts';
import { TIMEOUTS } from '../../../src/relays/timeouts.ts';
import { createVerifier } from '../../../src/relays/verify.ts';
import { manualClock } from '../../delivery/delivery.fixture.ts';
import { alice, isRequest } from '../relays.fixture.ts';

export const ida = authorNamed('Ida');
export const idaProfile = ida.note(JSON.stringify({ display_name: 'Ida Moor' }), { kind: 0 });
export const fog = ida.note('Fog until ten.');

const verifier = await createVerifier({ now: Date.now, log: silentLog });

export function noteIn(event: NostrEvent): Note {
  const note = eventToNote(event as VerifiedEvent);
  if (!note) throw new Error(`Kind ${event.kind} is no note`);
  return note;
}

/** A new note of alice's that says this. */
export const saying = (words: string, fields: Parameters<typeof alice.note>[1] = {}): Note =>
  noteIn(alice.note(words, fields));

export const mentioning = (...hints: readonly (SandboxRelay | string)[]): Note =>
  saying(
    `Ask nostr:${hints.length > 0 ? nprofileEncode({ pubkey: ida.pubkey, relays: urls(hints) }) : ida.npub}.`,
  );
export const quoting = (...hints: readonly (SandboxRelay | string)[]): Note =>
  saying(
    `nostr:${hints.length > 0 ? neventEncode({ id: fog.id, relays: urls(hints) }) : noteEncode(fog.id)}`,
  );

/** Mentions of so many people, and quotations of so many notes, that nobody knows. */
export const crowd = (people: number, notes: number): Note =>
  saying(
    [
      ...Array.from({ length: people }, (_, n) => `nostr:${npubEncode(authorNamed(`Guest ${n}`).pubkey)}`),
      ...Array.from({ length: notes }, (_, n) => `nostr:${noteEncode(n.toString(16).padStart(64, 'd'))}`),
    ].join('\n\n'),
  );

const urls = (relays: readonly (SandboxRelay | string)[]): string[] =>
  relays.map((relay) => (typeof relay === 'string' ? relay : relay.url));

type Options = Partial<Omit<ReferenceLookupOptions, 'relays' | 'indexers' | 'archive' | 'trusted'>> & {
  readonly relays?: readonly SandboxRelay[];
  readonly trusted?: readonly SandboxRelay[];
  readonly indexers?: readonly SandboxRelay[];
  readonly archive?: readonly Note[];
};

/** A look-up as the program has it, with time that stands still. */
export function lookupOver({ relays = [], trusted = [], indexers = [], archive = [], ...options }: Options) {
  const stopping = new AbortController();
  const clock = manualClock();
  onTestFinished(() => stopping.abort());
  const shelves = new Map<string, Map<string, unknown>>();
  function shelf<T>(namespace: string): Pick<KeyValue<T>, 'get' | 'set'> {
    const values = shelves.get(namespace) ?? new Map<string, unknown>();
    shelves.set(namespace, values);
    return {
      get: async (key) => values.get(key) as T | undefined,
      set: async (key, value) => values.set(key, value),
    };
  }
  const lookup = createReferenceLookup({
    verifier,
    readNote: async (event) => eventToNote(event),
    author: () => ({ pubkey: alice.pubkey, npub: alice.npub, name: 'Alice' }),
    archive: { find: async (key) => archive.find((note) => note.id === key || note.key === key) },
    relays: () => urls(relays),
    trusted: urls(trusted),
    indexers: urls(indexers),
    storage: shelf,
    clock,
    log: silentLog,
    signal: stopping.signal,
    allowPrivate: true,
    timeouts: { ...TIMEOUTS, closeMs: 50 },
    ...options,
  });
  return {
    ...lookup,
    clock,
    stop: () => stopping.abort(),
    /** What the shelves hold for a key. */
    kept: (key: string) =>
      [...shelves.values()]
        .flatMap((values) => [...values.values()] as CacheEntry<unknown>[])
        .find((one) => one.key === key)?.value,
  };
}

/** The filters that a relay was asked for. */
export const asked = (relay: SandboxRelay): readonly unknown[] =>
  relay.frames.filter(isRequest).map((frame) => frame[2]);
