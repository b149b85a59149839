import { expect, test } from 'vitest';
import { createLifetime } from '../../src/lib/lifetime.ts';

/** A lifetime in which a resource and a task are open, and what happens to them. */
function open() {
  const lifetime = createLifetime();
  const happened: string[] = [];
  lifetime.onShutdown(async () => {
    await Promise.resolve();
    happened.push(`first closed, aborted: ${lifetime.signal.aborted}`);
  });
  lifetime.onShutdown(() => happened.push('second closed'));
  const { promise, resolve } = Promise.withResolvers<void>();
  lifetime.signal.addEventListener('abort', () => resolve());
  lifetime.run(promise.then(() => happened.push('task ended')));
  return { lifetime, happened };
}

const ALL = ['task ended', 'second closed', 'first closed, aborted: true'];

test('shutdown aborts first, then closes in reverse order', async () => {
  const { lifetime, happened } = open();
  await lifetime.keep()();
  expect(happened).toEqual(ALL);
});

test('an error in the block that opened it shuts it down', async () => {
  const { lifetime, happened } = open();
  const start = async (): Promise<void> => {
    await using opened = lifetime;
    expect(opened.signal.aborted).toBe(false);
    throw new Error('port in use');
  };
  await expect(start()).rejects.toThrow('port in use');
  expect(happened).toEqual(ALL);
});

test('what is kept stays open after that block', async () => {
  const { lifetime, happened } = open();
  const start = async (): Promise<() => Promise<void>> => {
    await using opened = lifetime;
    return opened.keep();
  };
  const stop = await start();
  expect(happened).toEqual([]);
  await stop();
  expect(happened).toEqual(ALL);
});

test('a second stop waits for the first and closes nothing twice', async () => {
  const { lifetime, happened } = open();
  const stop = lifetime.keep();
  void stop();
  await stop();
  expect(happened).toEqual(ALL);
});

test('one that fails to close keeps nothing else open', async () => {
  const { lifetime, happened } = open();
  lifetime.onShutdown(() => Promise.reject(new Error('disk full')));
  await expect(lifetime.keep()()).rejects.toThrow('disk full');
  expect(happened).toEqual(ALL);
});

test.each(['run', 'watch'] as const)('the error of a task is reported (%s)', async (way) => {
  const { lifetime } = open();
  lifetime[way](Promise.reject(new Error('bug')));
  await expect(lifetime.failed).rejects.toThrow('bug');
  await lifetime.keep()();
});
