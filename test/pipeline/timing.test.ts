import { expect, test } from 'vitest';
import { createBell } from '../../src/pipeline/timing.ts';

const never = new AbortController().signal;

test('a ring is heard by who waits, and remembered for who comes', async () => {
  const bell = createBell();
  const waiting = bell.rung(never);
  bell.ring();
  await waiting;
  bell.ring();
  bell.ring();
  await expect(bell.rung(never)).resolves.toBeUndefined();
});

test('a ring is remembered once only', async () => {
  const bell = createBell();
  bell.ring();
  await bell.rung(never);
  let heard = false;
  const waiting = bell.rung(never).then(() => (heard = true));
  await new Promise(setImmediate);
  expect(heard).toBe(false);
  bell.ring();
  await waiting;
});

test('a ring is not lost on somebody who waits no longer', async () => {
  const bell = createBell();
  const gone = new AbortController();
  const left = bell.rung(gone.signal);
  gone.abort();
  await left;
  bell.ring();
  await expect(bell.rung(never)).resolves.toBeUndefined();
});
