import fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationAt, quantile, stepOf } from '../../../src/status/activity/duration-scale.ts';

test('a duration is known within 10 %, from hundredths of a second to months', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.012, max: 15_000_000, noNaN: true }), (seconds) => {
      expect(Math.abs(durationAt(stepOf(seconds)) / seconds - 1)).toBeLessThan(0.1);
    }),
  );
});

test.each([0, -5, 0.01, Number.NaN, Number.NEGATIVE_INFINITY])('%d is no time at all', (seconds) => {
  expect(durationAt(stepOf(seconds))).toBe(0);
});

test.each([1e12, Number.MAX_VALUE, Number.POSITIVE_INFINITY])('%d is the longest there is', (seconds) => {
  expect(durationAt(stepOf(seconds))).toBe(durationAt(stepOf(1e9)));
});

const inSteps = (...durations: readonly number[]) =>
  durations.map((seconds) => ({ bucket: stepOf(seconds), count: 1 }));

test('half of all aren’t longer than the half, in whatever order they are counted', () => {
  expect(quantile([], 0.5)).toBeUndefined();
  expect(quantile(inSteps(3), 0.5)).toBeCloseTo(3, 0);
  expect(quantile(inSteps(60, 1, 10), 0.5)).toBeCloseTo(10, 0);
  expect(quantile(inSteps(...Array.from({ length: 99 }, () => 1), 3_600), 0.95)).toBeCloseTo(1, 0);
  expect(quantile(inSteps(1, 1, 1, 3_600), 0.95)).toBeGreaterThan(3_200);
});
