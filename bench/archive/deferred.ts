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

const DESTINATIONS: Readonly<Record<Size, number>> = { full: 100_000, quick: 100 };
const POSTS = 5;
/** Tasks that delivery has in progress at once. */
const IN_PROGRESS = 64;
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

async function subscribeAll(store: Store, destinations: number, preferences: Preferences): Promise<void> {
  const ids = Array.from({ length: destinations }, (_, index) => `telegram:${index + 1}`);
  await Promise.all(ids.map((id) => store.destinations.subscribe({ id, source: 'command', preferences })));
}

/** Accepts the notes; every destination skips or defers them. */
async function publish(store: Store, notes: readonly Note[]): Promise<void> {
  for (const note of notes) {
    await store.journal.accept([{ note, news: true }]);
    await store.deliveries.nextTasks('telegram', EVENING, IN_PROGRESS, NOBODY, undefined, EVENING);
  }
}

async function sendDigests(store: Store): Promise<number> {
  for (let count = 0; ; ) {
    const tasks = await store.deliveries.nextTasks(
      'telegram',
      MORNING,
      IN_PROGRESS,
      NOBODY,
      undefined,
      MORNING,
    );
    if (tasks.length === 0) return count;
    await Promise.all(
      tasks.map(({ destination, entry, catchUp }) =>
        store.deliveries.recordDigest(destination.id, entry.seq, catchUp?.notes ?? [], `m${destination.id}`),
      ),
    );
    count += tasks.length;
  }
}

async function withSubscribers<T>(
  destinations: number,
  choices: Preferences,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'postrider-deferred-'));
  const store = openStore({ path: join(folder, 'deferred.db'), log: silentLog, noteFrom: eventToNote });
  try {
    await subscribeAll(store, destinations, choices);
    return await work(store);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

/** Destinations with a digest schedule: deferring them, looking for tasks meanwhile, and serving them when their time comes. */
export const deferred: Measurement = {
  name: 'deferred',
  async run({ size }) {
    const destinations = DESTINATIONS[size];
    const notes = [...archiveEvents(POSTS * 4)]
      .flatMap((event) => eventToNote(event as VerifiedEvent) ?? [])
      .filter(({ postType }) => DEFAULT_PREFERENCES.postTypes.includes(postType))
      .slice(0, POSTS);
    const skipped = await withSubscribers(destinations, UNWANTED, (store) =>
      measured(() => publish(store, notes)),
    );
    const rows = await withSubscribers(destinations, DAILY, async (store) => {
      const deferring = await measured(() => publish(store, notes));
      const looks: number[] = [];
      for (let look = 0; look < 200; look += 1) {
        const began = performance.now();
        await store.deliveries.nextTasks('telegram', EVENING, IN_PROGRESS, NOBODY, undefined, EVENING);
        looks.push(performance.now() - began);
      }
      let count = 0;
      const serving = await measured(async () => (count = await sendDigests(store)));
      return [
        { what: 'posts that nobody wants: all positions move', ...skipped },
        { what: 'posts for digests: all destinations are deferred', ...deferring },
        { what: 'one query for tasks while all are deferred, p99', ms: percentile(looks, 0.99), pauseMs: 0 },
        { what: `${count} digests, without the platform`, ...serving },
      ];
    });
    return [
      {
        about: `${destinations.toLocaleString('en')} destinations with a daily digest, ${POSTS} posts: the time the store takes, and the longest pause for everything else.`,
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
