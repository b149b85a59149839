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
    return watch.look();
  };
  expect(await at(100, {})).toEqual({ wellSinceMs: 50, troubles: [] });
  expect(await at(200, { store: 'full' })).toEqual({
    troubles: [{ name: 'store', error: 'full', sinceMs: 200 }],
  });
  expect((await at(300, { store: 'broken', discord: 'off' })).troubles).toEqual([
    { name: 'store', error: 'broken', sinceMs: 200 },
    { name: 'discord', error: 'off', sinceMs: 300 },
  ]);
  expect((await at(400, { discord: 'off' })).troubles.map(({ sinceMs }) => sinceMs)).toEqual([300]);
  expect(await at(500, {})).toEqual({ wellSinceMs: 500, troubles: [] });
  expect((await at(600, { store: 'full' })).troubles[0]?.sinceMs).toBe(600);
});
