import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startJobs } from '../../src/jobs/scheduler.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { type Log, silentLog } from '../../src/lib/log.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
let stop: () => Promise<void>;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 25, 10, 1) });
});
afterEach(async () => {
  await stop();
  vi.useRealTimers();
});

/** An errand every five minutes, and how often it ran. */
function every5Minutes(run: () => Promise<void> = () => Promise.resolve(), log: Log = silentLog) {
  let times = 0;
  const counting = async (): Promise<void> => {
    times += 1;
    await run();
  };
  stop = startJobs([{ name: 'tidy', cron: '*/5 * * * *', run: counting }], { log, clock: systemClock });
  return { times: () => times };
}

test('a failing job is logged and runs again', async () => {
  const failed: string[] = [];
  const log = { ...silentLog, error: (event: string) => void failed.push(event) };
  const errand = every5Minutes(() => Promise.reject(new Error('no')), log);
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
  expect(errand.times()).toBe(2);
  expect(failed).toEqual(['job.failed', 'job.failed']);
});

test.each([
  ['back', -3 * DAY_MS],
  ['forward', 9 * DAY_MS],
])('a clock that is set %s by days keeps no errand waiting, and runs none in a storm', async (_, byMs) => {
  const errand = every5Minutes();
  await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
  expect(errand.times()).toBe(1);
  vi.setSystemTime(Date.now() + byMs);
  await vi.advanceTimersByTimeAsync(20 * MINUTE_MS);
  expect(errand.times()).toBeGreaterThanOrEqual(3);
  expect(errand.times()).toBeLessThanOrEqual(6);
});
