import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { Log } from '../../lib/log.ts';
import type { EventToNote } from '../../note/event-to-note.ts';
import type { Deliveries } from '../deliveries.ts';
import type { DeliveryTask } from '../delivery-task.ts';
import { createEventParser, type NoteFrom } from '../event-parser.ts';
import { createKeyvs } from '../rules/keyv-storage.ts';
import { pageOf } from '../rules/search-hits.ts';
import type { Store } from '../store.ts';
import { createActivityTable } from './activity-table.ts';
import { createArchiveWriter, type WriteResult } from './archive/archive-writer.ts';
import { createBrowser } from './archive/browse.ts';
import { createKnownIds } from './archive/known-ids.ts';
import { createNoteReader } from './archive/note-reader.ts';
import { createPostTimes } from './archive/post-times.ts';
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
import { createInFlightTable } from './delivery/in-flight-table.ts';
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
import { createValueTable } from './values/value-table.ts';

export interface StoreOptions {
  /** A file, created with its folder if missing; `:memory:` is lost on close. */
  readonly path: string;
  readonly log: Log;
  /** Parses a stored event. */
  readonly noteFrom: NoteFrom;
  /** The same for long events; `noteFrom` by default. */
  readonly readNote?: EventToNote;
  /** Milliseconds since 1970, for expiry and daily counts; the system's clock by default. */
  readonly now?: () => number;
}

/**
 * Opens the SQLite store and migrates it. Throws an `Error` for the operator if the file or its folder can't be
 * read or written, is not a database of ours, is damaged, or was written by a newer version.
 */
export function openStore({ path, ...options }: StoreOptions): Store {
  return createStore(openDatabase(path, options.log), options);
}

/** The store on a database that is open and migrated. */
export function createStore(
  db: DatabaseSync,
  { log, noteFrom, readNote, now = Date.now }: Omit<StoreOptions, 'path'>,
): Store {
  const dailyStats = createDailyStats(db, now);
  const journal = createJournalTable(db, dailyStats);
  const platformStats = createPlatformStats(db, journal);
  const maintenance = createMaintenance(db, journal, now);

  const index = createWordIndex(db);
  const parser = createEventParser(noteFrom, readNote);
  const reader = createNoteReader(db, noteFrom, parser);
  const series = createSeriesTable(db, reader);
  const sightings = createSightings(db);
  const skipper = createEntrySkipper(db, journal);
  const writer = createArchiveWriter(db, { journal, skipper, index, series, sightings, reader, parser });
  const search = createSearch(db);
  const hashtags = createHashtagSuggestions(db);
  const randomNote = createRandomNote(db, reader);
  const postTimes = createPostTimes(db);
  const knownIds = createKnownIds(db);
  const browser = createBrowser(db, reader);

  const inFlight = createInFlightTable(db);
  const destinations = createDestinations(db, { journal, inFlight, dailyStats, now });
  const delivered = createDeliveredState(db);
  const digests = createDigests(db);
  const deferred = createDeferred(db, journal, inFlight);
  const records = createDeliveryRecords(db, { journal, digests, inFlight, dailyStats });
  const findTasks = createTaskFinder(db, { journal, skipper, reader, delivered, digests, deferred });

  const activity = createActivityTable(db);
  const values = createValueTable(db, now);
  const personEraser = createPersonEraser(db);
  const scrubber = createFileScrubber(db, log);
  const { write, writeNow, flush } = createGroupCommit(db);
  void reindexOldNotes(db, { reader, series, index }, log);

  /**
   * Moves the remaining positions past new entries that aren't wanted, in batches, so that other work isn't blocked.
   */
  async function afterSkipping<Result>({ result, unskipped }: WriteResult<Result>): Promise<Result> {
    for (let from = unskipped; from; ) {
      const cursor = from;
      from = await write(() => skipper.skipNew(cursor));
    }
    return result;
  }

  async function deleteExpired(nowMs: number): Promise<number> {
    let count = 0;
    for (let all = false; !all; ) {
      const some = await afterSkipping(await write(() => writer.deleteExpired(Math.floor(nowMs / 1000))));
      count += some;
      all = some === 0;
    }
    if (count > 0) log.info('note.expired', { count });
    return count;
  }

  async function nextTasks(
    ...request: Parameters<Deliveries['nextTasks']>
  ): Promise<readonly DeliveryTask[]> {
    const [platform, nowMs, limit, busy, threshold, wallMs = nowMs] = request;
    for (;;) {
      const { tasks, hasMoved } = await reader.withLongNotes(() =>
        findTasks({ platform, nowMs, wallMs, limit, busy, threshold }),
      );
      if (tasks.length > 0 || !hasMoved) return tasks;
      await setImmediate();
    }
  }

  function nextDueMs(platform: string, nowMs: number, wallMs = nowMs): number | undefined {
    const postponed = inFlight.nextDueMs(platform, nowMs, journal.head());
    const deferredMs = deferred.nextOverMs(platform, wallMs);
    const times = [postponed, deferredMs === undefined ? undefined : nowMs + deferredMs - wallMs];
    const next = Math.min(...times.filter((time) => time !== undefined));
    return Number.isFinite(next) ? next : undefined;
  }

  return {
    journal: {
      accept: async (notes, onVisible) =>
        afterSkipping(await writeNow(() => writer.accept(notes), onVisible)),
      delete: async (deletion) => afterSkipping(await write(() => writer.delete(deletion))),
      deleteExpired,
      nextExpiryMs: async () => writer.nextExpiryMs(),
    },
    archive: {
      latest: async (page) => reader.latest(page),
      async search(query, { postType, ...page }) {
        const { moments, ...found } = search(query, postType);
        const notes = await reader.notesAt(pageOf(moments, page));
        return { ...found, notes, total: moments.length };
      },
      find: async (idOrKey) => reader.find(idOrKey),
      series: async () => series.all(),
      notesInSeries: async (name, page) => series.notesIn(name, page),
      neighbours: async (id) => series.neighbours(id),
      browse: async (listing, request) => browser.page(listing, request),
      entriesBetween: async (sinceS, untilS, count) => browser.entriesBetween(sinceS, untilS, count),
      cursorOf: async (id) => browser.cursorOf(id),
      months: async () => browser.months(),
      wasDeleted: async (idOrKey) => browser.wasDeleted(idOrKey),
      hashtags: async (prefix, count) => hashtags(prefix, count),
      postCounts: (sinceS, untilS, bucketS) => postTimes(sinceS, untilS, bucketS),
      randomNote: async (share, postTypes) => randomNote(share, postTypes),
      known: async (ids) => reader.known(ids),
      knownInRange: async (range, count) => knownIds(range, count),
      recordSighting: (id, relay) => write(() => sightings.add(id, relay)),
      relaysOf: async (id) => sightings.of(id),
    },
    destinations: {
      subscribe: (subscription) => write(() => destinations.subscribe(subscription)),
      setPreferences: (id, preferences) => write(() => destinations.setPreferences(id, preferences)),
      unsubscribe: (id) => write(() => destinations.unsubscribe(id)),
      get: async (id) => destinations.get(id),
      list: async (filter = {}) => destinations.list(filter),
      suspend: (id, reason, gone) => write(() => destinations.suspend(id, reason, gone)),
      resume: (id) => write(() => destinations.resume(id)),
      move: (from, to) => write(() => destinations.move(from, to)),
    },
    deliveries: {
      nextTasks,
      nextDueMs: async (platform, nowMs, wallMs) => nextDueMs(platform, nowMs, wallMs),
      clampPostponed: (platform, latestMs) => write(() => inFlight.clamp(platform, latestMs)),
      recordIntent: (id, seq, part) => write(() => records.recordIntent(id, seq, part)),
      recordReceipt: (id, seq, key, receipt, last) =>
        write(() => records.recordReceipt(id, seq, key, receipt, last)),
      recordRemoval: (id, seq, key, fromPart, last) =>
        write(() => records.recordRemoval(id, seq, key, fromPart, last)),
      recordDigest: (id, seq, notes, receipt) => write(() => records.recordDigest(id, seq, notes, receipt)),
      recordDigestEdit: (...edited) => write(() => records.recordDigestEdit(...edited)),
      skip: (id, seq, isRefused = false) => write(() => records.skip(id, seq, isRefused)),
      postpone: (id, seq, untilMs, uncertain) => write(() => records.postpone(id, seq, untilMs, uncertain)),
    },
    values: { keyv: createKeyvs(values.table) },
    stats: {
      totals: async () => maintenance.totals(),
      awaiting: async (key, platform) => platformStats.awaiting(key, platform),
      ofPlatform: async (platform, fromMs, untilMs) => platformStats.of(platform, fromMs, untilMs),
    },
    activity: {
      add: (counts) => write(() => activity.add(counts)),
      sum: async (fromHour, untilHour) => activity.sum(fromHour, untilHour),
    },
    async forget(names) {
      const gone = await write(() => {
        personEraser.forget(new Set(names));
        return destinations.forget(names);
      });
      await scrubber.scrub();
      return gone;
    },
    async maintain(nowMs) {
      await deleteExpired(nowMs);
      const forgotten = await write(() => destinations.removeGone(nowMs));
      if (forgotten > 0) log.info('destination.forgotten', { count: forgotten });
      values.sweep(nowMs);
      platformStats.forget(nowMs);
      maintenance.optimize();
    },
    check: async () => maintenance.check(now()),
    async close() {
      if (!db.isOpen) return;
      flush();
      scrubber.stop();
      db.close();
    },
  };
}
