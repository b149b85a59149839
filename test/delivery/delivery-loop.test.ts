import { expect, test } from 'vitest';
import type { SendResult } from '../../src/platform/platform.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import type { Store } from '../../src/store/store.ts';
import { fakePlatform, manualClock, memoryStore, noteSaying, startDeliveryLoop } from './delivery.fixture.ts';

const A = 'discord:1';
const B = 'discord:2';
const retry = (fields: Partial<Extract<SendResult, { status: 'retry' }>> = {}): SendResult => ({
  status: 'retry',
  scope: 'destination',
  uncertain: false,
  reason: 'busy',
  ...fields,
});

async function subscribe(store: Store, ...ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await store.destinations.subscribe({
      id,
      source: 'command',
      preferences: {
        ...DEFAULT_PREFERENCES,
        style: 'card',
        postTypes: ['note', 'missive', 'link', 'photo', 'video'],
      },
    });
}

const accept = (store: Store, ...contents: readonly string[]) =>
  store.journal.accept(contents.map((content) => ({ note: noteSaying(content), news: true })));

/** Without the keys. */
const calls = (told: readonly string[]) => told.map((line) => line.replace(/ \S+\|\d+\|.*\|\d+$/u, ''));

test('each destination gets each note once, in order', async () => {
  const store = memoryStore();
  await subscribe(store, A, B);
  const { platform, told, heard } = fakePlatform();
  const delivery = startDeliveryLoop(store, platform, manualClock());
  await accept(store, 'one', 'two', 'three');
  delivery.wake();
  await heard(6);
  for (const id of [A, B])
    expect(calls(told).filter((line) => line.includes(id))).toEqual([
      `send ${id} one`,
      `send ${id} two`,
      `send ${id} three`,
    ]);
});

test('what another process took over is not sent, though its intent was recorded', async () => {
  const store = memoryStore();
  await subscribe(store, A);
  let isOwner = true;
  const { promise: recorded, resolve: tell } = Promise.withResolvers<void>();
  const slow: Store = {
    ...store,
    deliveries: {
      ...store.deliveries,
      async recordIntent(...intent) {
        await store.deliveries.recordIntent(...intent);
        // As if the process had been frozen here.
        isOwner = false;
        tell();
      },
    },
  };
  const { platform, told } = fakePlatform();
  const delivery = startDeliveryLoop(slow, platform, manualClock(), undefined, undefined, () => isOwner);
  await accept(store, 'one');
  delivery.wake();
  await recorded;
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  expect(told).toEqual([]);

  // Whoever took over sends it; that it may have arrived is known.
  const next = fakePlatform();
  startDeliveryLoop(store, next.platform, manualClock()).wake();
  await next.heard(1);
  expect(calls(next.told)).toEqual([`send ${A} one`]);
});

test('a part that failed is retried alone', async () => {
  const store = memoryStore();
  await subscribe(store, A);
  await accept(store, 'a b c');
  const clock = manualClock();
  const { platform, told, heard } = fakePlatform({
    partLength: 1,
    results: [{ status: 'sent', receipt: 'x' }, retry({ afterMs: 500 })],
  });
  startDeliveryLoop(store, platform, clock);
  await heard(2);
  await expect.poll(() => store.deliveries.nextDueMs('discord', 0)).toBeDefined();
  clock.advance(500);
  await heard(4);
  expect(calls(told)).toEqual([`send ${A} a`, `send ${A} b`, `send ${A} b`, `send ${A} c`]);
  // The same part has the same key at every try, so that a platform with idempotency keys drops the second.
  expect(told[1]).toBe(told[2]);
});

test('a waiting destination does not hold up others', async () => {
  const store = memoryStore();
  await subscribe(store, A, B);
  const refuseA = async (told: string): Promise<SendResult> =>
    told.includes(A) ? retry({ afterMs: 60_000 }) : { status: 'sent', receipt: 'x' };
  const { platform, told, heard } = fakePlatform({ results: [refuseA, refuseA, refuseA] });
  const delivery = startDeliveryLoop(store, platform, manualClock());
  await accept(store, 'one', 'two');
  delivery.wake();
  await heard(3);
  expect(calls(told).filter((line) => line.includes(B))).toEqual([`send ${B} one`, `send ${B} two`]);
});

test('a platform-wide wait holds everybody', async () => {
  const store = memoryStore();
  await subscribe(store, A);
  await accept(store, 'one');
  const clock = manualClock();
  const { platform, told, heard } = fakePlatform({ results: [retry({ scope: 'platform', afterMs: 5_000 })] });
  const delivery = startDeliveryLoop(store, platform, clock);
  await heard(1);
  await subscribe(store, B);
  await accept(store, 'two');
  delivery.wake();
  await expect.poll(() => clock.waiting).toBe(1);
  // B was never refused, and waits all the same.
  expect(told).toHaveLength(1);
  clock.advance(5_000);
  await heard(4);
  expect(calls(told).slice(1).toSorted()).toEqual([`send ${A} one`, `send ${A} two`, `send ${B} two`]);
});

test("a destination's rate limit delays the rest", async () => {
  const store = memoryStore();
  await subscribe(store, A, B);
  const clock = manualClock();
  const { platform, told, heard } = fakePlatform({ pace: { own: { count: 2, perMs: 10_000 } } });
  const delivery = startDeliveryLoop(store, platform, clock);
  await accept(store, 'one', 'two', 'three');
  delivery.wake();
  await heard(4);
  await expect.poll(() => clock.waiting).toBeGreaterThanOrEqual(2);
  expect(told).toHaveLength(4);
  clock.advance(10_000);
  await heard(6);
});

test.each([
  ['for now', false, 'suspended'],
  ['for good', true, 'gone'],
])('a destination that can’t be reached %s gets nothing more', async (_, gone, state) => {
  const store = memoryStore();
  await subscribe(store, A);
  await accept(store, 'one', 'two');
  const { platform, told } = fakePlatform({
    results: [{ status: 'unreachable', gone, reason: 'no', fix: 'Let me in.' }],
  });
  startDeliveryLoop(store, platform, manualClock());
  await expect.poll(async () => (await store.destinations.get(A))?.state).toBe(state);
  expect((await store.destinations.get(A))?.reason).toBe('Let me in.');
  expect(told).toHaveLength(1);
});

test('a rejected note is skipped', async () => {
  const store = memoryStore();
  await subscribe(store, A);
  await accept(store, 'bad', 'good');
  const { platform, told, heard } = fakePlatform({ results: [{ status: 'rejected', reason: 'no' }] });
  startDeliveryLoop(store, platform, manualClock());
  await heard(2);
  expect(calls(told)).toEqual([`send ${A} bad`, `send ${A} good`]);
});

test('a destination that moved gets the note there', async () => {
  const store = memoryStore();
  await subscribe(store, A);
  await accept(store, 'one');
  const { platform, told, heard } = fakePlatform({
    results: [{ status: 'moved', to: B, reason: 'upgraded' }],
  });
  startDeliveryLoop(store, platform, manualClock());
  await heard(2);
  expect(calls(told)).toEqual([`send ${A} one`, `send ${B} one`]);
});

test('a rejected token halts the platform', async () => {
  const store = memoryStore();
  await subscribe(store, A);
  await accept(store, 'one', 'two');
  const { platform, told } = fakePlatform({ results: [{ status: 'halted', reason: 'no' }] });
  const delivery = startDeliveryLoop(store, platform, manualClock());
  await delivery.running;
  expect(told).toHaveLength(1);
  expect(delivery.error()).toMatch(/token/u);
});

test('a deletion removes every part, last first', async () => {
  const store = memoryStore();
  await subscribe(store, A);
  const note = noteSaying('a b');
  await store.journal.accept([{ note, news: true }]);
  const { platform, told, heard } = fakePlatform({ partLength: 1 });
  const delivery = startDeliveryLoop(store, platform, manualClock());
  await heard(2);
  await store.journal.delete({
    id: 'ff'.repeat(32),
    createdAt: note.createdAt + 1,
    ids: [note.id],
    addresses: [],
  });
  delivery.wake();
  await heard(4);
  expect(calls(told).slice(2)).toEqual([`remove ${A} m2`, `remove ${A} m1`]);
});

test('a note deleted before it was sent is never sent', async () => {
  const store = memoryStore();
  await subscribe(store, A);
  const note = noteSaying('gone');
  await store.journal.accept([{ note, news: true }]);
  await store.journal.delete({
    id: 'ff'.repeat(32),
    createdAt: note.createdAt + 1,
    ids: [note.id],
    addresses: [],
  });
  await accept(store, 'stays');
  const { platform, told, heard } = fakePlatform();
  startDeliveryLoop(store, platform, manualClock());
  await heard(1);
  expect(calls(told)).toEqual([`send ${A} stays`]);
});

test.each([
  ['longer', 'a b', 'a c d', ['edit m1 a', 'edit m2 c', 'send d']],
  ['shorter', 'a b c', 'x', ['edit m1 x', 'remove m3', 'remove m2']],
])('an edit that is %s changes parts, adds and takes away', async (_, before, after, expected) => {
  const store = memoryStore();
  await subscribe(store, A);
  const article = (content: string, created_at: number) =>
    noteSaying(content, { kind: 30_023, tags: [['d', `x${before}`]], created_at });
  await store.journal.accept([{ note: article(before, 1_800_000_000), news: true }]);
  const { platform, told, heard } = fakePlatform({ partLength: 1 });
  const delivery = startDeliveryLoop(store, platform, manualClock());
  const parts = before.split(' ').length;
  await heard(parts);
  await store.journal.accept([{ note: article(after, 1_800_000_100), news: true }]);
  delivery.wake();
  await heard(parts + expected.length);
  expect(
    calls(told)
      .slice(parts)
      .map((line) => line.replace(`${A} `, '')),
  ).toEqual(expected);
});

test.each([
  ['edited', 'edit m1 x', 1],
  ['deleted', 'remove m2, remove m1', 2],
])(
  'a message that can’t be %s stays, is not counted as lost, and the next note is sent',
  async (what, tried, refusals) => {
    const store = memoryStore();
    await subscribe(store, A);
    const article = (content: string, created_at: number) =>
      noteSaying(content, { kind: 30_023, tags: [['d', what]], created_at });
    const first = article('a b', 1_800_000_000);
    await store.journal.accept([{ note: first, news: true }]);
    const { platform, told, heard } = fakePlatform({
      partLength: 1,
      results: [
        { status: 'sent', receipt: 'm1' },
        { status: 'sent', receipt: 'm2' },
        ...Array.from(
          { length: refusals },
          () => ({ status: 'unsupported', reason: 'no such call' }) as const,
        ),
      ],
    });
    const delivery = startDeliveryLoop(store, platform, manualClock());
    await heard(2);
    await (what === 'edited'
      ? store.journal.accept([{ note: article('x y', 1_800_000_100), news: true }])
      : store.journal.delete({
          id: 'ff'.repeat(32),
          createdAt: 1_800_000_200,
          ids: [first.id],
          addresses: [],
        }));
    await accept(store, 'next');
    delivery.wake();
    await heard(3 + refusals);
    expect(
      calls(told)
        .slice(2)
        .map((line) => line.replace(`${A} `, '')),
    ).toEqual([...tried.split(', '), 'send next']);
    await expect.poll(async () => (await store.destinations.get(A))?.position).toBe(3);
    expect((await store.stats.totals()).lost).toEqual({});
    expect(delivery.error()).toBeUndefined();
  },
);

test.each(['edit', 'removal'])(
  'an %s that a crash broke off is finished by the next start, and nothing done twice',
  async (what) => {
    const store = memoryStore();
    await subscribe(store, A);
    const article = (content: string, created_at: number) =>
      noteSaying(content, { kind: 30_023, tags: [['d', `crash ${what}`]], created_at });
    const first = article('a b c', 1_800_000_000);
    await store.journal.accept([{ note: first, news: true }]);
    // The second call of the change never comes back: that is where the program ends.
    const sent = [1, 2, 3].map((n): SendResult => ({ status: 'sent', receipt: `m${n}` }));
    const { promise: lost } = Promise.withResolvers<SendResult>();
    const before = fakePlatform({
      partLength: 1,
      results: [...sent, { status: 'sent', receipt: 'done' }, () => lost],
    });
    const crashed = startDeliveryLoop(store, before.platform, manualClock(), undefined, false);
    await before.heard(3);
    await (what === 'edit'
      ? store.journal.accept([{ note: article('x y z', 1_800_000_100), news: true }])
      : store.journal.delete({
          id: 'ff'.repeat(32),
          createdAt: 1_800_000_200,
          ids: [first.id],
          addresses: [],
        }));
    crashed.wake();
    await expect.poll(() => before.told.length).toBe(5);

    const after = fakePlatform({ partLength: 1 });
    startDeliveryLoop(store, after.platform, manualClock());
    await after.heard(2);
    const told = [...before.told.slice(3), ...after.told].map((line) => line.replace(`${A} `, ''));
    expect(told).toEqual(
      what === 'edit'
        ? ['edit m1 x', 'edit m2 y', 'edit m2 y', 'edit m3 z']
        : ['remove m3', 'remove m2', 'remove m2', 'remove m1'],
    );
    await expect.poll(async () => (await store.destinations.get(A))?.position).toBe(2);
  },
);

test('stopping finishes the send in progress', async () => {
  const store = memoryStore();
  await subscribe(store, A);
  await accept(store, 'one', 'two');
  const { promise: answered, resolve: answer } = Promise.withResolvers<SendResult>();
  const { platform, told } = fakePlatform({ results: [() => answered] });
  const delivery = startDeliveryLoop(store, platform, manualClock());
  await expect.poll(() => told.length).toBe(1);
  const stopped = delivery.stop();
  answer({ status: 'sent', receipt: 'x' });
  await stopped;
  expect(calls(told)).toEqual([`send ${A} one`]);
  expect((await store.destinations.get(A))?.position).toBe(1);
});
