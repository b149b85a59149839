import { expect, test } from 'vitest';
import { conditionsFor } from '../../src/alerts/conditions.ts';
import type { AlertFacts } from '../../src/alerts/facts.ts';
import {
  createWatch,
  HOUR_MS,
  MINUTE_MS,
  WELL,
  withFree,
  withPlatform,
  withSuspended,
} from './alerts.fixture.ts';

const S = MINUTE_MS / 60;

/** What is wrong, how long before and after the operator is told of it, and in what words. */
const KINDS: readonly (readonly [
  id: string,
  facts: Partial<AlertFacts>,
  raisedMs: number,
  happened: string,
  clearedMs: number,
  over: string,
])[] = [
  [
    'refused:discord',
    withPlatform('discord', { obstacle: 'refused', error: 'the token was rejected' }),
    0,
    '⚠️ Discord no longer accepts the bot.',
    0,
    '✅ Discord accepts the bot again.',
  ],
  [
    'refused:telegram',
    withPlatform('telegram', { obstacle: 'refused', error: 'the token was rejected' }),
    0,
    '⚠️ Telegram no longer accepts the bot.',
    0,
    '✅ Telegram accepts the bot again.',
  ],
  [
    'unreachable:discord',
    withPlatform('discord', { error: 'no answer: HTTP 502' }),
    30 * MINUTE_MS,
    "⚠️ Discord can't be reached: no answer: HTTP 502.",
    2 * MINUTE_MS,
    '✅ Discord can be reached again.',
  ],
  [
    'unreachable:telegram',
    withPlatform('telegram', { error: 'no answer: ECONNREFUSED' }),
    30 * MINUTE_MS,
    "⚠️ Telegram can't be reached: no answer: ECONNREFUSED.",
    2 * MINUTE_MS,
    '✅ Telegram can be reached again.',
  ],
  [
    'shared:telegram',
    withPlatform('telegram', { obstacle: 'shared', error: 'another program uses the token' }),
    5 * MINUTE_MS,
    "⚠️ Another program is using the bot's Telegram token.",
    5 * MINUTE_MS,
    '✅ Nobody else uses the Telegram token any more.',
  ],
  [
    'standby:telegram',
    withPlatform('telegram', { obstacle: 'standby', error: 'standing by' }),
    5 * MINUTE_MS,
    "⚠️ Another program was using the bot's Telegram token first.",
    5 * MINUTE_MS,
    '✅ I have the Telegram token to myself now and post there again.',
  ],
  [
    'unpaid:telegram',
    withPlatform('telegram', { obstacle: 'unpaid' }),
    0,
    "⚠️ Telegram doesn't let me post at the rate that TELEGRAM_RATE asks for.",
    6 * HOUR_MS,
    "✅ Telegram hasn't refused the paid rate for hours.",
  ],
  [
    'relays',
    { health: { relays: 'not connected to any relay that shows the posts' } },
    10 * MINUTE_MS,
    '⚠️ Not connected to any relay.',
    MINUTE_MS,
    '✅ Connected to a relay again.',
  ],
  [
    'destinations',
    withSuspended(['discord:1', 'This thread is locked.']),
    2 * MINUTE_MS,
    "⚠️ I can't post in 1 channel or chat.",
    10 * MINUTE_MS,
    '✅ No channel or chat is blocked any more.',
  ],
  [
    'disk',
    withFree(255),
    MINUTE_MS,
    '⚠️ The disk is nearly full: 255 MB left.',
    5 * MINUTE_MS,
    '✅ The disk has room again: 9000 MB.',
  ],
  [
    'store',
    { health: { store: 'database or disk is full' } },
    MINUTE_MS,
    "⚠️ The database can't be read or written: database or disk is full.",
    MINUTE_MS,
    '✅ The database works again.',
  ],
  [
    'clock',
    {
      clockOffsetsMs: new Map([
        ['discord', -12 * MINUTE_MS],
        ['telegram', -12 * MINUTE_MS],
      ]),
    },
    5 * MINUTE_MS,
    "⚠️ This machine's clock is 12 minutes behind.",
    5 * MINUTE_MS,
    "✅ This machine's clock is right again.",
  ],
  [
    'crashes',
    { crashes: 3 },
    0,
    '⚠️ Postrider ended unexpectedly 3 times within an hour.',
    0,
    '✅ Postrider has been running for an hour without a crash.',
  ],
];

test('every kind of alert is in the table below', () => {
  const ids = conditionsFor(['discord', 'telegram']).map(({ id }) => id);
  // Discord doesn't tell two programs apart, and charges nothing.
  const onlyTelegram = ['shared:discord', 'standby:discord', 'unpaid:discord'];
  expect([...KINDS.map(([id]) => id), ...onlyTelegram].sort()).toEqual([...ids].sort());
});

test.each(KINDS)(
  '%s: told once it has lasted, not before, and when it has been over for a while',
  async (_, facts, raisedMs, happened, clearedMs, over) => {
    const watch = createWatch();
    await watch.pass(HOUR_MS);
    watch.set(facts);
    if (raisedMs > 0) await watch.pass(raisedMs - MINUTE_MS / 2);
    expect(watch.headlines()).toEqual([]);
    await watch.pass(MINUTE_MS / 2);
    expect(watch.news()).toEqual([happened]);
    await watch.pass(HOUR_MS / 2);
    expect(watch.news()).toEqual([]);
    watch.set({});
    if (clearedMs > 0) await watch.pass(clearedMs - MINUTE_MS);
    expect(watch.headlines()).toEqual([]);
    await watch.pass(MINUTE_MS);
    expect(watch.news()).toEqual([over]);
    await watch.pass(24 * HOUR_MS);
    expect(watch.news()).toEqual([]);
  },
);

test.each(KINDS)(
  '%s: a restart neither repeats it nor forgets that it is over',
  async (id, facts, raisedMs, _h, clearedMs, over) => {
    const watch = createWatch();
    watch.set(facts);
    await watch.pass(raisedMs);
    expect(watch.news()).toHaveLength(1);
    await watch.restart();
    // Until it has logged in, the program doesn't know better.
    if (id.startsWith('refused'))
      watch.set(
        withPlatform(id.endsWith('discord') ? 'discord' : 'telegram', { error: 'not logged in yet' }),
      );
    await watch.pass();
    watch.set(facts);
    await watch.pass(24 * HOUR_MS);
    expect(watch.news()).toEqual([]);
    await watch.restart();
    watch.set({});
    await watch.pass(clearedMs + MINUTE_MS);
    expect(watch.news()).toEqual([over]);
  },
);

test.each(KINDS.filter(([, , raisedMs]) => raisedMs > 0))(
  '%s: what passes by itself is nobody’s business',
  async (_, facts, raisedMs) => {
    const watch = createWatch();
    for (let round = 0; round < 20; round += 1) {
      watch.set(facts);
      await watch.pass(raisedMs - MINUTE_MS / 2);
      watch.set({});
      await watch.pass(MINUTE_MS);
    }
    expect(watch.headlines()).toEqual([]);
  },
);

test.each(KINDS)(
  '%s: what comes and goes is told ever more seldom',
  async (_, facts, raisedMs, happened, clearedMs, over) => {
    const watch = createWatch();
    const alertsAtH: number[] = [];
    const startMs = watch.clock.now();
    for (let now = 0; now < 5 * 24 * HOUR_MS; now = watch.clock.now() - startMs) {
      watch.set(facts);
      await watch.pass(raisedMs + MINUTE_MS);
      watch.set({});
      await watch.pass(clearedMs + MINUTE_MS);
      const said = watch.news();
      // Never the one without the other.
      expect([[], [happened, over]]).toContainEqual(said);
      if (said.length > 0) alertsAtH.push(now / HOUR_MS);
    }
    const gaps = alertsAtH.slice(1).map((at, n) => at - (alertsAtH[n] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...gaps)).toBeLessThan(25.5);
    expect(alertsAtH.length).toBeGreaterThanOrEqual(6);
    expect(alertsAtH.length).toBeLessThanOrEqual(10);
  },
);

test('an operator out of reach is tried ever more seldom, and told in the end, once', async () => {
  const watch = createWatch();
  watch.reach(false);
  watch.set(withFree(10));
  await watch.pass(6 * HOUR_MS);
  expect(watch.tries()).toBeGreaterThan(30);
  expect(watch.tries()).toBeLessThan(50);
  watch.reach(true);
  await watch.pass(10 * MINUTE_MS);
  expect(watch.news()).toEqual(['⚠️ The disk is nearly full: 10 MB left.']);
  watch.reach(false);
  watch.set({});
  await watch.pass(HOUR_MS);
  await watch.restart();
  watch.reach(true);
  await watch.pass(10 * MINUTE_MS);
  expect(watch.news()).toEqual(['✅ The disk has room again: 9000 MB.']);
});

test('what is over before the operator could be reached is not told at all', async () => {
  const watch = createWatch();
  watch.reach(false);
  watch.set(withFree(10));
  await watch.pass(HOUR_MS);
  watch.set({});
  await watch.pass(10 * MINUTE_MS);
  watch.reach(true);
  await watch.pass(HOUR_MS);
  expect(watch.headlines()).toEqual([]);
});

test('each try of an alert has the same key, and each alert another', async () => {
  const watch = createWatch();
  watch.set(withFree(10));
  await watch.pass(MINUTE_MS);
  watch.set({});
  await watch.pass(2 * HOUR_MS);
  watch.set(withFree(10));
  await watch.pass(MINUTE_MS);
  const keys = watch.messages.map(({ key }) => key);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(3);
});

test('while the database fails, alerts are told all the same, and saved later', async () => {
  const watch = createWatch();
  watch.breakStore(true);
  watch.set({ health: { store: 'database or disk is full' }, ...withFree(0) });
  await watch.pass(HOUR_MS);
  expect(watch.news().sort()).toEqual(
    [
      "⚠️ The database can't be read or written: database or disk is full.",
      '⚠️ The disk is nearly full: 0 MB left.',
    ].sort(),
  );
  expect(watch.stored.size).toBe(0);
  watch.breakStore(false);
  await watch.pass();
  await watch.restart();
  watch.set({});
  await watch.pass(HOUR_MS);
  expect(watch.news()).toHaveLength(2);
});

test('that it is over comes the way that the alert came', async () => {
  const watch = createWatch();
  watch.set(KINDS[0]![1]);
  await watch.pass();
  await watch.restart();
  watch.set({});
  await watch.pass();
  expect(watch.messages.map(({ preferred }) => preferred)).toEqual([undefined, 'discord']);
});

test('what can’t be found out counts as it was', async () => {
  const watch = createWatch();
  watch.set({ ...withSuspended(['discord:1', 'This thread is locked.']), ...withFree(10) });
  await watch.pass(5 * MINUTE_MS);
  expect(watch.news()).toHaveLength(2);
  watch.set({ suspended: undefined, disk: undefined, clockOffsetsMs: new Map() });
  await watch.pass(5 * HOUR_MS);
  expect(watch.news()).toEqual([]);
});

test('a disk that has a little more room is still nearly full', async () => {
  const watch = createWatch();
  watch.set(withFree(200));
  await watch.pass(MINUTE_MS);
  watch.set(withFree(300));
  await watch.pass(HOUR_MS);
  expect(watch.news()).toHaveLength(1);
  watch.set(withFree(400));
  await watch.pass(6 * MINUTE_MS);
  expect(watch.news()).toEqual(['✅ The disk has room again: 400 MB.']);
});

test('a clock is wrong only if every server says so', async () => {
  const watch = createWatch();
  watch.set({
    clockOffsetsMs: new Map([
      ['discord', 5 * HOUR_MS],
      ['telegram', 59 * S],
    ]),
  });
  await watch.pass(HOUR_MS);
  expect(watch.headlines()).toEqual([]);
  watch.set({
    clockOffsetsMs: new Map([
      ['discord', 5 * HOUR_MS],
      ['telegram', 5 * HOUR_MS],
    ]),
  });
  await watch.pass(HOUR_MS);
  expect(watch.headlines()).toEqual(["⚠️ This machine's clock is 5 hours ahead."]);
});

test('a clock that is set, by days, neither repeats an alert nor silences one', async () => {
  const watch = createWatch();
  watch.set(withFree(10));
  await watch.pass(MINUTE_MS);
  watch.clock.set(3 * 24 * HOUR_MS);
  await watch.pass(HOUR_MS);
  watch.clock.set(-9 * 24 * HOUR_MS);
  await watch.pass(HOUR_MS);
  expect(watch.news()).toHaveLength(1);
  watch.set({});
  await watch.pass(HOUR_MS);
  watch.set(withFree(10));
  await watch.pass(MINUTE_MS);
  expect(watch.news()).toHaveLength(2);
});

test('many suspended channels are one message with a count, and further ones are told an hour later', async () => {
  const watch = createWatch();
  const locked = Array.from({ length: 40 }, (_, n) => [`discord:${n}`, 'This thread is locked.'] as const);
  const closed = Array.from({ length: 7 }, (_, n) => [`telegram:-${n}`, 'This topic is closed.'] as const);
  watch.set(withSuspended(...locked.slice(0, 20)));
  await watch.pass(MINUTE_MS);
  watch.set(withSuspended(...locked));
  await watch.pass(MINUTE_MS);
  // Those that are not yet suspended for two minutes would have to wait for the next message.
  expect(watch.news()).toEqual(["⚠️ I can't post in 20 channels and chats."]);
  watch.set(withSuspended(...locked, ...closed));
  await watch.pass(HOUR_MS - MINUTE_MS);
  expect(watch.headlines()).toEqual([]);
  await watch.pass(2 * MINUTE_MS);
  expect(watch.headlines()).toEqual(["⚠️ I can't post in 47 channels and chats."]);
  expect(watch.messages[0]?.text).toContain('40 × This thread is locked.');
  expect(watch.messages[0]?.text).toContain('7 × This topic is closed.');
  // No channel is named.
  expect(watch.messages[0]?.text).not.toMatch(/discord:\d|telegram:-\d/u);
});

test('the hourly try at suspended channels is no recovery', async () => {
  const watch = createWatch();
  const some = withSuspended(
    ['discord:1', 'This thread is locked.'],
    ['discord:2', 'This thread is locked.'],
  );
  watch.set(some);
  await watch.pass(2 * MINUTE_MS);
  for (let hour = 0; hour < 24; hour += 1) {
    watch.set({});
    await watch.pass(9 * MINUTE_MS);
    watch.set(some);
    await watch.pass(51 * MINUTE_MS);
  }
  expect(watch.news()).toHaveLength(1);
});

test('some channels are fine again while others aren’t: told, but not within the hour', async () => {
  const watch = createWatch();
  watch.set(withSuspended(['discord:1', 'a'], ['discord:2', 'a'], ['discord:3', 'a']));
  await watch.pass(2 * MINUTE_MS);
  watch.set(withSuspended(['discord:3', 'a']));
  await watch.pass(30 * MINUTE_MS);
  expect(watch.news()).toHaveLength(1);
  await watch.pass(30 * MINUTE_MS);
  expect(watch.messages[0]?.text).toContain('2 reported earlier are fine again.');
});

test('whoever deletes their data is not remembered here either', async () => {
  const watch = createWatch();
  const mine = withSuspended(['telegram:5', 'a'], ['telegram:5/7', 'a'], ['telegram:55', 'a']);
  watch.set(mine);
  await watch.pass(2 * MINUTE_MS);
  expect(JSON.stringify([...watch.stored])).toContain('"telegram:5"');
  await watch.forget(['telegram:5']);
  watch.set(withSuspended(['telegram:55', 'a'], ['telegram:56', 'a']));
  await watch.pass(2 * HOUR_MS);
  const saved = JSON.stringify([...watch.stored]);
  expect(saved).toContain('"telegram:55"');
  expect(saved).not.toMatch(/"telegram:5["/]/u);
});

test('an alert says what happened, since when, what it means and what to do', async () => {
  const watch = createWatch();
  watch.set({ health: { relays: 'not connected' } });
  await watch.pass(10 * MINUTE_MS);
  expect(watch.messages[0]?.text.split('\n').filter(Boolean)).toEqual([
    '⚠️ Not connected to any relay.',
    'Since 2027-01-15 08:00',
    "New posts don't reach readers for now. They'll be delivered once a relay is back.",
    "Check this machine's network. If that works, add other relays to RELAYS and restart. /status says what's wrong with each relay.",
  ]);
  watch.set({});
  await watch.pass(15 * MINUTE_MS);
  expect(watch.messages[1]?.text).toContain('It lasted 11 minutes.');
});

test('facts that can’t be gathered, by a bug, are tried again', async () => {
  const watch = createWatch();
  watch.set({ platforms: undefined as unknown as AlertFacts['platforms'] });
  await watch.pass(MINUTE_MS);
  watch.set({ platforms: WELL.platforms, crashes: 3 });
  await watch.pass();
  expect(watch.headlines()).toHaveLength(1);
});
