import { expect, test } from 'vitest';
import { watchHealth } from '../../src/status/health-watch.ts';

test('it is told since when something fails, and since when all is well again', async () => {
  let nowMs = 100;
  let errors: Readonly<Record<string, string>> = {};
  const watch = watchHealth(
    async () => errors,
    () => nowMs,
    50,
  );
  const at = async (ms: number, now: Readonly<Record<string, string>>) => {
    nowMs = ms;
    errors = now;
    return watch.check();
  };
  expect(await at(100, {})).toEqual({ healthySinceMs: 50, problems: [] });
  expect(await at(200, { store: 'full' })).toEqual({
    problems: [{ name: 'store', error: 'full', sinceMs: 200 }],
  });
  expect((await at(300, { store: 'broken', discord: 'off' })).problems).toEqual([
    { name: 'store', error: 'broken', sinceMs: 200 },
    { name: 'discord', error: 'off', sinceMs: 300 },
  ]);
  expect((await at(400, { discord: 'off' })).problems.map(({ sinceMs }) => sinceMs)).toEqual([300]);
  expect(await at(500, {})).toEqual({ healthySinceMs: 500, problems: [] });
  expect((await at(600, { store: 'full' })).problems[0]?.sinceMs).toBe(600);
});
