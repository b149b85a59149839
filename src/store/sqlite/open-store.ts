import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { Log } from '../../log.ts';
import type { ReadNote } from '../../note/note-from.ts';
import type { Store } from '../store.ts';
import type { Task } from '../task.ts';
import { createArchive, type Written } from './archive.ts';
import { createCare } from './care.ts';
import { createChance } from './chance.ts';
import { createDelivery } from './delivery.ts';
import { createDestinations } from './destinations.ts';
import { createDigests } from './digests.ts';
import { createDue } from './due.ts';
import { createFigureBook } from './figure-book.ts';
import { createFigures } from './figures.ts';
import { createHashtags } from './hashtags.ts';
import { createHeld } from './held.ts';
import { createWordIndex } from './index-words.ts';
import { createJournal } from './journal.ts';
import { createKeyvs } from './keyv.ts';
import { openDatabase } from './open-database.ts';
import { createPassOver } from './pass-over.ts';
import { createPeople } from './people.ts';
import { createReading, type NoteFrom } from './reading.ts';
import { readAgain } from './rereading.ts';
import { createResidue } from './residue.ts';
import { createSearch } from './search.ts';
import { createSightings } from './seen.ts';
import { createSeriesTable } from './series.ts';
import { createStanding } from './standing.ts';
import { createTaken } from './taken.ts';
import { createWriting } from './writing.ts';

export interface StoreOptions {
  /** A file, made with its folder where missing; `:memory:` forgets all on close. */
  readonly path: string;
  readonly log: Log;
  /** Makes the note of a stored event again. */
  readonly noteFrom: NoteFrom;
  /** The same for what is long; `noteFrom` where left out. */
  readonly readNote?: ReadNote;
  /** Milliseconds since 1970, for what is kept for a time; the system's clock by default. */
  readonly now?: () => number;
}

/**
 * Opens the store on SQLite and brings it up to date. Throws an `Error` with a sentence for people where the file or
 * its folder can't be read or written, is no database of ours, is damaged, or was written by a newer program.
 */
export function openStore({ path, ...options }: StoreOptions): Store {
  return storeOn(openDatabase(path, options.log), options);
}

/** The store on a database that is open and up to date. */
export function storeOn(
  db: DatabaseSync,
  { log, noteFrom, readNote, now = Date.now }: Omit<StoreOptions, 'path'>,
): Store {
  const figureBook = createFigureBook(db, now);
  const journal = createJournal(db, figureBook);
  const figures = createFigures(db, journal);
  const passOver = createPassOver(db, journal);
  const index = createWordIndex(db);
  const reading = createReading(db, noteFrom, readNote);
  const series = createSeriesTable(db, reading);
  const sightings = createSightings(db);
  const archive = createArchive(db, journal, passOver, index, series, sightings, reading);
  const search = createSearch(db);
  const taken = createTaken(db);
  const hashtags = createHashtags(db);
  const pick = createChance(db, reading);
  const destinations = createDestinations(db, journal, figureBook, now);
  const standing = createStanding(db, reading);
  const digests = createDigests(db, journal, standing);
  const held = createHeld(db, journal, passOver);
  const delivery = createDelivery(db, journal, digests, held, figureBook);
  const look = createDue(db, { journal, passOver, reading, standing, digests, held });
  const keyvs = createKeyvs(db, now);
  const people = createPeople(db);
  const residue = createResidue(db, log);
  const care = createCare(db, journal, now);
  const { write, writeNow, flush } = createWriting(db);
  void readAgain(db, { reading, series, index }, log);

  /** Many who don't want what is new are moved on some at a time, and everything else goes on in between. */
  async function movedOn<Result>({ result, head }: Written<Result>): Promise<Result> {
    if (head !== undefined) for (let all = false; !all; ) all = await write(() => passOver.passNew(head));
    return result;
  }

  async function due(...asked: Parameters<Store['due']>): Promise<readonly Task[]> {
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
    if (count > 0) log.info('notes.expired', { count });
    return count;
  }

  return {
    accept: async (arrivals, seen) => movedOn(await writeNow(() => archive.accept(arrivals), seen)),
    takeBack: async (deletion) => movedOn(await write(() => archive.takeBack(deletion))),
    known: async (ids) => reading.known(ids),
    taken: async (within, count) => taken(within, count),
    latest: async (wanted) => reading.latest(wanted),
    async search(query, { count, offset = 0, postType }) {
      const { moments, ...found } = search(query, postType);
      const from = Math.max(offset, 0);
      const notes = await reading.notesAt(moments.slice(from, from + Math.max(count, 0)));
      return { ...found, notes, total: moments.length };
    },
    find: async (idOrKey) => reading.find(idOrKey),
    census: async () => care.census(),
    figures: async (platform, fromMs, untilMs) => figures.of(platform, fromMs, untilMs),
    series: async () => series.all(),
    inSeries: async (name, page) => series.notesIn(name, page),
    besideInSeries: async (id) => series.beside(id),
    hashtags: async (beginning, count) => hashtags(beginning, count),
    pick: async (share, postTypes) => pick(share, postTypes),
    sighted: (id, relay) => write(() => sightings.add(id, relay)),
    seenAt: async (id) => sightings.of(id),

    subscribe: (subscription) => write(() => destinations.subscribe(subscription)),
    choose: (id, choices) => write(() => destinations.choose(id, choices)),
    unsubscribe: (id) => write(() => destinations.unsubscribe(id)),
    destination: async (id) => destinations.destination(id),
    destinations: async (filter = {}) => destinations.destinations(filter),
    suspend: (id, reason, gone) => write(() => destinations.suspend(id, reason, gone)),
    resume: (id) => write(() => destinations.resume(id)),
    move: (from, to) => write(() => destinations.move(from, to)),

    due,
    nextDueMs: async (platform, nowMs, wallMs = nowMs) => delivery.nextDueMs(platform, { nowMs, wallMs }),
    hasten: (platform, latestMs) => write(() => delivery.hasten(platform, latestMs)),
    begin: (id, seq, part) => write(() => delivery.begin(id, seq, part)),
    delivered: (id, seq, key, receipt, last) => write(() => delivery.delivered(id, seq, key, receipt, last)),
    removed: (id, seq, key, fromPart, last) => write(() => delivery.removed(id, seq, key, fromPart, last)),
    digested: (id, seq, notes, receipt) => write(() => delivery.digested(id, seq, notes, receipt)),
    digestEdited: (...edited) => write(() => delivery.digestEdited(...edited)),
    skip: (id, seq, isRefused = false) => write(() => delivery.skip(id, seq, isRefused)),
    postpone: (id, untilMs, uncertain) => write(() => delivery.postpone(id, untilMs, uncertain)),

    keyv: (namespace) => keyvs.keyv(namespace),
    async forget(names) {
      const gone = await write(() => {
        people.forget(new Set(names));
        return destinations.forget(names);
      });
      await residue.clear();
      return gone;
    },
    expire,
    nextExpiryMs: async () => archive.nextExpiryMs(),
    async tidy(nowMs) {
      await expire(nowMs);
      const forgotten = await write(() => destinations.clear(nowMs));
      if (forgotten > 0) log.info('destinations.forgotten', { count: forgotten });
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
