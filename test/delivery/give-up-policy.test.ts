import { describe, expect, test } from 'vitest';
import type { Platform, SendResult } from '../../src/platform/platform.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import type { Store } from '../../src/store/store.ts';
import {
  fakePlatform,
  type ManualClock,
  manualClock,
  memoryStore,
  noteSaying,
  startDeliveryLoop,
} from './delivery.fixture.ts';

const A = 'discord:1';
const B = 'discord:2';
const HOUR_MS = 3_600_000;
const broken = (fields: object = {}): SendResult => ({
  status: 'retry',
  scope: 'destination',
  uncertain: false,
  reason: '500: Internal Server Error',
  ...fields,
});

interface World {
  readonly store: Store;
  readonly clock: ManualClock;
  readonly told: readonly string[];
  readonly delivery: ReturnType<typeof startDeliveryLoop>;
  publish(...words: readonly string[]): Promise<ReturnType<typeof noteSaying>[]>;
  counted(name: string): number;
  /** Lets time pass, wait by wait, until it holds, or for so long. How long it took, in hours. */
  until(holds: () => boolean, hours?: number): Promise<number>;
}

/** A platform of which some calls fail, told by their words, for places that are subscribed. */
async function world(
  failing: (told: string) => SendResult | undefined,
  answers: (() => boolean) | undefined,
  ...places: readonly string[]
): Promise<World> {
  const store = memoryStore();
  for (const id of places)
    await store.destinations.subscribe({
      id,
      source: 'command',
      preferences: { ...DEFAULT_PREFERENCES, postTypes: ['note'] },
    });
  const clock = manualClock();
  let serial = 0;
  const answer = async (told: string): Promise<SendResult> =>
    failing(told) ?? { status: 'sent', receipt: `r${(serial += 1)}` };
  const { platform, told } = fakePlatform({ results: Array.from({ length: 50_000 }, () => answer) });
  const asked: Platform = { ...platform, ...(answers && { isReachable: async () => answers() }) };
  const delivery = startDeliveryLoop(store, asked, clock);
  return {
    store,
    clock,
    told,
    delivery,
    async publish(...words) {
      const notes = words.map((content) => noteSaying(content));
      await store.journal.accept(notes.map((note) => ({ note, news: true })));
      delivery.wake();
      return notes;
    },
    counted: (name) =>
      delivery.counters.all().reduce((sum, line) => sum + (line.name === name ? line.value : 0), 0),
    async until(holds, hours = 48) {
      const begun = clock.steady();
      while (!holds() && clock.steady() < begun + hours * HOUR_MS) {
        for (let n = 0; n < 4; n += 1) await new Promise(setImmediate);
        if (!holds()) clock.advanceToNext();
      }
      return (clock.steady() - begun) / HOUR_MS;
    },
  };
}

const has = ({ told }: World, what: string) => told.some((line) => line.startsWith(what));
const takeBack = ({ store }: World, ...ids: readonly string[]) =>
  store.journal.delete({ id: 'd'.repeat(64), createdAt: 2_000_000_000, ids, addresses: [] });

describe('a call that fails while others succeed', () => {
  test.each([
    ['a deletion', broken()],
    ['a deletion whose answers are lost', broken({ uncertain: true })],
    ['a deletion that is put off each time', broken({ afterMs: 30_000 })],
    ['a deletion on a route of which a page says no', broken({ scope: 'platform' })],
  ])('is left after an hour of it, and what stands behind it goes on: %s', async (_, result) => {
    const all = await world(
      (told) => (told.startsWith('remove') ? result : undefined),
      () => true,
      A,
    );
    const [first] = await all.publish('first');
    await all.until(() => all.told.length === 1);
    await takeBack(all, first!.id);
    await all.publish('behind');
    const hours = await all.until(() => has(all, `send ${A} behind`));
    expect(hours).toBeGreaterThan(1);
    expect(hours).toBeLessThan(1.5);
    expect(all.counted('messages_abandoned_total')).toBe(1);
  });

  test('later deletions are given up sooner', async () => {
    const all = await world(
      (told) => (told.startsWith('remove') ? broken() : undefined),
      () => true,
      A,
    );
    const notes = await all.publish('one', 'two', 'three', 'four', 'five');
    await all.until(() => all.told.length === 5);
    await takeBack(all, ...notes.map(({ id }) => id));
    await all.publish('behind');
    expect(await all.until(() => has(all, `send ${A} behind`))).toBeLessThan(3);
    expect(all.counted('messages_abandoned_total')).toBe(5);
  });

  test.each([
    ['while others get theirs', [A, B], 6],
    ['where it is the only place', [A], 12],
  ] as const)('is left after some hours where it is a message: %s', async (_, places, hours) => {
    const all = await world(
      (told) => (told.startsWith(`send ${A} bad `) ? broken() : undefined),
      () => true,
      ...places,
    );
    await all.publish('bad', 'good');
    const took = await all.until(() => has(all, `send ${A} good`));
    expect(took).toBeGreaterThan(hours);
    expect(took).toBeLessThan(hours + 1);
    expect(all.told.filter((line) => line.startsWith(`send ${B} `))).toHaveLength(
      places.length === 2 ? 2 : 0,
    );
    expect(all.counted('messages_abandoned_total')).toBe(1);
  });

  test('is given up at every destination', async () => {
    const places = Array.from({ length: 30 }, (_, n) => `discord:${n}`);
    const all = await world(
      (told) => (told.startsWith('remove') ? broken() : undefined),
      () => true,
      ...places,
    );
    const [first] = await all.publish('first');
    await all.until(() => all.told.length === places.length);
    await takeBack(all, first!.id);
    await all.publish('behind');
    const took = await all.until(() => places.every((place) => has(all, `send ${place} behind`)));
    expect(took).toBeLessThan(3);
    expect(all.counted('messages_abandoned_total')).toBe(places.length);
  });
});

describe('an outage', () => {
  test.each([
    ['that answers nothing', () => false],
    ['of a platform that can’t be asked', undefined],
  ])('%s, loses nothing in two days, and the order holds', async (_, answers) => {
    let isAway = true;
    const all = await world(() => (isAway ? broken() : undefined), answers, A, B);
    await all.publish('one', 'two');
    await all.until(() => false, 48);
    expect(all.counted('messages_abandoned_total')).toBe(0);
    isAway = false;
    const before = all.told.length;
    await all.until(() => has({ ...all, told: all.told.slice(before) }, `send ${B} two`), 2);
    await all.until(() => false, 0.1);
    for (const place of [A, B])
      expect(
        all.told
          .slice(before)
          .flatMap((line) => (line.startsWith(`send ${place} `) ? [line.split(' ')[2]] : [])),
      ).toEqual(['one', 'two']);
  });

  test('does not count for an earlier failure', async () => {
    let isAlive = true;
    const all = await world(
      () => broken(),
      () => isAlive,
      A,
    );
    await all.publish('one');
    await all.until(() => false, 11);
    isAlive = false;
    await all.until(() => false, 48);
    expect(all.counted('messages_abandoned_total')).toBe(0);
    isAlive = true;
    expect(await all.until(() => all.counted('messages_abandoned_total') > 0)).toBeGreaterThan(0.5);
  });
});

test.each([0, -1, Number.NaN, 0.001, Number.MIN_VALUE])(
  'a wait of %d ms, said each time, is not obeyed a thousand times a second',
  async (afterMs) => {
    const all = await world(
      () => broken({ afterMs }),
      () => true,
      A,
    );
    await all.publish('one');
    await all.until(() => false, 60 / 3_600);
    expect(all.told.length).toBeGreaterThan(3);
    expect(all.told.length).toBeLessThanOrEqual(5 * 60);
  },
);

test('an endless wait is a day', async () => {
  const all = await world(() => broken({ afterMs: Number.POSITIVE_INFINITY }), undefined, A);
  await all.publish('one');
  expect(await all.until(() => all.told.length === 2)).toBeCloseTo(24);
});
