import { expect, test } from 'vitest';
import type { SendResult } from '../../src/platform/platform.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import type { Store } from '../../src/store/store.ts';
import { fakePlatform, manualClock, memoryStore, noteSaying, startDeliveryLoop } from './delivery.fixture.ts';

const A = 'discord:1';
const B = 'discord:2';
const DAY_MS = 86_400_000;
const retry = (fields: Partial<Extract<SendResult, { status: 'retry' }>> = {}): SendResult => ({
  status: 'retry',
  scope: 'destination',
  uncertain: false,
  reason: 'busy',
  ...fields,
});

async function storeWith(...contents: readonly string[]): Promise<Store> {
  const store = memoryStore();
  await store.destinations.subscribe({
    id: A,
    source: 'command',
    preferences: { ...DEFAULT_PREFERENCES, postTypes: ['note'] },
  });
  await store.journal.accept(contents.map((content) => ({ note: noteSaying(content), news: true })));
  return store;
}

const wordsOf = (told: readonly string[]) => told.map((line) => line.split(' ')[2]);
const doubtsIn = ({ counters }: ReturnType<typeof startDeliveryLoop>) =>
  counters.all().find(({ name }) => name === 'messages_in_doubt_total')?.value;

test('an uncertain part is repeated and counted', async () => {
  const store = await storeWith('one');
  await store.deliveries.recordIntent(A, 1, 0);
  const { platform, told, heard } = fakePlatform();
  const delivery = startDeliveryLoop(store, platform, manualClock());
  await heard(1);
  expect(wordsOf(told)).toEqual(['one']);
  expect(doubtsIn(delivery)).toBe(1);
});

test('a refused part is not uncertain', async () => {
  const store = await storeWith('one');
  const { platform, heard } = fakePlatform({
    results: [{ status: 'unreachable', gone: false, reason: 'no', fix: 'Let me in.' }],
  });
  const delivery = startDeliveryLoop(store, platform, manualClock());
  await expect.poll(() => store.destinations.resume(A)).toBe(true);
  delivery.wake();
  await heard(2);
  expect(doubtsIn(delivery)).toBeUndefined();
});

test('a part that moved is not uncertain', async () => {
  const store = await storeWith('one');
  const { platform, heard } = fakePlatform({ results: [{ status: 'moved', to: B, reason: 'upgraded' }] });
  const delivery = startDeliveryLoop(store, platform, manualClock());
  await heard(2);
  expect(doubtsIn(delivery)).toBeUndefined();
});

test('an uncertain part of a deleted note is an orphan', async () => {
  const store = await storeWith('one');
  await store.deliveries.recordIntent(A, 1, 0);
  const [task] = await store.deliveries.nextTasks('discord', 0, 1, new Set());
  const ids = [task?.note?.id ?? ''];
  await store.journal.delete({ id: 'ff'.repeat(32), createdAt: 2_000_000_000, ids, addresses: [] });
  const { platform, told } = fakePlatform();
  const { counters } = startDeliveryLoop(store, platform, manualClock());
  await expect.poll(async () => (await store.destinations.get(A))?.position).toBe(2);
  expect(told).toEqual([]);
  expect(counters.all()).toContainEqual(
    expect.objectContaining({ name: 'messages_stranded_total', value: 1 }),
  );
});

test('an uncertain deletion counts as done', async () => {
  const store = memoryStore();
  await store.destinations.subscribe({
    id: A,
    source: 'command',
    preferences: { ...DEFAULT_PREFERENCES, postTypes: ['missive'] },
  });
  const version = (content: string, second: number) =>
    noteSaying(content, { kind: 30_023, tags: [['d', 'pier']], created_at: 1_800_000_000 + second });
  await store.journal.accept([{ note: version('a b', 1), news: true }]);
  const { promise: lost } = Promise.withResolvers<SendResult>();
  const results: (SendResult | (() => Promise<SendResult>))[] = [
    { status: 'sent', receipt: 'm1' },
    { status: 'sent', receipt: 'm2' },
    { status: 'sent', receipt: 'm1' },
    () => lost,
  ];
  const before = fakePlatform({ partLength: 1, results });
  const crashed = startDeliveryLoop(store, before.platform, manualClock(), undefined, false);
  await before.heard(2);
  await store.journal.accept([{ note: version('c', 2), news: true }]);
  crashed.wake();
  await expect.poll(() => before.told.at(-1)).toBe(`remove ${A} m2`);

  await store.journal.accept([{ note: version('d e', 3), news: true }]);
  const after = fakePlatform({ partLength: 1 });
  startDeliveryLoop(store, after.platform, manualClock());
  await expect.poll(async () => (await store.destinations.get(A))?.position).toBe(3);
  expect(after.told.map((line) => line.replace(/ \S+\|\d+\|.*\|\d+$/u, ''))).toEqual([
    `remove ${A} m2`,
    `edit ${A} m1 d`,
    `send ${A} e`,
  ]);
});

test('waiting for a rate limit does not count twice', async () => {
  const store = await storeWith('one two three');
  const clock = manualClock();
  const own = { count: 2, perMs: 10_000 };
  const { platform, told, heard } = fakePlatform({
    partLength: 1,
    pace: { own },
    results: [{ status: 'sent', receipt: 'm1' }, retry({ uncertain: true, afterMs: 0 })],
  });
  const delivery = startDeliveryLoop(store, platform, clock);
  await heard(2);
  await expect.poll(() => clock.waiting).toBe(2);
  clock.advance(10_000);
  await heard(4);
  expect(wordsOf(told)).toEqual(['one', 'two', 'two', 'three']);
  expect(doubtsIn(delivery)).toBe(1);
});

test('setting the clock breaks no wait or limit', async () => {
  const store = await storeWith('one', 'two', 'three');
  const clock = manualClock();
  const own = { count: 1, perMs: 10_000 };
  const { platform, told, heard } = fakePlatform({ pace: { own }, results: [retry({ afterMs: 5_000 })] });
  const delivery = startDeliveryLoop(store, platform, clock);
  await heard(1);
  await expect.poll(() => store.deliveries.nextDueMs('discord', 0)).toBeDefined();
  clock.set(-3 * DAY_MS);
  clock.advance(10_000);
  await heard(2);
  await expect.poll(() => clock.waiting).toBe(2);
  clock.set(9 * DAY_MS);
  delivery.wake();
  await expect.poll(() => clock.waiting).toBe(2);
  expect(told).toHaveLength(2);
  clock.advance(10_000);
  await heard(3);
});

test('an earlier run’s postponement is an hour at most', async () => {
  const store = await storeWith('one');
  const clock = manualClock();
  await store.deliveries.postpone(A, 1, clock.steady() + 30 * DAY_MS, false);
  const { platform, heard } = fakePlatform();
  startDeliveryLoop(store, platform, clock);
  await expect.poll(() => store.deliveries.nextDueMs('discord', 0)).toBe(clock.steady() + 3_600_000);
  await expect.poll(() => clock.waiting).toBe(1);
  for (let minutes = 0; minutes < 60; minutes += 1) clock.advance(60_000);
  await heard(1);
});
