import { expect, test } from 'vitest';
import { authorNamed } from '../../sandbox/relay/fake-author.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import type { VerifiedEvent } from '../../src/note/note.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import type { RelayStreamItem } from '../../src/relays/relay-stream.ts';
import type { Store } from '../../src/store/store.ts';
import { manualClock, memoryStore } from '../delivery/delivery.fixture.ts';
import { createCounters } from '../lib/metrics.fixture.ts';

const author = authorNamed('Mara');
const clock = manualClock();
const BEGAN = clock.now() / 1000;
const event = (
  content: string,
  createdAt: number,
  more: { kind?: number; tags?: string[][] } = {},
): VerifiedEvent => author.note(content, { createdAt, ...more }) as VerifiedEvent;
const stored = (of: VerifiedEvent, relay = 'wss://a'): RelayStreamItem => ({
  type: 'event',
  event: of,
  relay,
  stored: true,
});
const live = (of: VerifiedEvent, relay = 'wss://a'): RelayStreamItem => ({
  type: 'event',
  event: of,
  relay,
  stored: false,
});
const done = (relay = 'wss://a', cursorMs = 1): RelayStreamItem => ({
  type: 'caught-up',
  relay,
  depth: 'cursor',
  cursorMs,
});
const broken = (relay = 'wss://a'): RelayStreamItem => ({ type: 'interrupted', relay, reason: 'gone' });

/** Takes in a stream that ends, and says what came of it. */
async function takeIn(
  items: readonly RelayStreamItem[],
  options: {
    awaited?: readonly string[];
    store?: Store;
    relayProtected?: boolean;
    posts?: false;
    /** A backup was restored then. */
    restored?: number;
  } = {},
) {
  const store = options.store ?? memoryStore();
  await store.destinations.subscribe({
    id: 'discord:1',
    source: 'command',
    preferences: {
      ...DEFAULT_PREFERENCES,
      style: 'card',
      postTypes: ['note', 'missive', 'link', 'photo', 'video'],
    },
  });
  const cursors: string[] = [];
  const about: number[] = [];
  const metrics = createCounters();
  async function* stream() {
    yield* items;
  }
  await ingest(stream(), {
    store,
    readNote: async (event) => eventToNote(event),
    log: silentLog,
    clock,
    metrics,
    newsSince: options.restored ?? BEGAN,
    ...(options.restored !== undefined && { settledUntil: options.restored }),
    relayProtected: options.relayProtected ?? false,
    awaitedRelays: options.awaited ?? ['wss://a'],
    handleAuthorEvent: async ({ kind }) => void about.push(kind),
    saveProgress: async ({ relay, cursorMs }) =>
      void cursors.push(`${relay} ${cursorMs} ${(await store.stats.totals()).notes}`),
    rescheduleExpiry: () => undefined,
    onProgress: () => undefined,
  });
  const announced: string[] = [];
  while (options.posts !== false) {
    const [task] = await store.deliveries.nextTasks('discord', clock.now(), 1, new Set());
    if (!task) break;
    announced.push(`${task.entry.action} ${task.note?.event.content ?? ''}`.trim());
    await store.deliveries.skip('discord:1', task.entry.seq);
  }
  const observed = metrics.observed.map(
    ({ name, labels, seconds }) => `${name} ${labels['relay']} ${Math.floor(seconds)}`,
  );
  return { store, cursors, about, announced, observed, archived: (await store.stats.totals()).notes };
}

test('batches are limited in size', async () => {
  const store = memoryStore();
  const lots: number[] = [];
  const counting: Store = {
    ...store,
    journal: {
      ...store.journal,
      accept(arrivals) {
        lots.push(arrivals.length);
        return store.journal.accept(arrivals);
      },
    },
  };
  const long = Array.from({ length: 8 }, (_, n) => stored(event(`${n} ${'tide '.repeat(8_000)}`, BEGAN - n)));
  const short = Array.from({ length: 450 }, (_, n) => stored(event(`short ${n}`, BEGAN - 100 - n)));
  const { archived } = await takeIn([...long, ...short, done()], { store: counting });
  expect(archived).toBe(458);
  expect(lots).toEqual([4, 4, 200, 200, 50]);
});

test('slow archiving makes batches smaller', async () => {
  const store = memoryStore();
  const lots: number[] = [];
  const slow: Store = {
    ...store,
    journal: {
      ...store.journal,
      accept(arrivals, seen) {
        lots.push(arrivals.length);
        const msPerNote = lots.length < 3 ? 0.5 : 0.1;
        return store.journal.accept(arrivals, () => {
          clock.advance(arrivals.length * msPerNote);
          seen?.();
        });
      },
    },
  };
  const old = Array.from({ length: 700 }, (_, n) => stored(event(`old ${n}`, BEGAN - n)));
  await takeIn([...old, done()], { store: slow });
  expect(lots).toEqual([200, 50, 50, 200, 200]);
});

test('a first start archives old notes without posting', async () => {
  const old = Array.from({ length: 450 }, (_, n) => stored(event(`old ${n}`, BEGAN - n)));
  const { announced, archived, cursors } = await takeIn([...old, done()]);
  expect(announced).toEqual([]);
  expect(archived).toBe(450);
  // Saved only when everything before it is in the archive.
  expect(cursors).toEqual(['wss://a 1 450']);
});

test('missed notes are posted oldest first', async () => {
  const { announced } = await takeIn([
    stored(event('three', BEGAN + 3)),
    stored(event('two', BEGAN + 2)),
    stored(event('one', BEGAN + 1)),
    done(),
  ]);
  expect(announced).toEqual(['post one', 'post two', 'post three']);
});

test('a start waits for all relays', async () => {
  const { announced } = await takeIn(
    [
      stored(event('three', BEGAN + 3), 'wss://a'),
      done('wss://a'),
      live(event('four', BEGAN + 4), 'wss://a'),
      stored(event('two', BEGAN + 2), 'wss://b'),
      done('wss://b'),
    ],
    { awaited: ['wss://a', 'wss://b'] },
  );
  expect(announced).toEqual(['post two', 'post three', 'post four']);
});

test('how late a relay is: of what comes live, also after others, and neither of old events nor of the future', async () => {
  const nowS = Math.floor(clock.now() / 1000);
  const late = event('late', nowS - 7);
  const { observed } = await takeIn([
    stored(event('stored', nowS - 5)),
    done(),
    live(late, 'wss://a'),
    { type: 'sighting', createdAt: nowS - 9, id: late.id, relay: 'wss://b' },
    live(event('from tomorrow', nowS + 86_400), 'wss://b'),
    live(event('published again', nowS - 3_601), 'wss://a'),
  ]);
  expect(observed).toEqual([
    'relay_lag_seconds wss://a 7',
    'relay_lag_seconds wss://b 9',
    'relay_lag_seconds wss://b 0',
  ]);
});

test('a note’s relay is stored', async () => {
  const [old, fresh] = [event('old', BEGAN - 9_000_000), event('fresh', BEGAN + 5)];
  const { store } = await takeIn([
    stored(old, 'wss://a'),
    done(),
    live(fresh, 'wss://b'),
    { type: 'sighting', createdAt: 0, id: fresh.id, relay: 'wss://a' },
  ]);
  expect(await store.archive.relaysOf(old.id)).toEqual(['wss://a']);
  expect(await store.archive.relaysOf(fresh.id)).toEqual(['wss://a', 'wss://b']);
});

test('a failing relay is not waited for', async () => {
  const { announced, cursors } = await takeIn(
    [stored(event('one', BEGAN + 1)), done('wss://a'), broken('wss://b'), live(event('two', BEGAN + 2))],
    {
      awaited: ['wss://a', 'wss://b'],
    },
  );
  expect(announced).toEqual(['post one', 'post two']);
  expect(cursors).toEqual([expect.stringContaining('wss://a')]);
});

test('an interrupted catch-up saves no cursor', async () => {
  const { announced, cursors } = await takeIn([stored(event('one', BEGAN + 1)), broken()]);
  expect(announced).toEqual(['post one']);
  expect(cursors).toEqual([]);
});

test.each([
  ['an hour before the first start', -3_600, ['post late']],
  ['six days before it', -518_400, ['post late']],
  ['eight days before it', -691_200, []],
])('a note that comes live, dated %s', async (_, offset, expected) => {
  const { announced, archived } = await takeIn([done(), live(event('late', BEGAN + offset))]);
  expect(announced).toEqual(expected);
  expect(archived).toBe(1);
});

test('what is dated before a backup was restored went out already, however it comes', async () => {
  const { announced, archived } = await takeIn(
    [
      stored(event('missed', BEGAN + 10)),
      done(),
      live(event('rebroadcast', BEGAN + 20)),
      live(event('at that moment', BEGAN + 60)),
      live(event('new', BEGAN + 61)),
    ],
    { restored: BEGAN + 60 },
  );
  expect(announced).toEqual(['post new']);
  expect(archived).toBe(4);
});

test('a late note from after the first start is news', async () => {
  const { announced } = await takeIn([done(), stored(event('weeks late', BEGAN + 60)), done()]);
  expect(announced).toEqual(['post weeks late']);
});

test('a long absence is released in batches', async () => {
  const [note] = [event('one of many', BEGAN)];
  const many = Array.from({ length: 12_000 }, (_, n) =>
    stored({
      ...note,
      id: n.toString(16).padStart(64, '0'),
      created_at: BEGAN + 12_000 - n,
    }),
  );
  const store = memoryStore();
  const batches: number[] = [];
  const watched: Store = {
    ...store,
    journal: {
      ...store.journal,
      accept(arrivals) {
        batches.push(arrivals.length);
        return store.journal.accept(arrivals);
      },
    },
  };
  const { archived } = await takeIn([...many, done()], { store: watched, posts: false });
  expect(archived).toBe(12_000);
  expect(batches).toEqual([5_000, 5_000, 2_000]);
});

test('a deletion works in any order', async () => {
  const note = event('withdrawn', BEGAN + 1);
  const deletion = author.deletion([note], { createdAt: BEGAN + 2 }) as VerifiedEvent;
  expect((await takeIn([live(note), done(), live(deletion)])).archived).toBe(0);
  const early = await takeIn([live(deletion), stored(note), done()]);
  expect(early).toMatchObject({ archived: 0, announced: [] });
});

test('somebody else’s address deletes nothing', async () => {
  const article = event('mine', BEGAN + 1, { kind: 30_023, tags: [['d', 'x']] });
  const foreign = event('', BEGAN + 2, { kind: 5, tags: [['a', `30023:${'ef'.repeat(32)}:x`]] });
  expect((await takeIn([live(article), done(), live(foreign)])).archived).toBe(1);
});

test('an address that ends in half an emoji can be deleted, by a client that keeps it and by one that doesn’t', async () => {
  for (const half of ['\ud83d', '\uFFFD']) {
    const article = event('mine', BEGAN + 1, { kind: 30_023, tags: [['d', `ore \ud83d`]] });
    const deletion = event('', BEGAN + 2, {
      kind: 5,
      tags: [['a', `30023:${article.pubkey}:ore ${half}`]],
    });
    expect((await takeIn([live(article), done(), live(deletion)])).archived).toBe(0);
  }
});

test('protected and expired notes are skipped', async () => {
  const { archived, announced } = await takeIn([
    live(event('protected', BEGAN + 1, { tags: [['-']] })),
    live(event('expired', BEGAN + 2, { tags: [['expiration', String(BEGAN - 1)]] })),
    done(),
  ]);
  expect({ archived, announced }).toEqual({ archived: 0, announced: [] });
});

test('an expired edit deletes what it replaced', async () => {
  const article = (content: string, at: number, more: string[][] = []) =>
    live(event(content, at, { kind: 30_023, tags: [['d', 'x'], ...more] }));
  const before = article('v1', BEGAN + 1);
  const after = article('v2', BEGAN + 2, [['expiration', String(BEGAN - 1)]]);
  expect((await takeIn([before, done(), after])).archived).toBe(0);
  expect((await takeIn([after, before, done()])).archived).toBe(0);
});

test('a note that expires while held is not posted', async () => {
  const brief = event('brief', BEGAN + 2, { tags: [['expiration', String(BEGAN + 5)]] });
  const store = memoryStore();
  const passing = manualClock(BEGAN * 1000);
  async function* stream() {
    yield live(brief);
    passing.advance(6_000);
    yield done();
  }
  await ingest(stream(), {
    store,
    readNote: async (event) => eventToNote(event),
    log: silentLog,
    clock: passing,
    metrics: createCounters(),
    newsSince: BEGAN,
    relayProtected: false,
    awaitedRelays: ['wss://a'],
    handleAuthorEvent: async () => undefined,
    saveProgress: async () => undefined,
    rescheduleExpiry: () => undefined,
    onProgress: () => undefined,
  });
  expect((await store.stats.totals()).notes).toBe(0);
});

test('protected notes are ingested if configured', async () => {
  const marked = live(event('protected', BEGAN + 1, { tags: [['-']] }));
  expect((await takeIn([marked, done()], { relayProtected: true })).announced).toEqual(['post protected']);
});

test('an edit of an old article is not news', async () => {
  const article = (content: string, published: number) =>
    live(
      event(content, BEGAN + 60, {
        kind: 30_023,
        tags: [
          ['d', content],
          ['published_at', String(published)],
        ],
      }),
    );
  const { announced, archived } = await takeIn([
    done(),
    article('old', BEGAN - 9 * 86_400),
    article('older', BEGAN - 60),
    article('new', BEGAN + 30),
    article('in milliseconds', (BEGAN - 60) * 1000),
  ]);
  expect(announced).toEqual(['post new', 'post in milliseconds']);
  expect(archived).toBe(4);
});

test('a stream is posted live and edited at its end', async () => {
  const stream = (status: string, at: number, d = 'pier') =>
    live(
      event(status, BEGAN + at, {
        kind: 30_311,
        tags: [
          ['d', d],
          ['status', status],
        ],
      }),
    );
  const store = memoryStore();
  const told = async (...items: readonly RelayStreamItem[]) =>
    (await takeIn([done(), ...items], { store })).announced;
  expect(await told(stream('planned', 1))).toEqual([]);
  expect(await told(stream('live', 2))).toEqual(['post live']);
  expect(await told(stream('ended', 1, 'unseen'))).toEqual([]);
  expect((await store.archive.find(`30311:${author.pubkey}:pier`))?.ended).toBeUndefined();
  await told(stream('ended', 3));
  expect((await store.archive.find(`30311:${author.pubkey}:pier`))?.ended).toBe(true);
});

test('author events are handed on', async () => {
  expect(
    (
      await takeIn([
        stored(event('{}', BEGAN, { kind: 0 })),
        live(event('', BEGAN, { kind: 10_002 })),
        done(),
      ])
    ).about,
  ).toEqual([0, 10_002]);
});
