import { expect, test } from 'vitest';
import type { Note } from '../../src/note/note.ts';
import type { SendResult } from '../../src/platform/platform.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import type { Store } from '../../src/store/store.ts';
import { fakePlatform, manualClock, memoryStore, noteSaying, startDeliveryLoop } from './delivery.fixture.ts';

const A = 'discord:1';
const T0 = 1_700_000_000;
const MINUTE_MS = 60_000;

const numbers = (count: number, first = 1) => Array.from({ length: count }, (_, n) => first + n);
/** Note n was written n seconds after T0. */
const noteNumber = (n: number): Note => noteSaying(`word ${n}.`, { created_at: T0 + n });
const article = (words: string, createdAt: number): Note =>
  noteSaying(words, {
    kind: 30_023,
    created_at: createdAt,
    tags: [
      ['d', 'pier'],
      ['title', words],
    ],
  });

async function waiting(store: Store, notes: readonly Note[]): Promise<void> {
  await store.destinations.subscribe({
    id: A,
    source: 'command',
    preferences: { ...DEFAULT_PREFERENCES, postTypes: ['note', 'missive', 'link'] },
  });
  await store.journal.accept(notes.map((note) => ({ note, news: true })));
}
const takeBack = (store: Store, note: Note) =>
  store.journal.delete({ id: `d${note.id.slice(1)}`, createdAt: T0 + 500, ids: [note.id], addresses: [] });

/** A clock at so many minutes after T0. */
const after = (minutes: number) => manualClock(T0 * 1_000 + minutes * MINUTE_MS);
async function settled(store: Store, seq: number): Promise<void> {
  await expect.poll(async () => (await store.destinations.get(A))?.position).toBe(seq);
}

test('an offline destination gets one digest, newest first', async () => {
  const store = memoryStore();
  await waiting(store, numbers(11).map(noteNumber));
  const { platform, told } = fakePlatform();
  const delivery = startDeliveryLoop(store, platform, after(60));
  await settled(store, 11);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(
    /^send discord:1 While I was away: 11 posts[\s\S]*word 11[\s\S]*word 10[\s\S]*word 1\b/u,
  );
  // From then on all is as ever.
  await store.journal.accept([{ note: noteNumber(12), news: true }]);
  delivery.wake();
  await settled(store, 12);
  expect(told[1]).toContain('send discord:1 word 12.');
});

test.each([
  ['few posts come one by one, however old', 10, 60, 10],
  ['a burst comes post by post', 30, 5, 30],
  ['a flood is a digest, however new', 31, 5, 1],
])('%s', async (_, count, minutes, messages) => {
  const store = memoryStore();
  await waiting(store, numbers(count).map(noteNumber));
  const { platform, told } = fakePlatform();
  startDeliveryLoop(store, platform, after(minutes));
  await settled(store, count);
  expect(told).toHaveLength(messages);
});

test('a digest says how many posts it leaves out', async () => {
  const store = memoryStore();
  await waiting(store, numbers(50).map(noteNumber));
  const { platform, told } = fakePlatform();
  startDeliveryLoop(store, platform, after(60));
  await settled(store, 50);
  expect(told[0]).toMatch(/50 posts[\s\S]*word 50[\s\S]*word 31[\s\S]*30 earlier posts/u);
  expect(told[0]).not.toContain('word 30');
});

test('a deletion or edit changes the digest', async () => {
  const store = memoryStore();
  const notes = [...numbers(10).map(noteNumber), article('The pier', T0 + 20)];
  await waiting(store, notes);
  const { platform, told } = fakePlatform();
  const delivery = startDeliveryLoop(store, platform, after(60));
  await settled(store, 11);

  await store.journal.accept([{ note: article('The long pier', T0 + 30), news: true }]);
  delivery.wake();
  await settled(store, 12);
  expect(told[1]).toMatch(/^edit discord:1 m1 While I was away: 11 posts[\s\S]*The long pier/u);

  await takeBack(store, notes[4] as Note);
  delivery.wake();
  await settled(store, 13);
  expect(told[2]).toMatch(/^edit discord:1 m1 While I was away: 10 posts/u);
  expect(told[2]).not.toContain('word 5.');

  for (const note of notes.filter((_, n) => n !== 4 && n !== 10)) await takeBack(store, note);
  await store.journal.delete({
    id: 'f'.repeat(64),
    createdAt: T0 + 500,
    ids: [],
    addresses: [notes[10]?.key ?? ''],
  });
  delivery.wake();
  await settled(store, 23);
  expect(told.at(-1)).toBe('remove discord:1 m1');
  expect(told.filter((line) => line.startsWith('send'))).toHaveLength(1);
});

test('a republished article leaves the digest', async () => {
  const store = memoryStore();
  await waiting(store, [...numbers(10).map(noteNumber), article('The pier', T0 + 20)]);
  const { platform, told } = fakePlatform();
  const delivery = startDeliveryLoop(store, platform, after(60));
  await settled(store, 11);
  const addresses = [article('The pier', T0 + 20).key];
  await store.journal.delete({ id: 'f'.repeat(64), createdAt: T0 + 30, ids: [], addresses });
  await store.journal.accept([{ note: article('The new pier', T0 + 40), news: true }]);
  delivery.wake();
  await settled(store, 13);
  expect(told[1]).toMatch(/^edit discord:1 m1 While I was away: 10 posts/u);
  expect(told[1]).not.toContain('pier');
  expect(told[2]).toMatch(/^send discord:1 The new pier/u);
});

test('earlier posts are corrected before a digest', async () => {
  const store = memoryStore();
  const clock = after(1);
  const standing = [article('The pier', T0 + 1), noteNumber(2)];
  await waiting(store, standing);
  const first = fakePlatform();
  const before = startDeliveryLoop(store, first.platform, clock);
  await settled(store, 2);
  await before.stop();

  await takeBack(store, standing[1] as Note);
  await store.journal.accept([
    ...numbers(6, 3).map((n) => ({ note: noteNumber(n), news: true })),
    { note: article('The long pier', T0 + 40), news: true },
    ...numbers(6, 9).map((n) => ({ note: noteNumber(n), news: true })),
  ]);
  clock.advance(60 * MINUTE_MS);
  const { platform, told } = fakePlatform({
    results: [{ status: 'rejected', reason: 'too old' }],
  });
  startDeliveryLoop(store, platform, clock);
  await settled(store, 16);
  expect(told.map((line) => line.replace(/ While I was away.*$/su, ' digest'))).toEqual([
    'remove discord:1 m2',
    'edit discord:1 m1 The long pier',
    'send discord:1 digest',
  ]);
  expect(told[2]).toContain('12 posts');
});

test('an uncertain digest is repeated unchanged', async () => {
  const store = memoryStore();
  await waiting(store, numbers(12).map(noteNumber));
  const clock = after(60);
  const lost: SendResult = { status: 'retry', scope: 'destination', uncertain: true, reason: 'reset' };
  const { platform, told, heard } = fakePlatform({ results: [lost] });
  const { counters } = startDeliveryLoop(store, platform, clock);
  await heard(1);
  await expect.poll(() => store.deliveries.nextDueMs('discord', 0)).toBeDefined();
  await store.journal.accept([{ note: noteNumber(13), news: true }]);
  clock.advance(MINUTE_MS);
  await settled(store, 13);
  expect(told[1]).toBe(told[0]);
  expect(told[2]).toContain('send discord:1 word 13.');
  expect(counters.all().find(({ name }) => name === 'messages_in_doubt_total')?.value).toBe(1);
});

test('a post already begun is finished before the digest', async () => {
  const store = memoryStore();
  await waiting(store, numbers(12).map(noteNumber));
  await store.deliveries.recordIntent(A, 1, 0);
  const { platform, told } = fakePlatform();
  startDeliveryLoop(store, platform, after(60));
  await settled(store, 12);
  expect(told[0]).toContain('send discord:1 word 1.');
  expect(told[1]).toContain('11 posts');
  expect(told).toHaveLength(2);
});

test('excluded post types are not on the digest', async () => {
  const store = memoryStore();
  await waiting(store, [
    ...numbers(12).map(noteNumber),
    noteSaying('https://photos.example/dawn.jpg', { created_at: T0 + 30 }),
  ]);
  const { platform, told } = fakePlatform();
  startDeliveryLoop(store, platform, after(60));
  await settled(store, 13);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('12 posts');
});
