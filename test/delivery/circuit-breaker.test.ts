import { expect, test } from 'vitest';
import { createCircuitBreaker } from '../../src/delivery/circuit-breaker.ts';
import { type Log, silentLog } from '../../src/lib/log.ts';
import type { SendResult } from '../../src/platform/platform.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import { fakePlatform, manualClock, memoryStore, noteSaying, startDeliveryLoop } from './delivery.fixture.ts';

const MOST = 32;
const sent: SendResult = { status: 'sent', receipt: 'm' };
const missed = (scope: 'destination' | 'platform' = 'destination'): SendResult => ({
  status: 'retry',
  scope,
  uncertain: false,
  reason: 'HTTP 502',
});

function gateWithClock() {
  const logged: string[] = [];
  const note = (event: string) => void logged.push(event);
  const log: Log = { ...silentLog, info: note, warn: note, error: note };
  const clock = manualClock();
  return { gate: createCircuitBreaker({ log, now: clock.steady, random: () => 1 }), clock, logged };
}

test('one failing destination does not affect others', () => {
  const { gate } = gateWithClock();
  for (let n = 0; n < 20; n += 1) gate.record(`discord:${n % 2}`, missed());
  expect(gate.permits(MOST)).toBe(MOST);
  expect(gate.error()).toBeUndefined();
});

test('a success in between resets the count', () => {
  const { gate } = gateWithClock();
  for (let n = 0; n < 20; n += 1) {
    gate.record(`discord:${n}`, missed());
    if (n % 2) gate.record('discord:99', sent);
  }
  expect(gate.permits(MOST)).toBe(MOST);
});

test.each<[string, readonly SendResult[]]>([
  ['that says so', [missed('platform')]],
  ['that answers nobody', [missed(), missed(), missed()]],
])('a platform %s is away: one call at a time finds out, further and further apart', (_, results) => {
  const { gate, clock, logged } = gateWithClock();
  for (const [n, result] of results.entries()) gate.record(`discord:${n}`, result);
  for (const [n, seconds] of [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].entries()) {
    expect(gate.retryAfterMs()).toBe(seconds * 1_000);
    expect(gate.permits(MOST)).toBe(0);
    clock.advance(seconds * 1_000);
    expect(gate.permits(MOST)).toBe(1);
    gate.record(`discord:${n}`, missed());
  }
  expect(gate.error()).toBe('no answer: HTTP 502');
  expect(logged).toEqual(['platform.unreachable']);
  clock.advance(300_000);
  gate.record('discord:5', sent);
  expect(gate.permits(MOST)).toBe(MOST);
  expect(gate.error()).toBeUndefined();
  expect(logged).toEqual(['platform.unreachable', 'platform.recovered']);
});

test('calls in progress do not prolong the wait', () => {
  const { gate } = gateWithClock();
  for (let n = 0; n < MOST; n += 1) gate.record(`discord:${n}`, missed());
  expect(gate.retryAfterMs()).toBe(1_000);
});

test('a rate-limited platform is not unreachable', () => {
  const { gate, clock } = gateWithClock();
  gate.record('telegram:1', { ...missed('platform'), afterMs: 40_000 } as SendResult);
  expect([gate.permits(MOST), gate.retryAfterMs(), gate.error()]).toEqual([0, 40_000, undefined]);
  clock.advance(40_000);
  expect(gate.permits(MOST)).toBe(MOST);
});

test('after a day of outage everything arrives in order', async () => {
  const store = memoryStore();
  const places = Array.from({ length: 40 }, (_, n) => `discord:${n}`);
  for (const id of places)
    await store.destinations.subscribe({
      id,
      source: 'command',
      preferences: { ...DEFAULT_PREFERENCES, postTypes: ['note'] },
    });
  const clock = manualClock();
  let isAway = true;
  const answer = async (): Promise<SendResult> => (isAway ? missed() : sent);
  const { platform, told } = fakePlatform({ results: Array.from({ length: 2_000 }, () => answer) });
  const delivery = startDeliveryLoop(store, platform, clock);
  await store.journal.accept(
    ['one', 'two', 'three'].map((words) => ({ note: noteSaying(words), news: true })),
  );
  delivery.wake();
  await expect.poll(() => delivery.error()).toBeDefined();
  const end = clock.steady() + 86_400_000;
  while (clock.steady() < end) {
    await new Promise(setImmediate);
    clock.advanceToNext();
  }
  expect(told.length).toBeGreaterThan(300);
  expect(told.length).toBeLessThan(500);

  isAway = false;
  told.length = 0;
  while ((await store.stats.totals()).waiting > 0) {
    await new Promise(setImmediate);
    clock.advanceToNext();
  }
  for (const id of places)
    expect(told.filter((line) => line.startsWith(`send ${id} `)).map((line) => line.split(' ')[2])).toEqual([
      'one',
      'two',
      'three',
    ]);
  expect(delivery.error()).toBeUndefined();
});
