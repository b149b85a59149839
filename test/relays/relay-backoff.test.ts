import { expect, test } from 'vitest';
import { createRelayBackoff } from '../../src/relays/relay-backoff.ts';
import { TIMEOUTS } from '../../src/relays/timeouts.ts';

test('delays double up to their limits, until a catch-up is complete', () => {
  const backoff = createRelayBackoff(TIMEOUTS, () => 1);
  const seconds = (recovery: Parameters<typeof backoff.next>[0], count: number): number[] =>
    Array.from({ length: count }, () => backoff.next(recovery) / 1000);
  expect(seconds('reconnect', 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  expect(seconds('slow-down', 6)).toEqual([60, 120, 240, 480, 900, 900]);
  expect(seconds('quarantine', 6)).toEqual([3_600, 7_200, 14_400, 28_800, 57_600, 86_400]);
  backoff.reset();
  expect(seconds('reconnect', 1)).toEqual([1]);
});

test('a third strike within ten minutes quarantines a relay, longer each time', () => {
  let nowMs = 0;
  const backoff = createRelayBackoff(
    TIMEOUTS,
    () => 1,
    () => nowMs,
  );
  const strike = (minutes: number): number => {
    nowMs += minutes * 60_000;
    return backoff.next('strike') / 1000;
  };
  expect([strike(0), strike(6), strike(6)]).toEqual([1, 2, 4]);
  expect(strike(1)).toBe(3_600);
  expect([strike(60), strike(1), strike(1)]).toEqual([8, 16, 7_200]);
});

test('reconnections are spread over the whole delay', () => {
  const backoff = createRelayBackoff(TIMEOUTS, () => 0.25);
  expect([backoff.next('reconnect'), backoff.next('reconnect')]).toEqual([250, 500]);
});
