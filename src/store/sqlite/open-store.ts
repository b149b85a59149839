import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { Log } from '../../lib/log.ts';
import type { EventToNote } from '../../note/event-to-note.ts';
import type { Deliveries } from '../deliveries.ts';
import type { DeliveryTask } from '../delivery-task.ts';
import type { Store } from '../store.ts';
import { createArchiveWriter, type WriteResult } from './archive/archive-writer.ts';
import { createKnownIds } from './archive/known-ids.ts';
import { createNoteReader, type NoteFrom } from './archive/note-reader.ts';
import { createRandomNote } from './archive/random-note.ts';
import { reindexOldNotes } from './archive/reindex.ts';
import { createSeriesTable } from './archive/series-table.ts';
import { createSightings } from './archive/sightings.ts';
import { createDailyStats } from './daily-stats.ts';
import { createDeferred } from './delivery/deferred.ts';
import { createDeliveredState } from './delivery/delivered-state.ts';
import { createDeliveryRecords } from './delivery/deliveries.ts';
import { createDestinations } from './delivery/destinations.ts';
import { createDigests } from './delivery/digests.ts';
import { createJournalTable } from './delivery/journal-table.ts';
import { createTaskFinder } from './delivery/next-tasks.ts';
import { createEntrySkipper } from './delivery/skip-unwanted.ts';
import { createFileScrubber } from './file-scrubber.ts';
import { createGroupCommit } from './group-commit.ts';
import { createMaintenance } from './maintenance.ts';
import { openDatabase } from './open-database.ts';
import { createPlatformStats } from './platform-stats.ts';
import { createHashtagSuggestions } from './search/hashtags.ts';
import { createSearch } from './search/search.ts';
import { createWordIndex } from './search/word-index.ts';
import { createPersonEraser } from './values/forget-person.ts';
import { createKeyValues } from './values/keyv.ts';

export interface StoreOptions {
  /** A file, made with its folder where missing; `:memory:` forgets all on close. */
  readonly path: string;
  readonly log: Log;
  /** Makes the note of a stored event again. */
  readonly noteFrom: NoteFrom;
  /** The same for what is long; `noteFrom` where left out. */
  readonly readNote?: EventToNote;
  /** Milliseconds since 1970, for what is kept for a time; the system's clock by default. */
  readonly now?: () => number;
}

/**
 * Opens the store on SQLite and brings it up to date. Throws an `Error` with a sentence for people where the file or
 * its folder can't be read or written, is no database of ours, is damaged, or was written by a newer program.
 */
export function openStore({ path, ...options }: StoreOptions): Store {
  return createStore(openDatabase(path, options.log), options);
}

/** The store on a database that is open and up to date. */
export function createStore(
  db: DatabaseSync,
  { log, noteFrom, readNote, now = Date.now }: Omit<StoreOptions, 'path'>,
): Store {
  const figureBook = createDailyStats(db, now);
  const journal = createJournalTable(db, figureBook);
  const figures = createPlatformStats(db, journal);
  const passOver = createEntrySkipper(db, journal);
  const index = createWordIndex(db);
  const reading = createNoteReader(db, noteFrom, readNote);
  const series = createSeriesTable(db, reading);
  const sightings = createSightings(db);
  const archive = createArchiveWriter(db, journal, passOver, index, series, sightings, reading);
  const search = createSearch(db);
  const taken = createKnownIds(db);
  const hashtags = createHashtagSuggestions(db);
  const pick = createRandomNote(db, reading);
  const destinations = createDestinations(db, journal, figureBook, now);
  const standing = createDeliveredState(db, reading);
  const digests = createDigests(db, journal, standing);
  const held = createDeferred(db, journal, passOver);
  const delivery = createDeliveryRecords(db, journal, digests, held, figureBook);
  const look = createTaskFinder(db, { journal, passOver, reading, standing, digests, held });
  const keyvs = createKeyValues(db, now);
  const people = createPersonEraser(db);
  const residue = createFileScrubber(db, log);
  const care = createMaintenance(db, journal, now);
  const { write, writeNow, flush } = createGroupCommit(db);
  void reindexOldNotes(db, { reading, series, index }, log);

  /** Many who don't want what is new are moved on some at a time, and everything else goes on in between. */
  async function movedOn<Result>({ result, head }: WriteResult<Result>): Promise<Result> {
    if (head !== undefined) for (let all = false; !all; ) all = await write(() => passOver.passNew(head));
    return result;
  }

  async function due(...asked: Parameters<Deliveries['nextTasks']>): Promise<readonly DeliveryTask[]> {
    const [platform, nowMs, limit, busy, far, wallMs = nowMs] = asked;
    for (;;) {
      const { tasks, hasMoved } = await reading.completed(() =>
        look.due({ platform, nowMs, wallMs, limit, busy, far }),
      );
      if (tasks.length > 0 || !hasMoved) return tasks;
      await setImmediate();
    }
  }

  /** So many at a time as keep nothing else waiting. */
  async function expire(nowMs: number): Promise<number> {
    let count = 0;
    for (let all = false; !all; ) {
      const some = await movedOn(await write(() => archive.expire(Math.floor(nowMs / 1000))));
      count += some;
      all = some === 0;
    }
    if (count > 0) log.info('note.expired', { count });
    return count;
  }

  return {
    journal: {
      accept: async (notes, onVisible) => movedOn(await writeNow(() => archive.accept(notes), onVisible)),
      delete: async (deletion) => movedOn(await write(() => archive.takeBack(deletion))),
      deleteExpired: expire,
      nextExpiryMs: async () => archive.nextExpiryMs(),
    },
    archive: {
      latest: async (page) => reading.latest(page),
      async search(query, { count, offset = 0, postType }) {
        const { moments, ...found } = search(query, postType);
        const from = Math.max(offset, 0);
        const notes = await reading.notesAt(moments.slice(from, from + Math.max(count, 0)));
        return { ...found, notes, total: moments.length };
      },
      find: async (idOrKey) => reading.find(idOrKey),
      series: async () => series.all(),
      notesInSeries: async (name, page) => series.notesIn(name, page),
      neighbours: async (id) => series.beside(id),
      hashtags: async (prefix, count) => hashtags(prefix, count),
      randomNote: async (share, postTypes) => pick(share, postTypes),
      known: async (ids) => reading.known(ids),
      knownInRange: async (range, count) => taken(range, count),
      recordSighting: (id, relay) => write(() => sightings.add(id, relay)),
      relaysOf: async (id) => sightings.of(id),
    },
    destinations: {
      subscribe: (subscription) => write(() => destinations.subscribe(subscription)),
      setPreferences: (id, preferences) => write(() => destinations.choose(id, preferences)),
      unsubscribe: (id) => write(() => destinations.unsubscribe(id)),
      get: async (id) => destinations.destination(id),
      list: async (filter = {}) => destinations.destinations(filter),
      suspend: (id, reason, gone) => write(() => destinations.suspend(id, reason, gone)),
      resume: (id) => write(() => destinations.resume(id)),
      move: (from, to) => write(() => destinations.move(from, to)),
    },
    deliveries: {
      nextTasks: due,
      nextDueMs: async (platform, nowMs, wallMs = nowMs) => delivery.nextDueMs(platform, { nowMs, wallMs }),
      clampPostponed: (platform, latestMs) => write(() => delivery.hasten(platform, latestMs)),
      recordIntent: (id, seq, part) => write(() => delivery.begin(id, seq, part)),
      recordReceipt: (id, seq, key, receipt, last) =>
        write(() => delivery.delivered(id, seq, key, receipt, last)),
      recordRemoval: (id, seq, key, fromPart, last) =>
        write(() => delivery.removed(id, seq, key, fromPart, last)),
      recordDigest: (id, seq, notes, receipt) => write(() => delivery.digested(id, seq, notes, receipt)),
      recordDigestEdit: (...edited) => write(() => delivery.digestEdited(...edited)),
      skip: (id, seq, isRefused = false) => write(() => delivery.skip(id, seq, isRefused)),
      postpone: (id, _seq, untilMs, uncertain) => write(() => delivery.postpone(id, untilMs, uncertain)),
    },
    values: { keyv: (namespace) => keyvs.keyv(namespace) },
    stats: {
      totals: async () => care.census(),
      ofPlatform: async (platform, fromMs, untilMs) => figures.of(platform, fromMs, untilMs),
    },
    async forget(names) {
      const gone = await write(() => {
        people.forget(new Set(names));
        return destinations.forget(names);
      });
      await residue.scrub();
      return gone;
    },
    async maintain(nowMs) {
      await expire(nowMs);
      const forgotten = await write(() => destinations.clear(nowMs));
      if (forgotten > 0) log.info('destination.forgotten', { count: forgotten });
      keyvs.sweep(nowMs);
      figures.forget(nowMs);
      care.tidy();
    },
    check: async () => care.check(now()),
    async close() {
      if (!db.isOpen) return;
      flush();
      residue.stop();
      db.close();
    },
  };
}
