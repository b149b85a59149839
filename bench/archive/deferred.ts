import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { Note, VerifiedEvent } from '../../src/note/note.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../../src/preferences/preferences.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import type { Measurement, Size } from '../measurement.ts';
import { percentile } from '../timing.ts';
import { archiveEvents } from './generated-notes.ts';

const PLACES: Readonly<Record<Size, number>> = { full: 100_000, quick: 100 };
const POSTS = 5;
/** As many as delivery has in hand. */
const IN_HAND = 64;
const NOBODY: ReadonlySet<string> = new Set();
const EVENING = Date.parse('2026-03-01T20:00:00Z');
const MORNING = Date.parse('2026-03-02T08:00:00Z');

const DAILY: Preferences = { ...DEFAULT_PREFERENCES, schedule: { kind: 'daily', at: 8 * 60 } };
const UNWANTED: Preferences = { ...DEFAULT_PREFERENCES, postTypes: [] };

async function measured(
  work: () => Promise<unknown>,
): Promise<{ readonly ms: number; readonly pauseMs: number }> {
  const pauses = monitorEventLoopDelay({ resolution: 1 });
  pauses.enable();
  const began = performance.now();
  await work();
  const ms = performance.now() - began;
  pauses.disable();
  return { ms, pauseMs: pauses.max / 1e6 };
}

async function crowd(store: Store, places: number, preferences: Preferences): Promise<void> {
  const ids = Array.from({ length: places }, (_, index) => `telegram:${index + 1}`);
  await Promise.all(ids.map((id) => store.destinations.subscribe({ id, source: 'command', preferences })));
}

/** The notes come, and everybody is moved on or held. */
async function posted(store: Store, notes: readonly Note[]): Promise<void> {
  for (const note of notes) {
    await store.journal.accept([{ note, news: true }]);
    await store.deliveries.nextTasks('telegram', EVENING, IN_HAND, NOBODY, undefined, EVENING);
  }
}

async function digested(store: Store): Promise<number> {
  for (let count = 0; ; ) {
    const tasks = await store.deliveries.nextTasks('telegram', MORNING, IN_HAND, NOBODY, undefined, MORNING);
    if (tasks.length === 0) return count;
    await Promise.all(
      tasks.map(({ destination, entry, catchUp }) =>
        store.deliveries.recordDigest(destination.id, entry.seq, catchUp?.notes ?? [], `m${destination.id}`),
      ),
    );
    count += tasks.length;
  }
}

async function withCrowd<T>(
  places: number,
  choices: Preferences,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'postrider-held-'));
  const store = openStore({ path: join(folder, 'held.db'), log: silentLog, noteFrom: eventToNote });
  try {
    await crowd(store, places, choices);
    return await work(store);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

/** Places that wait for a digest: held when a post comes, no burden meanwhile, served at their hour. */
export const deferred: Measurement = {
  name: 'held',
  async run({ size }) {
    const places = PLACES[size];
    const notes = [...archiveEvents(POSTS * 4)]
      .flatMap((event) => eventToNote(event as VerifiedEvent) ?? [])
      .filter(({ postType }) => DEFAULT_PREFERENCES.postTypes.includes(postType))
      .slice(0, POSTS);
    const passed = await withCrowd(places, UNWANTED, (store) => measured(() => posted(store, notes)));
    const rows = await withCrowd(places, DAILY, async (store) => {
      const holding = await measured(() => posted(store, notes));
      const looks: number[] = [];
      for (let look = 0; look < 200; look += 1) {
        const began = performance.now();
        await store.deliveries.nextTasks('telegram', EVENING, IN_HAND, NOBODY, undefined, EVENING);
        looks.push(performance.now() - began);
      }
      let count = 0;
      const serving = await measured(async () => (count = await digested(store)));
      return [
        { what: 'posts that nobody gets: all positions move', ...passed },
        { what: 'posts for digests: all are held', ...holding },
        { what: "one query for what's due while all are held, p99", ms: percentile(looks, 0.99), pauseMs: 0 },
        { what: `${count} digests, without the platform`, ...serving },
      ];
    });
    return [
      {
        about: `${places.toLocaleString('en')} destinations with a daily digest, ${POSTS} posts: the time the store takes, and the longest pause for everything else.`,
        columns: {
          what: { head: 'what' },
          ms: { head: 'took', as: 'ms' },
          pauseMs: { head: 'longest pause', as: 'ms' },
        },
        rows,
      },
    ];
  },
};
