import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKeyedRateLimiters, createRateLimiter, smoothed } from '../../src/lib/rate-limiter.ts';

const RATE = { count: 3, perMs: 1_000 };

test('a burst may use the whole limit', () => {
  const pace = createRateLimiter(() => [RATE]);
  expect([0, 100, 200].map((at) => pace.acquire(1, at))).toEqual([0, 0, 0]);
  expect(pace.acquire(1, 300)).toBe(700);
  expect(pace.acquire(1, 999)).toBe(1);
  expect(pace.acquire(1, 1_000)).toBe(0);
  expect(pace.acquire(1, 1_000)).toBe(100);
  // Two must both be out of it.
  expect(pace.acquire(2, 1_000)).toBe(200);
});

test('a cost above the limit needs an empty window', () => {
  const pace = createRateLimiter(() => [RATE]);
  expect(pace.acquire(10, 0)).toBe(0);
  expect(pace.acquire(1, 500)).toBe(500);
  expect(pace.acquire(10, 1_000)).toBe(0);
});

test('smoothed, a limit is used evenly', () => {
  const whole = { count: 25, perMs: 1_000 };
  const pace = createRateLimiter(() => [whole, smoothed(whole)]);
  const sent: number[] = [];
  for (let now = 0; now < 10_000; now += 1) while (pace.acquire(1, now) === 0) sent.push(now);
  expect(sent.length).toBe(250);
  for (const from of sent) expect(sent.filter((at) => at >= from && at < from + 200).length).toBeLessThan(7);
});

test('a limit that falls counts what was sent before', () => {
  const rate = { count: 100, perMs: 1_000 };
  const pace = createRateLimiter(() => [rate]);
  for (let sent = 0; sent < 50; sent += 1) expect(pace.acquire(1, sent)).toBe(0);
  rate.count = 10;
  // Ten of the fifty may be in any second, so forty have to be out of it, and the next one's own.
  expect(pace.acquire(1, 50)).toBe(990);
  rate.count = 100;
  expect(pace.acquire(1, 50)).toBe(0);
});

test('no stretch of time exceeds the limit', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 3 }))), (asked) => {
      const pace = createRateLimiter(() => [RATE]);
      let now = 0;
      const sent = asked.flatMap(([later, cost]) => {
        now += later;
        return pace.acquire(cost, now) === 0 ? [{ at: now, cost }] : [];
      });
      for (const { at } of sent) {
        const inside = sent.filter((other) => other.at >= at && other.at < at + RATE.perMs);
        expect(inside.reduce((sum, { cost }) => sum + cost, 0)).toBeLessThanOrEqual(RATE.count);
      }
    }),
  );
});

test('idle limiters are dropped', () => {
  const paces = createKeyedRateLimiters(() => RATE);
  for (let n = 0; n < 10_000; n += 1) paces.get(`telegram:${n}`, n).acquire(1, n);
  expect(paces.size).toBe(RATE.perMs);
  // One that is still written to keeps its place.
  const [one] = [paces.get('telegram:9500', 10_000)];
  expect([one.acquire(1, 10_000), one.acquire(1, 10_000), one.acquire(1, 10_000)]).toEqual([0, 0, 500]);
});
