import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { CounterName, HistogramName, Labels, MetricsListener } from '../../lib/metrics.ts';
import type { Activity, ActivityCount } from '../../store/activity.ts';
import { stepOf } from './duration-scale.ts';

/** Everything that is counted by the hour. The only list. */
export type ActivityName =
  | 'posts'
  | 'sent'
  | 'failed'
  | 'retried'
  | 'events'
  | 'delivery'
  | 'lag'
  | 'running';

const COUNTER_NAMES: Readonly<Partial<Record<CounterName, ActivityName>>> = {
  notes_posted_total: 'posts',
  messages_sent_total: 'sent',
  messages_rejected_total: 'failed',
  messages_abandoned_total: 'failed',
  messages_retried_total: 'retried',
  relay_events_total: 'events',
};
const HISTOGRAM_NAMES: Readonly<Partial<Record<HistogramName, ActivityName>>> = {
  relay_to_reader_seconds: 'delivery',
  relay_lag_seconds: 'lag',
};

export const HOUR_MS = 3_600_000;
const SAVE_INTERVAL_MS = 60_000;
/** Counts that are kept while the store fails, enough for months. Above that, new ones are dropped. */
const MAX_UNSAVED = 50_000;

export interface ActivityRecorder {
  /** Counts in memory, which takes less than a microsecond per delivery. */
  readonly listener: Pick<MetricsListener, 'added' | 'observed'>;
  /** Saves the counts. Never rejects: if saving fails, they are saved the next time. */
  save(): Promise<void>;
  /** Saves once a minute until the signal aborts. A crash loses the counts since the last save. */
  run(signal: AbortSignal): Promise<void>;
}

export interface ActivityRecorderParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Where to save; `undefined` until the store is open. */
  activity(): Activity | undefined;
  /** Called once a minute before saving. Must not reject. */
  everyMinute?(): Promise<void>;
}

/** Counts activity by the hour, for the charts of the status page. */
export function createActivityRecorder({
  clock,
  log,
  activity,
  everyMinute,
}: ActivityRecorderParts): ActivityRecorder {
  let unsaved = new Map<string, ActivityCount>();
  let isFailing = false;

  function count(what: ActivityName, subject: string, bucket: number, times = 1): void {
    const hour = Math.floor(clock.now() / HOUR_MS);
    const key = `${hour} ${what} ${bucket} ${subject}`;
    const before = unsaved.get(key)?.count ?? 0;
    if (before === 0 && unsaved.size >= MAX_UNSAVED) return;
    unsaved.set(key, { hour, what, subject, bucket, count: before + times });
  }

  async function save(): Promise<void> {
    const store = activity();
    if (!store || unsaved.size === 0) return;
    const counts = unsaved;
    unsaved = new Map();
    try {
      await store.add([...counts.values()]);
      isFailing = false;
    } catch (error) {
      // Nothing was saved. Counts from the meantime are added.
      const since = unsaved;
      unsaved = counts;
      for (const one of since.values()) addBack(one);
      // The store logs its own failures.
      if (!isFailing) log.debug('activity.postponed', { error });
      isFailing = true;
    }
  }

  function addBack(one: ActivityCount): void {
    const key = `${one.hour} ${one.what} ${one.bucket} ${one.subject}`;
    unsaved.set(key, { ...one, count: one.count + (unsaved.get(key)?.count ?? 0) });
  }

  return {
    listener: {
      added(name, labels) {
        const what = COUNTER_NAMES[name];
        if (what) count(what, subjectOf(labels), 0);
      },
      observed(name, labels, seconds) {
        const what = HISTOGRAM_NAMES[name];
        if (what) count(what, subjectOf(labels), stepOf(seconds));
      },
    },
    save,
    async run(signal) {
      while (!signal.aborted) {
        // An hour without this count is one in which the program didn't run.
        count('running', '', 0);
        await everyMinute?.();
        await save();
        await clock.wait(SAVE_INTERVAL_MS, signal);
      }
    },
  };
}

const subjectOf = ({ platform, relay }: Labels): string => platform ?? relay ?? '';
