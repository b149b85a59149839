import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { MetricsListener } from '../lib/metrics.ts';
import { createActivityRecorder } from '../status/activity/activity-recorder.ts';
import { createNoteJourneys, type NoteJourney, type NoteJourneys } from '../status/activity/note-journeys.ts';
import type { HealthWatch } from '../status/health-watch.ts';
import type { Store } from '../store/store.ts';
import type { Context } from './context.ts';

export interface ActivityLog {
  /** Counts in memory from the first moment on. */
  readonly listener: MetricsListener;
  readonly journeys: Pick<NoteJourneys, 'of'>;
  /** From now on it's read there and saved where this process may write, if it may. */
  keepIn(store: Pick<Store, 'values'>, writable: () => Store | undefined): Promise<void>;
  /** Reads what another process has saved since. Never rejects. */
  resume(): Promise<void>;
  /** Saves what is new. Never rejects. */
  save(): Promise<void>;
  /** Looks after things and saves once a minute. */
  start(healthWatch: HealthWatch, context: Pick<Context, 'lifetime' | 'signal'>): void;
}

/** What the status page tells about the past: counts by the hour, and how the newest posts reached their readers. */
export function createActivityLog(clock: Clock, log: Log): ActivityLog {
  let writable = (): Store | undefined => undefined;
  let watch: HealthWatch | undefined;
  const journeys = createNoteJourneys(clock);
  const recorder = createActivityRecorder({
    clock,
    log,
    activity: () => writable()?.activity,
    async everyMinute() {
      await watch?.check();
      await journeys.save();
    },
  });
  let load = async (): Promise<void> => undefined;
  return {
    journeys,
    resume: () => load(),
    async save() {
      await recorder.save();
      await journeys.save();
    },
    listener: {
      added: recorder.listener.added,
      observed(...observed) {
        recorder.listener.observed(...observed);
        journeys.listener.observed(...observed);
      },
      timerStarted: journeys.listener.timerStarted,
    },
    async keepIn(store, mayWrite) {
      writable = mayWrite;
      const kept = store.values.keyv<readonly NoteJourney[]>('journey');
      load = () =>
        journeys.load({
          get: (key) => kept.get(key),
          set: async (...entry) =>
            writable()
              ?.values.keyv<readonly NoteJourney[]>('journey')
              .set(...entry),
        });
      await load();
    },
    start(healthWatch, { lifetime, signal }) {
      watch = healthWatch;
      lifetime.run(recorder.run(signal));
    },
  };
}
