import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { CounterName, HistogramName, Labels, MetricsListener } from '../../lib/metrics.ts';
import type { Activity, ActivityCount } from '../../store/activity.ts';
import { stepOf } from './duration-scale.ts';

/** What is kept by the hour; the only list. */
export type ActivityName =
  | 'posts'
  | 'sent'
  | 'failed'
  | 'retried'
  | 'events'
  | 'delivery'
  | 'lag'
  | 'running';

const COUNTED: Readonly<Partial<Record<CounterName, ActivityName>>> = {
  notes_posted_total: 'posts',
  messages_sent_total: 'sent',
  messages_rejected_total: 'failed',
  messages_abandoned_total: 'failed',
  messages_retried_total: 'retried',
  relay_events_total: 'events',
};
const TIMED: Readonly<Partial<Record<HistogramName, ActivityName>>> = {
  relay_to_reader_seconds: 'delivery',
  relay_lag_seconds: 'lag',
};

export const HOUR_MS = 3_600_000;
const SAVE_INTERVAL_MS = 60_000;
/** Counts that wait while the store fails: months of them. Beyond, new ones are left out. */
const MAX_WAITING = 50_000;

export interface ActivityRecorder {
  /** Counts in memory; it costs a delivery less than a microsecond. */
  readonly listener: Pick<MetricsListener, 'added' | 'observed'>;
  /** Saves what has been counted. Never rejects: what can't be saved now is tried again. */
  save(): Promise<void>;
  /** Saves once a minute until the signal aborts. A crash loses what was counted since. */
  run(signal: AbortSignal): Promise<void>;
}

export interface ActivityRecorderParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Where to save; `undefined` while the store isn't open yet. */
  activity(): Activity | undefined;
  /** Is called once a minute, before anything is saved. Must not reject. */
  everyMinute?(): Promise<void>;
}

/** Counts what happens by the hour, for the charts of the status page. */
export function createActivityRecorder({
  clock,
  log,
  activity,
  everyMinute,
}: ActivityRecorderParts): ActivityRecorder {
  let waiting = new Map<string, ActivityCount>();
  let isFailing = false;

  function count(what: ActivityName, subject: string, bucket: number, times = 1): void {
    const hour = Math.floor(clock.now() / HOUR_MS);
    const key = `${hour} ${what} ${bucket} ${subject}`;
    const before = waiting.get(key)?.count ?? 0;
    if (before === 0 && waiting.size >= MAX_WAITING) return;
    waiting.set(key, { hour, what, subject, bucket, count: before + times });
  }

  async function save(): Promise<void> {
    const store = activity();
    if (!store || waiting.size === 0) return;
    const counts = waiting;
    waiting = new Map();
    try {
      await store.add([...counts.values()]);
      isFailing = false;
    } catch (error) {
      // None of it was saved. What has been counted meanwhile is added to it.
      const since = waiting;
      waiting = counts;
      for (const one of since.values()) addBack(one);
      // The store says for itself that it fails.
      if (!isFailing) log.debug('activity.postponed', { error });
      isFailing = true;
    }
  }

  function addBack(one: ActivityCount): void {
    const key = `${one.hour} ${one.what} ${one.bucket} ${one.subject}`;
    waiting.set(key, { ...one, count: one.count + (waiting.get(key)?.count ?? 0) });
  }

  return {
    listener: {
      added(name, labels) {
        const what = COUNTED[name];
        if (what) count(what, subjectOf(labels), 0);
      },
      observed(name, labels, seconds) {
        const what = TIMED[name];
        if (what) count(what, subjectOf(labels), stepOf(seconds));
      },
    },
    save,
    async run(signal) {
      while (!signal.aborted) {
        // An hour without it is one in which the program didn't run.
        count('running', '', 0);
        await everyMinute?.();
        await save();
        await clock.wait(SAVE_INTERVAL_MS, signal);
      }
    },
  };
}

const subjectOf = ({ platform, relay }: Labels): string => platform ?? relay ?? '';
