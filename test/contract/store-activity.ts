import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACTIVITY_HOURS, type ActivityCount } from '../../src/store/activity.ts';
import type { StoreContext } from './store-engine.fixture.ts';

const HOUR = 490_000;
const sent = (count: number, more: Partial<ActivityCount> = {}): ActivityCount => ({
  hour: HOUR,
  what: 'sent',
  subject: 'discord',
  bucket: 0,
  count,
  ...more,
});
const key = ({ what, subject, bucket }: Omit<ActivityCount, 'hour' | 'count'>): string =>
  JSON.stringify([what, subject, bucket]);

export function describeActivity(context: StoreContext): void {
  const sum = (from = HOUR, until = HOUR + 1) => context.store.activity.sum(from, until);

  test('there is none at first, and adding none changes nothing', async () => {
    await context.store.activity.add([]);
    expect(await sum(0, 1_000_000)).toEqual([]);
  });

  test('counts add up, apart by what, whom and how long, and survive a restart', async () => {
    await context.store.activity.add([sent(2), sent(3), sent(1, { bucket: 7 })]);
    await context.store.activity.add([sent(4), sent(1, { subject: '' }), sent(5, { what: 'failed' })]);
    const after = await context.reopen();
    const sums = await after.activity.sum(HOUR, HOUR + 1);
    expect(new Map(sums.map((one) => [key(one), one.count]))).toEqual(
      new Map([
        [key(sent(9)), 9],
        [key(sent(1, { bucket: 7 })), 1],
        [key(sent(1, { subject: '' })), 1],
        [key(sent(5, { what: 'failed' })), 5],
      ]),
    );
  });

  test('a sum is of the hours from the first until before the last', async () => {
    await context.store.activity.add([0, 1, 2, 3].map((n) => sent(10 ** n, { hour: HOUR + n })));
    expect((await sum(HOUR + 1, HOUR + 3)).map(({ count }) => count)).toEqual([110]);
    expect(await sum(HOUR + 3, HOUR + 1)).toEqual([]);
    expect(await sum(HOUR + 4, HOUR + 9)).toEqual([]);
  });

  test('only the newest hours are kept', async () => {
    const hours = Array.from({ length: ACTIVITY_HOURS + 5 }, (_, n) => sent(1, { hour: HOUR + n }));
    await context.store.activity.add(hours);
    expect((await sum(0, HOUR + 5)).length).toBe(0);
    expect((await sum(HOUR, HOUR + hours.length))[0]?.count).toBe(ACTIVITY_HOURS);
  });

  test('a clock that is years ahead for an hour costs one hour, not all of them', async () => {
    await context.store.activity.add(
      Array.from({ length: ACTIVITY_HOURS }, (_, n) => sent(1, { hour: HOUR + n })),
    );
    await context.store.activity.add([sent(1, { hour: 2 * HOUR })]);
    await context.store.activity.add([sent(1, { hour: HOUR + ACTIVITY_HOURS - 1 })]);
    expect((await sum(HOUR, HOUR + ACTIVITY_HOURS))[0]?.count).toBe(ACTIVITY_HOURS);
  });

  test('sums are those of a plain list, whatever is added', async () => {
    const count = fc.record({
      hour: fc.integer({ min: HOUR, max: HOUR + 20 }),
      what: fc.constantFrom('sent', 'failed', "it's"),
      subject: fc.string({ maxLength: 8 }).map((words) => words.replaceAll('\0', '')),
      bucket: fc.nat(80),
      count: fc.integer({ min: 1, max: 1e9 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(count), fc.nat(21), fc.nat(21), async (counts, from, length) => {
        const before = new Map(
          (await sum(HOUR + from, HOUR + from + length)).map((one) => [key(one), one.count]),
        );
        await context.store.activity.add(counts);
        for (const one of counts)
          if (one.hour >= HOUR + from && one.hour < HOUR + from + length)
            before.set(key(one), (before.get(key(one)) ?? 0) + one.count);
        const after = await sum(HOUR + from, HOUR + from + length);
        expect(new Map(after.map((one) => [key(one), one.count]))).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });
}
