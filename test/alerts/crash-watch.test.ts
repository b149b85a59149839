import { expect, test } from 'vitest';
import { openCrashWatch } from '../../src/alerts/crash-watch.ts';

const HOUR_MS = 60 * 60_000;

function machine() {
  const stored = new Map<string, never>();
  let nowMs = 1_800_000_000_000;
  const storage = {
    get: async (key: string) => stored.get(key),
    set: async (key: string, value: unknown) => stored.set(key, structuredClone(value) as never),
  };
  return {
    pass: (ms: number) => (nowMs += ms),
    start: () => openCrashWatch(storage, () => nowMs),
  };
}

test('a run that was stopped, and the first one ever, are no crashes', async () => {
  const { start } = machine();
  for (let run = 0; run < 5; run += 1) {
    const watch = await start();
    expect(watch.crashes()).toBe(0);
    await watch.stopped();
  }
});

test('runs that ended otherwise count for an hour', async () => {
  const { start, pass } = machine();
  await start();
  for (let run = 1; run <= 3; run += 1) {
    pass(10 * 60_000);
    expect((await start()).crashes()).toBe(run);
  }
  const last = await start();
  pass(HOUR_MS - 20 * 60_000);
  expect(last.crashes()).toBe(3);
  pass(20 * 60_000);
  expect(last.crashes()).toBe(0);
});

test('crashes before an orderly restart still count', async () => {
  const { start } = machine();
  await start();
  await (await start()).stopped();
  expect((await start()).crashes()).toBe(1);
});

test('a clock that is set back forgets what it puts into the future', async () => {
  const { start, pass } = machine();
  await start();
  await start();
  pass(-24 * HOUR_MS);
  expect((await start()).crashes()).toBe(1);
});
