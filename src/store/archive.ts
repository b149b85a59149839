import type { Note } from '../note/note.ts';
import type { PostType } from '../note/post-types.ts';
import type { Query, SearchResult } from '../note/search/query.ts';
import type { Series } from '../note/series.ts';

/** Event ids the store has seen, with their dates in seconds: all of those dated `sinceS` or later. */
export interface KnownIds {
  readonly sinceS: number;
  readonly events: readonly { readonly id: string; readonly createdAt: number }[];
}

/** A hashtag without its sign, and how many notes have it. */
export interface HashtagCount {
  readonly tag: string;
  readonly count: number;
}

/** Posts in a stretch of time that begins at `atS`, in seconds since 1970. */
export interface PostCount {
  readonly atS: number;
  readonly count: number;
}

/** A page of a list. */
export interface Page {
  readonly count: number;
  /** 0 by default. */
  readonly offset?: number;
}

/** Which notes a list has: all, or those of one type, series (`Note.series`) or hashtag; of some time, in seconds since 1970. */
export interface Listing {
  readonly of?: { readonly postType: PostType } | { readonly series: string } | { readonly hashtag: string };
  /** Inclusive. */
  readonly sinceS?: number;
  /** Exclusive. */
  readonly untilS?: number;
}

/** A place in a list: between two notes, wherever others come and go. */
export type ListCursor = number;

/** Some of a list, newest first. */
export interface ListPage {
  readonly notes: readonly Note[];
  /** Where to go on with `after`, if there are newer notes, and with `before`, if there are older ones. */
  readonly newer?: ListCursor;
  readonly older?: ListCursor;
}

/** `protected` as in `Note`; `editedAt` is the date of the newest version, in seconds since 1970. */
export interface ArchiveEntry extends Pick<Note, 'id' | 'key'> {
  readonly editedAt: number;
  readonly protected: boolean;
}

/** The most series that are listed: more than anybody pages through. Those that ended longest ago are left out. */
export const MAX_SERIES = 1_000;

/** The most relays that are kept of a note: more would prove nothing more. */
export const MAX_RELAYS = 8;

/** How many notes of a list, and which: the newest, those before a place, or those after it. At most one place. */
export interface ListRequest {
  readonly count: number;
  readonly before?: ListCursor | undefined;
  readonly after?: ListCursor | undefined;
}

/** The author's notes, to read and to search: all that commands see of the store. */
export interface ReadableArchive {
  /** Newest first: by `created_at`, ties by the lowest id (NIP-01). */
  latest(page: Page & { readonly postType?: PostType }): Promise<readonly Note[]>;
  /**
   * Best and newest first; of more than 1,000 hits only the newest 1,000, which is also the most that `total` says. The last word may be a prefix (of three letters
   * or more); such hits follow those that match as typed. An empty query, or one of punctuation only, finds nothing. If
   * common words rarely match together, the search stops after some milliseconds and says how far back it got
   * (`SearchResult.since`). Never rejects because of what people type.
   */
  search(query: Query, page: Page & { readonly postType?: PostType }): Promise<SearchResult>;
  /**
   * The note with that id or key, with an older version of that id, or with an id that starts so (at least 4 hex digits;
   * the newest of several).
   */
  find(idOrKey: string): Promise<Note | undefined>;
  /** Series of at least two notes, the most recently continued first; at most 1,000. */
  series(): Promise<readonly Series[]>;
  /** The notes of a series by its `Note.series`, newest first; `total` counts all of them. */
  notesInSeries(
    name: string,
    page: Page,
  ): Promise<{ readonly notes: readonly Note[]; readonly total: number }>;
  /** The notes before and after the one with that id in its series. */
  neighbours(id: string): Promise<{ readonly earlier?: Note; readonly later?: Note }>;
  /** Hashtags with that prefix, in lower case, the most used first. */
  hashtags(prefix: string, count: number): Promise<readonly HashtagCount[]>;
  /**
   * How many posts are dated in each `bucketS` seconds from `sinceS` until before `untilS`, oldest first; buckets without
   * posts are left out. Buckets are counted from 1970 on.
   */
  postCounts(sinceS: number, untilS: number, bucketS: number): Promise<readonly PostCount[]>;
  /** The note at that fraction (0 ≤ `share` < 1) of all notes of these types: uniform if `share` is. */
  randomNote(share: number, postTypes: readonly PostType[]): Promise<Note | undefined>;
  /** URLs of at most 8 relays that have the note: from `IncomingNote.relay`, whatever the outcome, and `recordSighting`. */
  relaysOf(id: string): Promise<readonly string[]>;
}

/** The archive with what the public site needs of it, and the relays: which events are known, and where notes were seen. */
export interface Archive extends ReadableArchive {
  /**
   * A page of a list, newest first. Unlike pages by their number, a page at a place has the same notes however many come
   * on top, and costs the same however far back it is.
   */
  browse(listing: Listing, request: ListRequest): Promise<ListPage>;
  /** What the notes of some time are called and when they were edited, newest first, without reading them. */
  entriesBetween(sinceS: number, untilS: number, count: number): Promise<readonly ArchiveEntry[]>;
  /** The place of the note with that id in every list that has it; `undefined` if it isn't archived. */
  cursorOf(id: string): Promise<ListCursor | undefined>;
  /** Months with notes, latest first, as `2026-03`, in UTC, by the date that readers see. */
  months(): Promise<readonly { readonly month: string; readonly count: number }[]>;
  /** Whether the note with that id or key, or an id that starts so (at least 8 hex digits), was deleted or has expired. */
  wasDeleted(idOrKey: string): Promise<boolean>;
  /**
   * Which of the ids were passed to `Journal.accept`, with whatever outcome, or are the id of a `Deletion`: they need not
   * be verified again. An id that is only listed in a deletion is unknown until its note arrives.
   */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Known ids by the date of their events: of those between `sinceS` and `untilS` (seconds, inclusive) the newest
   * `count`, and the rest of the last second among them. Complete from the returned `sinceS` on, except for ids that were
   * replaced or deleted before the store kept dates.
   */
  knownInRange(range: { readonly sinceS: number; readonly untilS: number }, count: number): Promise<KnownIds>;
  /** Notes that another relay has the note; ignored if the note is not archived. */
  recordSighting(id: string, relay: string): Promise<void>;
}
