import type { Log } from '../../lib/log.ts';
import type { Author, NostrEvent, Note, VerifiedEvent } from '../../note/note.ts';
import { authorOf, keyOf, type NotePointer, type PersonPointer, pointerKey } from '../../note/pointer.ts';
import { profileName } from '../author/profile.ts';
import { type CacheEntry, createBoundedCache, type OpenCacheStorage } from './bounded-cache.ts';
import type { FindEvent } from './event-finder.ts';
import type { EventQuery } from './one-shot-query.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A name older than this is looked up again, and used meanwhile. */
const NAME_FRESH_MS = DAY_MS;
const NAME_KEPT_MS = 30 * DAY_MS;
const NO_NAME_MS = 10 * MINUTE_MS;
const EVENT_MS = 7 * DAY_MS;
const NO_EVENT_MS = HOUR_MS;
/** Larger events aren't cached, as there is room for four thousand. */
const MAX_CACHED_BYTES = 65_536;
/** If no relay answered, there may well be one. */
const UNANSWERED_MS = MINUTE_MS;

export interface LookupCacheOptions {
  readonly archive: { find(idOrKey: string): Promise<Note | undefined> };
  author(): Author;
  readonly storage: OpenCacheStorage;
  readonly clock: { now(): number };
  readonly log: Log;
  readonly signal: AbortSignal;
  within<T>(work: (find: FindEvent) => Promise<T>): Promise<T>;
}

/** People's names: cached for a day, or longer if they can't be looked up again. */
export function createNameCache({ author, storage, clock, log, signal, within }: LookupCacheOptions) {
  const cache = createBoundedCache(storage<CacheEntry<{ readonly name?: string }>>('name'), clock.now);
  const refreshing = new Set<string>();

  async function lookUp(
    { pubkey, relays }: PersonPointer,
    find: FindEvent,
    old?: string,
  ): Promise<string | undefined> {
    const { event, answered } = await find(`0:${pubkey}`, relays, profileQuery(pubkey));
    const name = event ? profileName(event) : old;
    if (signal.aborted) return name;
    const missingMs = event ? NAME_FRESH_MS : answered ? NO_NAME_MS : UNANSWERED_MS;
    if (name === undefined) await cache.set(pubkey, {}, missingMs);
    else await cache.set(pubkey, { name }, NAME_KEPT_MS);
    return name;
  }

  async function refresh(person: PersonPointer, old: string): Promise<void> {
    if (refreshing.has(person.pubkey)) return;
    refreshing.add(person.pubkey);
    try {
      await within((find) => lookUp(person, find, old));
    } catch (error) {
      log.warn('name.failed', { error });
    } finally {
      refreshing.delete(person.pubkey);
    }
  }

  return {
    async name(person: PersonPointer, find: FindEvent): Promise<string | undefined> {
      if (person.pubkey === author().pubkey) return author().name;
      const entry = await cache.get(person.pubkey);
      if (!entry) return lookUp(person, find);
      const { name } = entry.value;
      if (name !== undefined && entry.sinceMs + NAME_FRESH_MS <= clock.now()) void refresh(person, name);
      return name;
    },
  };
}

/** Events that notes refer to: archived, cached, or looked up. */
export function createEventCache({ archive, author, storage, clock, signal }: LookupCacheOptions) {
  const cache = createBoundedCache(storage<CacheEntry<{ readonly event?: NostrEvent }>>('quoted'), clock.now);
  return {
    async event(pointer: NotePointer, find: FindEvent): Promise<VerifiedEvent | undefined> {
      const key = pointerKey(pointer);
      const archived = await archive.find(key);
      if (archived) return archived.event;
      // If the archive lacks an event of its author, that was deleted or mustn't be passed on.
      if (authorOf(pointer) === author().pubkey) return undefined;
      const entry = await cache.get(key);
      // Only verified events are cached.
      if (entry) return entry.value.event as VerifiedEvent | undefined;
      const { event, answered } = await find(key, pointer.relays, noteQuery(pointer));
      const shown = event?.pubkey === author().pubkey ? undefined : event;
      if (signal.aborted) return shown;
      if (shown && Buffer.byteLength(JSON.stringify(shown)) > MAX_CACHED_BYTES) return shown;
      if (shown) await cache.set(key, { event: shown }, EVENT_MS);
      else await cache.set(key, {}, answered ? NO_EVENT_MS : UNANSWERED_MS);
      return shown;
    },
  };
}

const profileQuery = (pubkey: string): EventQuery => ({
  filter: { kinds: [0], authors: [pubkey], limit: 1 },
  matches: (event) => event.kind === 0 && event.pubkey === pubkey,
});

function noteQuery(pointer: NotePointer): EventQuery {
  if (pointer.type === 'event')
    return { filter: { ids: [pointer.id], limit: 1 }, matches: ({ id }) => id === pointer.id };
  const { kind, pubkey, identifier } = pointer;
  const address = pointerKey(pointer);
  return {
    filter: { kinds: [kind], authors: [pubkey], '#d': [identifier], limit: 1 },
    matches: (event) => keyOf(event) === address,
  };
}
