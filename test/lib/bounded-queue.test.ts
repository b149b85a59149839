import { expect, test } from 'vitest';
import { createBoundedQueue } from '../../src/lib/bounded-queue.ts';

test('keeps the producers’ order, and holds them back while it is full', async () => {
  const queue = createBoundedQueue<number>(2, new AbortController().signal);
  const done: number[] = [];
  const pushing = [1, 2, 3].map(async (item) => {
    await queue.push(item);
    done.push(item);
  });
  await pushing[0];
  expect(done).toEqual([1]);
  const items = queue.items[Symbol.asyncIterator]();
  expect([(await items.next()).value, (await items.next()).value]).toEqual([1, 2]);
  await Promise.all(pushing);
  expect((await items.next()).value).toBe(3);
});

test('ends for producers and consumer when the signal aborts', async () => {
  const stopping = new AbortController();
  const queue = createBoundedQueue<number>(1, stopping.signal);
  const items = queue.items[Symbol.asyncIterator]();
  const waiting = items.next();
  const pushing = [queue.push(1), queue.push(2), queue.push(3)];
  stopping.abort();
  await Promise.all([...pushing, queue.push(4)]);
  expect((await waiting).done).toBe(true);
});
