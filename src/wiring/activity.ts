import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { MetricsListener } from '../lib/metrics.ts';
import { createActivityRecorder } from '../status/activity/activity-recorder.ts';
import { createNoteJourneys, type NoteJourneys } from '../status/activity/note-journeys.ts';
import type { HealthWatch } from '../status/health-watch.ts';
import type { Store } from '../store/store.ts';
import type { Context } from './context.ts';

export interface ActivityLog {
  /** Counts in memory from the first moment on. */
  readonly listener: MetricsListener;
  readonly journeys: Pick<NoteJourneys, 'of'>;
  /** From now on it is saved there, and once more before the store closes. */
  keepIn(store: Pick<Store, 'activity' | 'values'>, context: Pick<Context, 'lifetime'>): Promise<void>;
  /** Saves the latest counts now. Never rejects. */
  save(): Promise<void>;
  /** Looks after things and saves once a minute. */
  start(healthWatch: HealthWatch, context: Pick<Context, 'lifetime' | 'signal'>): void;
}

/** What the status page tells about the past: counts by the hour, and how the newest posts reached their readers. */
export function createActivityLog(clock: Clock, log: Log): ActivityLog {
  let store: Pick<Store, 'activity'> | undefined;
  let watch: HealthWatch | undefined;
  const journeys = createNoteJourneys(clock);
  const recorder = createActivityRecorder({
    clock,
    log,
    activity: () => store?.activity,
    async everyMinute() {
      await watch?.check();
      await journeys.save();
    },
  });
  return {
    journeys,
    save: recorder.save,
    listener: {
      added: recorder.listener.added,
      observed(...observed) {
        recorder.listener.observed(...observed);
        journeys.listener.observed(...observed);
      },
      timerStarted: journeys.listener.timerStarted,
    },
    async keepIn(opened, { lifetime }) {
      store = opened;
      await journeys.load(opened.values.keyv('journey'));
      lifetime.onShutdown(async () => {
        await recorder.save();
        await journeys.save();
      });
    },
    start(healthWatch, { lifetime, signal }) {
      watch = healthWatch;
      lifetime.run(recorder.run(signal));
    },
  };
}
