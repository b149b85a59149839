import { expect, onTestFinished, test } from 'vitest';
import { createCrosspostQueue } from '../../src/delivery/crosspost-queue.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { SendResult } from '../../src/platform/platform.ts';
import { manualClock, memoryStore } from './delivery.fixture.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const sent: SendResult = { status: 'sent', receipt: 'm' };

/** Publishing at work in front of a platform that notes what it is told, and says what it is given. */
async function publishing(results: SendResult[] = [], clock = manualClock(), store = memoryStore()) {
  const told: string[] = [];
  let heard = Promise.withResolvers<void>();
  const stopping = new AbortController();
  const { enqueue, run } = createCrosspostQueue({
    platform: {
      name: 'discord',
      async publish(destination, receipt) {
        told.push(`${destination} ${receipt}`);
        heard.resolve();
        heard = Promise.withResolvers();
        return results.shift() ?? sent;
      },
    },
    storage: store.values.keyv('publish'),
    log: silentLog,
    clock,
  });
  const running = run(stopping.signal);
  const stop = async () => {
    stopping.abort();
    await running;
  };
  onTestFinished(stop);
  return {
    told,
    enqueue,
    clock,
    store,
    stop,
    /** Lets time pass until that many were told. */
    async until(count: number) {
      while (told.length < count) {
        const next = heard.promise;
        await expect.poll(() => told.length >= count || clock.waiting > 0).toBe(true);
        if (told.length < count) clock.advanceToNext();
        await Promise.race([next, new Promise((resolve) => setImmediate(resolve))]);
      }
    },
  };
}

const receipts = (count: number, name = 'm') =>
  Array.from({ length: count }, (_, index) => `${name}${index}`);

test('a crosspost is published once', async () => {
  const { told, enqueue, until, stop } = await publishing();
  await enqueue('d:1', 'm1', false);
  await until(1);
  await enqueue('d:1', 'm2', false);
  await until(2);
  await stop();
  expect(told).toEqual(['d:1 m1', 'd:1 m2']);
});

test('ten an hour, two of them reserved for missives', async () => {
  const { told, enqueue, until, clock } = await publishing();
  for (const receipt of receipts(9)) await enqueue('d:1', receipt, false);
  for (const receipt of receipts(3, 'letter')) await enqueue('d:1', receipt, true);
  const began = clock.steady();
  await until(10);
  expect(clock.steady()).toBe(began);
  expect(told.filter((one) => one.includes('letter'))).toHaveLength(2);
  await until(12);
  expect(told[10]).toBe('d:1 letter2');
  expect(clock.steady() - began).toBe(HOUR);
});

test('one full destination does not hold up another', async () => {
  const { told, enqueue, until, clock } = await publishing();
  for (const receipt of receipts(9)) await enqueue('d:1', receipt, false);
  await enqueue('d:2', 'other', false);
  const began = clock.steady();
  await until(9);
  expect(clock.steady()).toBe(began);
  expect(told.at(-1)).toBe('d:2 other');
});

test('a retry waits as long as the platform asks', async () => {
  const retry: SendResult = {
    status: 'retry',
    scope: 'destination',
    afterMs: 7 * MINUTE,
    uncertain: false,
    reason: 'full',
  };
  const { told, enqueue, until, clock } = await publishing([retry]);
  const began = clock.steady();
  await enqueue('d:1', 'm1', false);
  await until(2);
  expect(told).toEqual(['d:1 m1', 'd:1 m1']);
  expect(clock.steady() - began).toBe(7 * MINUTE);
});

test('a rejected crosspost is dropped', async () => {
  const { told, enqueue, until } = await publishing([{ status: 'rejected', reason: 'no' }]);
  await enqueue('d:1', 'm1', false);
  await enqueue('d:1', 'm2', false);
  await until(2);
  expect(told).toEqual(['d:1 m1', 'd:1 m2']);
});

test('a restart continues with what is left', async () => {
  const lacking: SendResult = { status: 'unreachable', gone: false, reason: 'Missing Permissions' };
  const first = await publishing([sent, lacking]);
  await first.enqueue('d:1', 'm1', false);
  await first.until(1);
  await first.enqueue('d:1', 'm2', false);
  await first.until(2);
  await first.stop();
  const second = await publishing([], first.clock, first.store);
  await second.until(1);
  expect(second.told).toEqual(['d:1 m2']);
});

test('after a day a crosspost is dropped', async () => {
  const lacking: SendResult = { status: 'unreachable', gone: false, reason: 'Missing Permissions' };
  const first = await publishing([lacking]);
  await first.enqueue('d:1', 'old', false);
  await first.until(1);
  await first.stop();
  first.clock.advance(25 * HOUR);
  const second = await publishing([], first.clock, first.store);
  await second.enqueue('d:1', 'new', false);
  await second.until(1);
  expect(second.told).toEqual(['d:1 new']);
});
