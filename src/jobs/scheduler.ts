import cron from 'node-cron';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';

const CLOCK_CHECK_MS = 60_000;
/** A clock that was set by more than this is noticed: whoever waits for a time of day would wait for the wrong one. */
const MIN_CLOCK_JUMP_MS = 30_000;

/** Work that comes back by the clock, in UTC. `when` has the five fields of crontab(5). */
export interface Job {
  readonly name: string;
  readonly cron: string;
  run(): Promise<void>;
}

/**
 * Runs each errand at its times, never beside itself; one that fails is logged and comes again, and a clock that is
 * set keeps none waiting. Returns the stop.
 */
export function startJobs(
  errands: readonly Job[],
  { log, clock }: { readonly log: Log; readonly clock: Clock },
): () => Promise<void> {
  const tasks = errands.map(({ name, cron: when, run }) =>
    cron.schedule(
      when,
      async () => {
        try {
          await run();
          log.debug('job.finished', { name });
        } catch (error) {
          log.error('job.failed', { name, error });
        }
      },
      { name, timezone: 'Etc/UTC', noOverlap: true },
    ),
  );

  const over = new AbortController();
  async function watchClock(): Promise<void> {
    for (let apart = clock.now() - clock.steady(); !over.signal.aborted; ) {
      await clock.wait(CLOCK_CHECK_MS, over.signal);
      const byMs = clock.now() - clock.steady() - apart;
      if (over.signal.aborted || Math.abs(byMs) < MIN_CLOCK_JUMP_MS) continue;
      apart += byMs;
      for (const task of tasks) await task.stop();
      for (const task of tasks) await task.start();
    }
  }
  watchClock().catch((error: unknown) => log.error('job.failed', { error }));

  return async () => {
    over.abort();
    for (const task of tasks) await task.destroy();
  };
}
