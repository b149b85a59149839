import { documentText } from '../note/document.ts';
import { eventToNote } from '../note/event-to-note.ts';
import { authorOf, pointerKey } from '../note/pointer.ts';
import { findReferences as find } from '../note/references/references.ts';
import { checkEvent } from './internal/check-event.ts';
import { parsedOf, remember } from './internal/parsed-notes.ts';

/** An event as NIP-01 defines it, and as relays send it. */
export interface NostrEvent {
  /** 64 lower-case hex digits, like `pubkey`. */
  readonly id: string;
  readonly pubkey: string;
  /** Seconds since 1970. */
  readonly created_at: number;
  readonly kind: number;
  readonly tags: readonly (readonly string[])[];
  readonly content: string;
  /** 128 lower-case hex digits. */
  readonly sig: string;
}

/** What a note is to its readers. `missive` is an article, or a note that looks like one. */
export type PostType = 'missive' | 'note' | 'link' | 'photo' | 'video' | 'reply' | 'repost';

/**
 * An event that can be shown. Give it to the renderers as it is: they know more about it than its fields say, and refuse
 * copies.
 */
export interface Note {
  readonly id: string;
  /** Stays the same when the note is edited: the id, or `kind:pubkey:d` for addressable events. */
  readonly key: string;
  readonly pubkey: string;
  readonly kind: number;
  /** Seconds since 1970, as the author's client said. */
  readonly createdAt: number;
  /** Seconds since 1970: the first publication of an article that was edited since. */
  readonly publishedAt?: number;
  readonly type: PostType;
  readonly title?: string;
  /** The text without title, media and formatting; empty if there is none. People and notes in it have no names. */
  readonly text: string;
  /** Lower-case, without the hash sign and without duplicates. */
  readonly hashtags: readonly string[];
  /** The id or address of the note that this one replies to. */
  readonly replyTo?: string;
  /** The reason of a content warning (NIP-36); empty if none is given. */
  readonly contentWarning?: string;
  /** Seconds since 1970 (NIP-40). */
  readonly expiresAt?: number;
  /** Whether `parseNote` checked id and signature. */
  readonly verified: boolean;
}

/** Options of `parseNote`. */
export interface ParseOptions {
  /**
   * Whether to check id and signature. Default: true. Pass false only if something before you has checked them, or if you
   * signed the event yourself; it saves some milliseconds.
   */
  readonly verify?: boolean;
}

/** Thrown for something that isn't a genuine Nostr event. The message says what's wrong, and contains nothing of the event. */
export class InvalidEventError extends Error {
  override readonly name: string = 'InvalidEventError';
}

/**
 * Reads an event of these kinds: 1 (note), 6 and 16 (repost), 20 (pictures), 21, 22, 34235 and 34236 (video), 1068 (poll), 1111
 * (comment), 1222 (voice message), 9802 (highlight), 30023 (article), 30311 (live stream).
 *
 * Returns `undefined` for other kinds and for events with nothing to show. Private keys and Cashu tokens in the text are
 * removed. Takes about a millisecond for a note; articles of 256 KiB can take a hundred, so parse those in a worker thread.
 *
 * @throws {InvalidEventError} if it isn't an event (NIP-01), if it has more than 2,500 tags or 262,144 UTF-16 units of content, or,
 *   unless `verify` is false, if id or signature are wrong.
 */
export function parseNote(event: NostrEvent, { verify = true }: ParseOptions = {}): Note | undefined {
  const checked = checkEvent(event, verify);
  if ('problem' in checked) throw new InvalidEventError(`Not a valid Nostr event: ${checked.problem}`);
  const parsed = eventToNote(checked);
  if (!parsed) return undefined;
  const { id, key, pubkey, kind, createdAt, publishedAt, postType, title, replyTo, warning, expiresAt } =
    parsed;
  const note: Note = Object.freeze({
    id,
    key,
    pubkey,
    kind,
    createdAt,
    ...(publishedAt !== undefined && { publishedAt }),
    type: postType,
    ...(title !== undefined && { title }),
    text: documentText(parsed.body),
    hashtags: parsed.hashtags,
    ...(replyTo !== undefined && { replyTo }),
    ...(warning !== undefined && { contentWarning: warning }),
    ...(expiresAt !== undefined && { expiresAt }),
    verified: verify,
  });
  remember(note, { note: parsed, verified: verify });
  return note;
}

/** Somebody whose profile (kind 0) the renderers ask for. */
export interface ProfileReference {
  readonly pubkey: string;
  /** Hints where to look. */
  readonly relays: readonly string[];
}

/** An event that a note quotes, reposts or replies to. */
export interface EventReference {
  /** The id, or `kind:pubkey:d` for addressable events. The renderers ask for it by this key. */
  readonly key: string;
  /** Hints where to look. */
  readonly relays: readonly string[];
  /** Who wrote it, if the note says so. */
  readonly author?: string;
}

/** What a note refers to. */
export interface References {
  readonly profiles: readonly ProfileReference[];
  readonly events: readonly EventReference[];
}

/**
 * What to fetch before rendering, without duplicates: the note's author and everybody it mentions, and the events it refers
 * to, the most important first. An event's author isn't always known before the event. Everything is optional: without a
 * profile a person is shown by a short key, without the event a reference is a link.
 *
 * @throws {TypeError} if the note isn't from `parseNote`.
 */
export function findReferences(note: Note): References {
  const { people, notes } = find(parsedOf(note).note);
  const events = notes.map((pointer): EventReference => {
    const author = authorOf(pointer);
    return { key: pointerKey(pointer), relays: pointer.relays, ...(author !== undefined && { author }) };
  });
  const authors = events.flatMap(({ author, relays }) =>
    author === undefined ? [] : [{ pubkey: author, relays }],
  );
  const profiles = new Map<string, ProfileReference>();
  for (const { pubkey, relays } of [{ pubkey: note.pubkey, relays: [] }, ...people, ...authors])
    profiles.set(pubkey, {
      pubkey,
      relays: [...new Set([...(profiles.get(pubkey)?.relays ?? []), ...relays])],
    });
  return { profiles: [...profiles.values()], events };
}
