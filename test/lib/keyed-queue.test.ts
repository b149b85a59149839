import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createKeyedQueue, createSerialQueue } from '../../src/lib/keyed-queue.ts';

/** Tasks that end when the test says so, and what became of them in order. */
function tasks() {
  const events: string[] = [];
  const ends = new Map<string, () => void>();
  const task = (name: string) => async (): Promise<string> => {
    events.push(`${name} began`);
    await new Promise<void>((resolve) => ends.set(name, resolve));
    events.push(`${name} ended`);
    return name;
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await turn();
  };
  return { events, task, end };
}

test('keys run in order, side by side', async () => {
  const { events, task, end } = tasks();
  const queue = createKeyedQueue();
  const results = [queue.run('a', task('a1')), queue.run('a', task('a2')), queue.run('b', task('b1'))];
  await turn();
  expect(events).toEqual(['a1 began', 'b1 began']);
  await end('a1');
  expect(events.slice(2)).toEqual(['a1 ended', 'a2 began']);
  await end('a2');
  await end('b1');
  expect(await Promise.all(results)).toEqual(['a1', 'a2', 'b1']);
});

test('a failure reaches only its caller', async () => {
  const inTurn = createSerialQueue();
  const failed = inTurn(() => Promise.reject(new Error('broken')));
  const next = inTurn(async () => 'next');
  await expect(failed).rejects.toThrow('broken');
  expect(await next).toBe('next');
});

test('waits until few enough are left', async () => {
  const { task, end } = tasks();
  const queue = createKeyedQueue();
  for (const name of ['a', 'b']) void queue.run(name, task(name));
  await turn();
  expect(queue.size).toBe(2);
  let isBelow = false;
  const below = queue.whenBelow(1).then(() => (isBelow = true));
  await end('a');
  expect(isBelow).toBe(false);
  await end('b');
  await below;
  await queue.whenBelow(1);
  expect(queue.size).toBe(0);
});
