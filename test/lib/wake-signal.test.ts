import { expect, test } from 'vitest';
import { createWakeSignal } from '../../src/lib/wake-signal.ts';

const never = new AbortController().signal;

test('a ring is heard by who waits, and remembered for who comes', async () => {
  const bell = createWakeSignal();
  const waiting = bell.wait(never);
  bell.notify();
  await waiting;
  bell.notify();
  bell.notify();
  await expect(bell.wait(never)).resolves.toBeUndefined();
});

test('a ring is remembered once only', async () => {
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

test('a ring is not lost on somebody who waits no longer', async () => {
  const bell = createWakeSignal();
  const gone = new AbortController();
  const left = bell.wait(gone.signal);
  gone.abort();
  await left;
  bell.notify();
  await expect(bell.wait(never)).resolves.toBeUndefined();
});
