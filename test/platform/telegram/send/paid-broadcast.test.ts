import { describe, expect, test } from 'vitest';
import { TELEGRAM_LIMITS } from '../../../../sandbox/telegram/http/rate-limits.ts';
import type { Call, PaidBroadcasts } from '../../../../sandbox/telegram/world/world.ts';
import type { Note } from '../../../../src/note/note.ts';
import { manualClock, noteSaying } from '../../../delivery/delivery.fixture.ts';
import { botTexts, destinationOf, startInstance, startTestTelegram } from '../instance.fixture.ts';

const HOUR_MS = 60 * 60_000;

interface Setup {
  readonly readers: number;
  readonly rate?: number;
  readonly paidBroadcasts?: PaidBroadcasts;
}

/** A bot with subscribers on a server that keeps Telegram's limits. One clock for all; it moves as long as somebody waits. */
async function broadcaster({ readers: count, rate, paidBroadcasts }: Setup) {
  const clock = manualClock(Date.UTC(2027, 0, 1));
  const telegram = await startTestTelegram({
    now: clock.now,
    limits: TELEGRAM_LIMITS,
    ...(paidBroadcasts && { paidBroadcasts }),
  });
  const instance = startInstance(telegram, { clock, desk: clock, ...(rate !== undefined && { rate }) });
  const readers = Array.from({ length: count }, (_, index) =>
    telegram.person({ firstName: `Reader ${index}` }),
  );
  for (const reader of readers) await instance.subscriptions.subscribe(destinationOf(reader));
  await instance.start();
  const texts = () => readers.map((reader) => botTexts(telegram, reader));

  /** Lets time pass until `holds` returns true. It stands still as long as calls come in, so none takes any time. */
  async function until(holds: () => boolean): Promise<void> {
    let [calls, quiet] = [0, 0];
    const passes = (): boolean => {
      quiet = telegram.calls.length === calls ? quiet + 1 : 0;
      calls = telegram.calls.length;
      if (quiet < 5) return holds();
      clock.advanceToNext();
      quiet = 0;
      return holds();
    };
    await expect.poll(passes, { interval: 1, timeout: 30_000 }).toBe(true);
  }

  return {
    clock,
    telegram,
    instance,
    readers,
    texts,
    until,
    /** Publishes notes, and waits until everybody has them. */
    async deliver(...notes: readonly (string | Note)[]): Promise<void> {
      const before = texts()[0]?.length ?? 0;
      await instance.publish(...notes);
      await until(() => texts().every(({ length }) => length >= before + notes.length));
    },
    sends: (): readonly Call[] => telegram.calls.filter(({ method }) => method === 'sendMessage'),
  };
}

const isPaid = ({ payload }: Call): boolean => payload['allow_paid_broadcast'] === true;
const isRefused = ({ status }: Call): boolean => status !== 200;

/** The most calls within any second. */
const fastest = (calls: readonly Call[]): number =>
  Math.max(...calls.map(({ at }) => calls.filter((other) => other.at >= at && other.at < at + 1_000).length));

test('a rate above 30 is paid for, kept, and used', async () => {
  const paidBroadcasts = { isOn: true, tenths: 1_000 };
  const { deliver, sends, texts, instance } = await broadcaster({
    readers: 400,
    rate: 200,
    paidBroadcasts,
  });
  await deliver('one', 'two');
  expect(new Set(texts().map(String))).toEqual(new Set(['one,two']));
  expect(sends().filter((call) => !isPaid(call) || isRefused(call))).toEqual([]);
  expect(fastest(sends())).toBeGreaterThan(60);
  expect(fastest(sends())).toBeLessThanOrEqual(220);
  // Those beyond 30 a second cost a tenth of a Star each.
  expect(paidBroadcasts.tenths).toBeLessThan(1_000);
  expect(instance.platform.obstacle?.()).toBeUndefined();
  expect(instance.lines('broadcast.paid')).toHaveLength(1);
});

test.each([undefined, 30])('at a rate of %s, nothing is paid for', async (rate) => {
  const { deliver, sends } = await broadcaster({
    readers: 60,
    ...(rate !== undefined && { rate }),
    paidBroadcasts: { isOn: true, tenths: 1_000 },
  });
  await deliver('one');
  expect(sends().filter((call) => isPaid(call) || isRefused(call))).toEqual([]);
});

test("an answer to a command isn't paid for", async () => {
  const { deliver, sends, telegram, readers, until } = await broadcaster({
    readers: 2,
    rate: 200,
    paidBroadcasts: { isOn: true, tenths: 1_000 },
  });
  await deliver('one');
  const [user = 0] = readers;
  telegram.say({ chat: user, user, text: '/latest' });
  await until(() => sends().length === 3);
  expect(sends().map(isPaid)).toEqual([true, true, false]);
});

describe('a bot that isn’t granted the rate', () => {
  test('because its balance is too low goes back to the free one, and tries again after an hour', async () => {
    const paidBroadcasts = { isOn: true, tenths: 0 };
    const { deliver, sends, texts, instance, clock } = await broadcaster({
      readers: 120,
      rate: 200,
      paidBroadcasts,
    });
    await deliver('one');
    expect(new Set(texts().map(String))).toEqual(new Set(['one']));
    expect(sends().filter((call) => isPaid(call) !== isRefused(call))).toEqual([]);
    expect(fastest(sends().filter((call) => !isRefused(call)))).toBeLessThanOrEqual(30);
    expect(instance.platform.obstacle?.()).toBe('unpaid');
    expect(instance.lines('broadcast.slowed')).toEqual([
      'broadcast.slowed {"rate":25,"wanted":200,"reason":"400: Bad Request: BALANCE_TOO_LOW"}',
    ]);

    paidBroadcasts.tenths = 1_000;
    await deliver('still free');
    expect(isPaid(sends().at(-1) as Call)).toBe(false);
    clock.advance(HOUR_MS);
    await deliver('paid again');
    expect(isPaid(sends().at(-1) as Call)).toBe(true);
    expect(instance.platform.obstacle?.()).toBeUndefined();
    expect(new Set(texts().map(String))).toEqual(new Set(['one,still free,paid again']));
  });

  test('because its balance ran out in the middle loses and repeats nothing', async () => {
    const { deliver, sends, texts, instance } = await broadcaster({
      readers: 300,
      rate: 200,
      paidBroadcasts: { isOn: true, tenths: 50 },
    });
    await deliver('one', 'two');
    expect(new Set(texts().map(String))).toEqual(new Set(['one,two']));
    expect(sends().some((call) => isPaid(call) && isRefused(call))).toBe(true);
    expect(instance.platform.obstacle?.()).toBe('unpaid');
  });

  test('because the feature is off halves its rate with each 429, down to the free one', async () => {
    const { deliver, sends, texts, instance } = await broadcaster({ readers: 300, rate: 200 });
    await deliver('one');
    expect(new Set(texts().map(String))).toEqual(new Set(['one']));
    expect(sends().some(({ status }) => status === 429)).toBe(true);
    expect(instance.platform.obstacle?.()).toBe('unpaid');
    const rates = instance.lines('broadcast.slowed').map((line) => /"rate":(\d+)/u.exec(line)?.[1]);
    expect(rates).toEqual(['100', '50', '25']);
  });

  test.each([
    [400, 'Bad Request: the moon is full'],
    [403, 'Forbidden: paid broadcasts are not enabled for the bot'],
  ])('in words that nobody knows (%s %s) still delivers', async (code, description) => {
    const { deliver, texts, telegram, instance } = await broadcaster({
      readers: 60,
      rate: 200,
      paidBroadcasts: { isOn: true, tenths: 1_000 },
    });
    telegram.fault({
      times: Number.POSITIVE_INFINITY,
      when: (fields) => fields['allow_paid_broadcast'] === 'true',
      effect: { kind: 'refuse', code, description },
    });
    await deliver('one');
    expect(new Set(texts().map(String))).toEqual(new Set(['one']));
    expect(instance.platform.obstacle?.()).toBe('unpaid');
  });
});

test('deletions keep to the free rate, since only messages can be paid for', async () => {
  const { deliver, telegram, texts, instance, until } = await broadcaster({
    readers: 100,
    rate: 200,
    paidBroadcasts: { isOn: true, tenths: 1_000 },
  });
  const note = noteSaying('one');
  await deliver(note);
  await instance.store.journal.delete({
    id: 'd'.repeat(64),
    createdAt: 2_000_000_000,
    ids: [note.id],
    addresses: [],
  });
  instance.delivery.wake();
  await until(() => texts().every(({ length }) => length === 0));
  const deletions = telegram.calls.filter(({ method }) => method === 'deleteMessages');
  expect(deletions).toHaveLength(100);
  expect(fastest(deletions)).toBeLessThanOrEqual(30);
});
