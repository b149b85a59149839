import { expect, test } from 'vitest';
import { createWakeSignal } from '../../src/lib/wake-signal.ts';

const never = new AbortController().signal;

test('a notification wakes the waiter or is remembered', async () => {
  const bell = createWakeSignal();
  const waiting = bell.wait(never);
  bell.notify();
  await waiting;
  bell.notify();
  bell.notify();
  await expect(bell.wait(never)).resolves.toBeUndefined();
});

test('a notification is remembered once', async () => {
  const bell = createWakeSignal();
  bell.notify();
  await bell.wait(never);
  let heard = false;
  const waiting = bell.wait(never).then(() => (heard = true));
  await new Promise(setImmediate);
  expect(heard).toBe(false);
  bell.notify();
  await waiting;
});

test('an aborted wait uses up no notification', async () => {
  const bell = createWakeSignal();
  const gone = new AbortController();
  const left = bell.wait(gone.signal);
  gone.abort();
  await left;
  bell.notify();
  await expect(bell.wait(never)).resolves.toBeUndefined();
});
