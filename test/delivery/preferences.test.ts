import { expect, test } from 'vitest';
import type { Note } from '../../src/note/note.ts';
import type { SendResult } from '../../src/platform/platform.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../../src/preferences/preferences.ts';
import {
  fakePlatform,
  manualClock,
  memoryStore,
  noteSaying,
  type PlatformCall,
  startDeliveryLoop,
} from './delivery.fixture.ts';

const A = 'discord:1';
const HOUR_MS = 3_600_000;
const at = (time: string): number => Date.parse(`2026-03-02T${time}:00Z`);
const DAILY: Partial<Preferences> = { schedule: { kind: 'daily', at: 8 * 60 } };
const NIGHT = { from: 22 * 60, to: 7 * 60 };
const LOST: SendResult = { status: 'retry', scope: 'destination', uncertain: true, reason: 'no answer' };

/** One place with those choices, served from a time of day on. */
async function place(choices: Partial<Preferences>, time: string, ...results: readonly SendResult[]) {
  const store = memoryStore();
  await store.destinations.subscribe({
    id: A,
    source: 'command',
    preferences: { ...DEFAULT_PREFERENCES, ...choices },
  });
  const clock = manualClock(at(time));
  const { platform, told } = fakePlatform({ results });
  const delivery = startDeliveryLoop(store, platform, clock);
  let written = 0;
  const noteNow = (words: string): Note =>
    noteSaying(words, { created_at: Math.floor(clock.now() / 1000) + (written += 1) });
  /** Settles once nothing is to be done before time passes. */
  const calm = async (): Promise<void> => {
    const due = () =>
      store.deliveries.nextTasks('discord', clock.steady(), 1, new Set(), undefined, clock.now());
    await expect.poll(async () => (await due()).length).toBe(0);
  };
  return {
    store,
    clock,
    told,
    calm,
    delivery,
    async publish(words: string, breaking = false): Promise<Note> {
      const note = noteNow(words);
      await store.journal.accept([{ note, news: true, breaking }]);
      delivery.wake();
      await calm();
      return note;
    },
    async takeBack(...notes: readonly Note[]) {
      for (const { id } of notes)
        await store.journal.delete({
          id: `d${id.slice(1)}`,
          createdAt: clock.now(),
          ids: [id],
          addresses: [],
        });
      delivery.wake();
      await calm();
    },
    async choose(other: Partial<Preferences>) {
      await store.destinations.setPreferences(A, { ...DEFAULT_PREFERENCES, ...other });
      delivery.wake();
      await calm();
    },
    /** It is that time, the same day or the next, and whoever waited for it has woken. */
    async until(time: string, days = 0) {
      clock.advance(at(time) + days * 24 * HOUR_MS - clock.now());
      delivery.wake();
      await calm();
    },
    said: (): readonly string[] => told.map(brief),
  };
}

/** Without the place and the key. */
const brief = (told: PlatformCall): string => told.replace(' discord:1', '').replace(/ discord:1\|\S+/u, '');

test('a daily digest comes at its hour, unless empty', async () => {
  const { publish, until, said, told } = await place(
    { ...DAILY, mute: { hashtags: ['gm'], series: [] } },
    '09:00',
  );
  await publish('First light.');
  await publish('Good morning #gm');
  await publish('Ore is dear.');
  await until('07:59', 1);
  expect(said()).toEqual([]);
  await until('08:00', 1);
  expect(said()).toHaveLength(1);
  expect(told[0]).toMatch(/^send discord:1 Daily digest · 2 posts[^]*Ore is dear[^]*First light/u);
  await until('08:00', 2);
  await until('08:00', 3);
  expect(said()).toHaveLength(1);
  await publish('Fog.');
  await until('08:00', 4);
  expect(told[1]).toMatch(/^send discord:1 Daily digest · 1 post\b[^]*Fog/u);
});

test('delivery wakes by itself when the hour comes', async () => {
  const { publish, clock, told } = await place(DAILY, '07:59');
  await publish('First light.');
  // Long before it would look again in any case.
  for (let seconds = 0; seconds < 62 && told.length === 0; seconds += 1) {
    clock.advance(seconds === 0 ? 30_000 : 1_000);
    await expect.poll(() => clock.waiting).toBe(1);
  }
  expect(told).toHaveLength(1);
  expect(clock.now()).toBeLessThan(at('08:00') + 5_000);
});

test('deleted posts are not on the digest', async () => {
  const { publish, takeBack, until, said, told } = await place(DAILY, '09:00');
  const first = await publish('First light.');
  await publish('Ore is dear.');
  await takeBack(first);
  await until('08:00', 1);
  expect(told[0]).toMatch(/Daily digest · 1 post\b[^]*Ore is dear/u);
  expect(told[0]).not.toContain('First light');
  await takeBack(await publish('Oops.'));
  await until('08:00', 2);
  expect(said()).toHaveLength(1);
});

test('edits and deletions do not wait for the digest', async () => {
  const { publish, takeBack, until, said } = await place(DAILY, '09:00');
  const [first, second] = [await publish('First light.'), await publish('Ore is dear.')];
  await until('08:00', 1);
  await publish('Fog.');
  await takeBack(first);
  expect(said().at(-1)).toMatch(/^edit m1 Daily digest · 1 post\b[^]*Ore is dear/u);
  await takeBack(second);
  expect(said().at(-1)).toBe('remove m1');
  await until('08:00', 2);
  expect(said()).toHaveLength(4);
  expect(said().at(-1)).toMatch(/^send Daily digest · 1 post\b[^]*Fog/u);
});

test('breaking news comes at once if allowed', async () => {
  const allowed = await place({ ...DAILY, breaking: true }, '09:00');
  await allowed.publish('First light.');
  await allowed.publish('The pier is closed.', true);
  expect(allowed.said()).toEqual(['send The pier is closed.']);
  await allowed.until('08:00', 1);
  expect(allowed.said()[1]).toMatch(/^send Daily digest · 1 post\b[^]*First light/u);
  expect(allowed.said()).toHaveLength(2);

  const refused = await place(DAILY, '09:00');
  await refused.publish('The pier is closed.', true);
  expect(refused.said()).toEqual([]);
  await refused.until('08:00', 1);
  expect(refused.said()).toHaveLength(1);
});

test('excluded breaking news is not sent', async () => {
  const { publish, takeBack, until, said } = await place(
    { ...DAILY, breaking: true, mute: { hashtags: ['pier'], series: [] } },
    '09:00',
  );
  await publish('The #pier is closed.', true);
  expect(said()).toEqual([]);
  await takeBack(await publish('The mole is closed.', true));
  expect(said()).toEqual(['send The mole is closed.', 'remove m1']);
  await until('08:00', 1);
  expect(said()).toHaveLength(2);
});

test('quiet hours defer posts in order', async () => {
  const { publish, until, said } = await place(
    { quietHours: { ...NIGHT, mode: 'hold' }, breaking: true },
    '21:59',
  );
  await publish('Evening.');
  await until('23:00');
  await publish('Midnight oil.');
  await publish('The pier is closed.', true);
  await publish('Small hours.');
  expect(said()).toEqual(['send Evening.', 'send The pier is closed. silently']);
  await until('06:59', 1);
  expect(said()).toHaveLength(2);
  await until('07:00', 1);
  expect(said().slice(2)).toEqual(['send Midnight oil.', 'send Small hours.']);
});

test('silent quiet hours and silent destinations', async () => {
  const night = await place({ quietHours: { ...NIGHT, mode: 'silence' } }, '23:00');
  await night.publish('Midnight oil.');
  await night.until('07:00', 1);
  await night.publish('Morning.');
  expect(night.said()).toEqual(['send Midnight oil. silently', 'send Morning.']);
  const silent = await place({ silent: true }, '12:00');
  await silent.publish('Noon.');
  expect(silent.said()).toEqual(['send Noon. silently']);
});

test('followed topics come in any type, muted never', async () => {
  const { publish, said } = await place(
    {
      postTypes: ['missive'],
      follow: { hashtags: ['lithium'], series: [] },
      mute: { hashtags: ['gm'], series: [] },
    },
    '12:00',
  );
  for (const words of ['Plain.', 'On #lithium', 'Good morning, #lithium #gm', 'More #lithium'])
    await publish(words);
  expect(said()).toEqual(['send On #lithium', 'send More #lithium']);
});

test('a new schedule applies at once', async () => {
  const { publish, choose, until, said } = await place(DAILY, '09:00');
  await publish('First light.');
  await choose({ schedule: { kind: 'weekly', at: 8 * 60, on: 7 } });
  await until('08:00', 1);
  expect(said()).toEqual([]);
  await choose({});
  expect(said()).toEqual(['send First light.']);
});

test.each([
  ['a digest', false, '08:00', 1],
  ['breaking news', true, '09:00', 0],
])('%s that may have arrived is sent again as it was, and only that', async (_, breaking, time, days) => {
  const { publish, until, clock, calm, delivery, told, store } = await place(
    { ...DAILY, breaking: true },
    '09:00',
    LOST,
  );
  await publish('First light.', breaking);
  await until(time, days);
  await expect.poll(() => told.length).toBe(1);
  clock.advance(10_000);
  delivery.wake();
  await calm();
  expect(told).toHaveLength(2);
  expect(told[1]).toBe(told[0]);
  await until('08:00', 2);
  expect(told).toHaveLength(2);
  expect((await store.stats.totals()).waiting).toBe(0);
});

test('a priority post begun is finished', async () => {
  const { publish, choose, clock, calm, delivery, said } = await place(
    { ...DAILY, breaking: true },
    '09:00',
    LOST,
  );
  await publish('First light.');
  await publish('The pier is closed.', true);
  await choose({});
  clock.advance(10_000);
  delivery.wake();
  await calm();
  expect(said()).toEqual([
    'send The pier is closed.',
    'send The pier is closed.',
    'send First light.',
    // Which of the two tries stands there is not known: its turn makes sure of the newest version.
    'edit m2 The pier is closed.',
  ]);
});

test('deferred posts do not count as waiting', async () => {
  const { publish, store, choose } = await place(DAILY, '09:00');
  await publish('First light.');
  expect(await store.stats.totals()).toMatchObject({ waiting: 0, destinations: { active: 1 } });
  await store.destinations.suspend(A, 'no', false);
  expect(await store.stats.totals()).toMatchObject({ waiting: 0, destinations: { active: 0, suspended: 1 } });
  await store.destinations.resume(A);
  await choose({});
  expect(await store.stats.totals()).toMatchObject({ waiting: 0, destinations: { active: 1 } });
});
