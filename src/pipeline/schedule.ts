import cron from 'node-cron';
import type { Log } from '../log.ts';

/** Work that comes back by the clock, in UTC. `when` has the five fields of crontab(5). */
export interface Errand {
  readonly name: string;
  readonly when: string;
  run(): Promise<void>;
}

/** Runs each errand at its times, never beside itself; one that fails is logged and comes again. Returns the stop. */
export function startSchedule(errands: readonly Errand[], log: Log): () => Promise<void> {
  const tasks = errands.map(({ name, when, run }) =>
    cron.schedule(
      when,
      async () => {
        try {
          await run();
          log.debug('errand.finished', { name });
        } catch (error) {
          log.error('errand.failed', { name, error });
        }
      },
      { name, timezone: 'Etc/UTC', noOverlap: true },
    ),
  );
  return async () => {
    for (const task of tasks) await task.destroy();
  };
}
