import type { Keyv } from 'keyv';
import type { Note, PostType } from '../note/note.ts';
import type { Query, SearchResult } from '../note/search/query.ts';
import type { Series } from '../note/series.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { CatchUp, CatchUpThreshold, DeliveryTask, Destination, Receipt } from './delivery-task.ts';
import type { AcceptOutcome, Deletion, IncomingNote, KnownIds } from './journal.ts';
import type { PlatformStats, Totals } from './stats.ts';

/** A destination as it is being asked for. */
export interface Subscription {
  readonly id: string;
  readonly source: Destination['source'];
  /** Absent: those that are kept from before, or else what holds where nobody chose. */
  readonly preferences?: Preferences;
}

/**
 * The archive, the journal, the destinations and their receipts: all that must survive a crash. Every method is one
 * transaction: when its promise settles, all of it is durable or (rejected) none of it happened. Callers never hold a
 * transaction open. The same contract suite runs against every engine: `test/contract/store.ts`.
 */
export interface Store {
  /**
   * Archive and journal together. Outcomes in the order of the arrivals; journal entries in that order too. What is
   * archived in the end does not depend on the order in which versions and deletions came. `seen` is called as soon as
   * it can be seen, before it is durable: whatever is written from then on is not durable without it.
   */
  accept(arrivals: readonly IncomingNote[], seen?: () => void): Promise<readonly AcceptOutcome[]>;
  /** Removes notes from the archive and journals a delete where readers were to get them; remembers the request, so
   * that a late copy stays out. Returns how many notes went. Repeating it changes nothing. */
  delete(deletion: Deletion): Promise<number>;
  /**
   * Those of the ids that came before, to `accept` with whatever outcome or as the id of a `Deletion`: not worth
   * verifying again. An id that a deletion only names is not among them until its note comes.
   */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * What `known` knows, by the date of its event: of those dated from `sinceS` to `untilS` (seconds, both included) the
   * newest `count`, and whatever else the last second of these has. It is complete from the returned `sinceS` on, apart
   * from ids that were replaced or taken back before dates were kept.
   */
  knownInRange(
    within: { readonly sinceS: number; readonly untilS: number },
    count: number,
  ): Promise<KnownIds>;
  /** Newest first (`created_at`, then the lowest id, as NIP-01 orders). */
  latest(wanted: {
    readonly count: number;
    readonly offset?: number;
    readonly postType?: PostType;
  }): Promise<readonly Note[]>;
  /**
   * Best and newest first; of more than 1,000 hits, the newest 1,000. The last word may be the beginning of one (from
   * three letters on); such hits come after those with the words as typed. A query that asks for nothing, or for
   * punctuation only, finds nothing. Looks only so far back as a moment allows where words stand in very many notes,
   * but hardly ever as asked for (`Found.since`). Never throws for what people type.
   */
  search(
    query: Query,
    page: { readonly count: number; readonly offset?: number; readonly postType?: PostType },
  ): Promise<SearchResult>;
  /** The note with that id, key, id of an older version, or beginning of such an id (at least 4 hex digits; of several, the
   * newest). */
  find(idOrKey: string): Promise<Note | undefined>;
  /** Series of two notes or more, the one that was continued last first; at most 1,000. */
  series(): Promise<readonly Series[]>;
  /** The notes of the series of that name (`Note.series`), newest first; `total` counts all of them. */
  notesInSeries(
    name: string,
    page: { readonly count: number; readonly offset?: number },
  ): Promise<{ readonly notes: readonly Note[]; readonly total: number }>;
  /** The notes before and after the one with that id in its series. */
  neighbours(id: string): Promise<{ readonly earlier?: Note; readonly later?: Note }>;
  /** Hashtags that begin so, lower-case, the most used first. */
  hashtags(beginning: string, count: number): Promise<readonly string[]>;
  /** The note that stands that far (0 ≤ `share` < 1) through those of the types; each has as much room as the others. */
  randomNote(share: number, postTypes: readonly PostType[]): Promise<Note | undefined>;
  /** One more relay has the note with that id; nothing where it is not in the archive. */
  recordSighting(id: string, relay: string): Promise<void>;
  /** Addresses of relays that sent the note with that id, at most 8: those of `accept`, whatever came of it, and of `sighted`. */
  relaysOf(id: string): Promise<readonly string[]>;
  totals(): Promise<Totals>;
  /** What happened in the whole UTC days from `fromMs` until before `untilMs`, of the last 60; and how things stand now. */
  platformStats(platform: string, fromMs: number, untilMs: number): Promise<PlatformStats>;

  /** Adds the destination at the journal's head, or makes a `gone` one active there again; a `suspended` one becomes
   * active where it stood. Both take what is asked for now. `already`: it was active, and its choices are left alone. */
  subscribe(subscription: Subscription): Promise<'added' | 'resumed' | 'already'>;
  /** What waits for a destination is judged by these from now on. False where there is none. */
  setPreferences(id: string, choices: Preferences): Promise<boolean>;
  /** Forgets the destination and its receipts. False where there was none. */
  unsubscribe(id: string): Promise<boolean>;
  destination(id: string): Promise<Destination | undefined>;
  /** All, or those that the filter names. `within`: that destination and its topics. */
  destinations(filter?: {
    readonly source?: Destination['source'];
    readonly state?: Destination['state'];
    readonly within?: string;
  }): Promise<readonly Destination[]>;

  /**
   * At most one task per destination, for active destinations of the platform that are behind and due, those that
   * are furthest behind first; `busy` are left out. Entries that a destination does not want (its post types; a
   * delete of what never stood there; a replace of what never stood there or stands there in its newest version; a
   * post or replace that was taken back since, unless a part of it is in doubt) are passed over for good. `busy` must name every destination whose task
   * is in hand, or it may be passed over what is being sent. Who is far behind gets one digest in place of the posts that
   * wait; without `far` nobody is. What was begun is finished in the way it was begun. Where a rhythm or quiet hours were chosen, posts are held until `wallMs` says that their hour has come
   * (milliseconds since 1970, by the calendar; `nowMs` where left out); changes of what stands there, and breaking news where that is allowed, are due all the same.
   */
  nextTasks(
    platform: string,
    nowMs: number,
    limit: number,
    busy: ReadonlySet<string>,
    far?: CatchUpThreshold,
    wallMs?: number,
  ): Promise<readonly DeliveryTask[]>;
  /** When the first destination of the platform is due that was postponed or is held beyond `nowMs`; `undefined`: none. */
  nextDueMs(platform: string, nowMs: number, wallMs?: number): Promise<number | undefined>;
  /** Nothing of the platform is postponed beyond `latestMs` any more: what was, is due then. */
  clampPostponed(platform: string, latestMs: number): Promise<void>;
  /** Records the intent to send a part, before it is sent. This and all that follows is let go, without an error,
   * where the destination was forgotten meanwhile. */
  recordIntent(destination: string, seq: number, part: number): Promise<void>;
  /** Receipt (in place of the one for that part) and, with `last`, position together; `noteId` is the version shown.
   * Clears intent, attempts and postponement. Until `last`, the entry stays due. */
  recordReceipt(
    destination: string,
    seq: number,
    key: string,
    receipt: Receipt,
    last: boolean,
  ): Promise<void>;
  /** Forgets the receipts of parts from `fromPart` on: they no longer stand there. With `last` the entry is settled.
   * Clears intent, attempts and postponement. */
  recordRemoval(
    destination: string,
    seq: number,
    key: string,
    fromPart: number,
    last: boolean,
  ): Promise<void>;
  /** A digest was sent: it stands for all those notes, and the entry is settled. */
  recordDigest(destination: string, seq: number, notes: CatchUp['notes'], receipt: string): Promise<void>;
  /** A digest was edited on account of the note with that key: it shows version `noteId` now, or that note no more. `was`
   * and `receipt` name the digest before and after. Otherwise as `delivered`. */
  recordDigestEdit(
    destination: string,
    seq: number,
    key: string,
    edit: { readonly was: string; readonly receipt: string; readonly noteId?: string },
    last: boolean,
  ): Promise<void>;
  /** The entry is settled here without a message; `isRefused`: the platform would not have it. */
  skip(destination: string, seq: number, isRefused?: boolean): Promise<void>;
  /** Not due before `untilMs`; one more attempt. `uncertain` keeps the intent: the part may have arrived. Otherwise it
   * is cleared, unless an earlier try of that part may have arrived. */
  postpone(destination: string, untilMs: number, uncertain: boolean): Promise<void>;
  /** No more tasks until `subscribe` or `resume`. What is gone is not made suspended. An intent is kept: the part may
   * have arrived in an earlier try. */
  suspend(destination: string, reason: string, gone: boolean): Promise<void>;
  /** A destination that was suspended or gone goes on where it stood. False where it was neither. */
  resume(destination: string): Promise<boolean>;
  /** The destination has a new id; position and choices go along. Receipts keep working: they name the old chat. Where
   * the new id is a destination already, that one stays, with the receipts of both; if the old one was active, it is
   * active from then on, at the further position of the two. */
  move(from: string, to: string): Promise<void>;

  /** Small values that live beside: settings and caches, on the same file. One namespace, one `Keyv`. Where the store
   * can't be read or written its methods reject, as long as nobody listens to its `error` events. */
  keyv<T>(namespace: string): Keyv<T>;
  /**
   * Forgets somebody: `names` are all that stand for them (`Asker.id`, `Asker.inbox`, destinations that are theirs alone,
   * their code). Those destinations go with their topics and receipts; of the small values, every one that names them, and of
   * lists what names them. Returns the destinations. When it settles, the files hold nothing of it any more, unless another
   * program reads the database just then, or it is larger than 64 MiB (docs/security.md).
   */
  forget(names: readonly string[]): Promise<readonly string[]>;
  /** Takes back, as if their author had, the notes that expired (NIP-40) at `nowMs` or before; returns how many. */
  deleteExpired(nowMs: number): Promise<number>;
  /** When the next note expires, in milliseconds since 1970; `undefined`: none that is here does. */
  nextExpiryMs(): Promise<number | undefined>;
  /** Removes what has expired at `nowMs` and lets the engine tidy up: cached values; notes (NIP-40), as if their author had
   * taken them back; destinations that have been gone for 30 days, but for those that the operator names. */
  maintain(nowMs: number): Promise<void>;
  /** Throws where the store can't be read and written. */
  check(): Promise<void>;
  close(): Promise<void>;
}
