import cron from 'node-cron';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';

const CLOCK_CHECK_MS = 60_000;
/** If the system clock is set by more than this, the jobs' timers are started anew, since they would fire at the wrong time. */
const MIN_CLOCK_JUMP_MS = 30_000;

/** Work that runs at certain times of day, in UTC. `cron` has the five fields of crontab(5). */
export interface Job {
  readonly name: string;
  readonly cron: string;
  run(): Promise<void>;
}

/**
 * Runs each job at its times, one run at a time. A run that fails is logged, and the job runs again at its next time.
 * Returns a function that stops all of them.
 */
export function startJobs(
  jobs: readonly Job[],
  { log, clock }: { readonly log: Log; readonly clock: Clock },
): () => Promise<void> {
  const tasks = jobs.map(({ name, cron: schedule, run }) =>
    cron.schedule(
      schedule,
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
    for (let offsetMs = clock.now() - clock.steady(); !over.signal.aborted; ) {
      await clock.wait(CLOCK_CHECK_MS, over.signal);
      const jumpMs = clock.now() - clock.steady() - offsetMs;
      if (over.signal.aborted || Math.abs(jumpMs) < MIN_CLOCK_JUMP_MS) continue;
      offsetMs += jumpMs;
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
