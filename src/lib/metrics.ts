import { LRUCache } from 'lru-cache';
import { Counter, Histogram, Registry } from 'prom-client';
import type { Clock } from './clock.ts';

/** Records what happens, for Prometheus. Names are without the prefix `postrider_`. */
export interface Metrics {
  add(name: CounterName, labels?: Labels): void;
  observe(name: HistogramName, labels: Labels, seconds: number): void;
  /** Starts a timer for a note or whatever else the key stands for. */
  startTimer(name: HistogramName, key: string): void;
  /** Observes the time since `startTimer`; nothing if there was none in this run. The timer keeps running. */
  observeTimer(name: HistogramName, key: string, labels: Labels): void;
}

export type Labels = Readonly<Record<string, string>>;

interface Description {
  readonly help: string;
  readonly labels: readonly string[];
}

/** All counters; the only list. */
const COUNTERS = {
  notes_archived_total: { help: 'Notes added to the archive.', labels: [] },
  notes_posted_total: { help: 'Notes queued for delivery.', labels: [] },
  relay_events_total: {
    help: 'Genuine events that a relay sent first, or live after others, by relay.',
    labels: ['relay'],
  },
  events_rejected_total: { help: 'Events from relays that were rejected, by reason.', labels: ['reason'] },
  events_refused_total: {
    help: "The author's own events that couldn't be processed, by reason.",
    labels: ['reason'],
  },
  seconds_overfilled_total: {
    help: 'Seconds in which a relay may have more events than it returned.',
    labels: [],
  },
  messages_sent_total: {
    help: 'Messages sent, edited or deleted, by platform and action.',
    labels: ['platform', 'action'],
  },
  messages_retried_total: {
    help: 'Sends that failed and will be retried, by platform.',
    labels: ['platform'],
  },
  messages_rejected_total: {
    help: 'Messages that a platform refused for good, by platform.',
    labels: ['platform'],
  },
  messages_abandoned_total: {
    help: 'Messages, edits and deletions given up after failing for hours while others worked, by platform and action.',
    labels: ['platform', 'action'],
  },
  messages_simplified_total: {
    help: 'Messages that a platform accepted only in a plainer form, by platform.',
    labels: ['platform'],
  },
  messages_in_doubt_total: {
    help: 'Message parts sent again because a crash or a lost answer left them in doubt, by platform.',
    labels: ['platform'],
  },
  messages_stranded_total: {
    help: 'Message parts left in doubt: they may have been posted without Postrider knowing, by platform.',
    labels: ['platform'],
  },
  site_requests_total: {
    help: 'Requests to the public site, by status.',
    labels: ['status'],
  },
  alerts_sent_total: {
    help: 'Private messages sent to operators because something needs a human or is fine again, by alert.',
    labels: ['alert'],
  },
  destinations_lost_total: {
    help: 'Destinations suspended or gone since the start, by platform.',
    labels: ['platform'],
  },
} as const satisfies Readonly<Record<string, Description>>;

/** All histograms, with the upper bounds of their buckets in seconds; the only list. */
const HISTOGRAMS = {
  relay_lag_seconds: {
    help: 'Time from the date of an event to its arrival, of those that arrive live within the hour, by relay.',
    labels: ['relay'],
    buckets: [0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800],
  },
  relay_to_reader_seconds: {
    help: 'Time from the arrival of a new note to its last message in a destination, quiet hours included, by platform.',
    labels: ['platform'],
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 7_200],
  },
  queue_wait_seconds: {
    help: 'Time from queueing a new note to the first call for a destination, rate limits included, by platform.',
    labels: ['platform'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800],
  },
  api_call_seconds: {
    help: 'Duration of the calls to a platform that deliver notes, by platform, call and result.',
    labels: ['platform', 'call', 'result'],
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  },
  site_answer_seconds: {
    help: 'Time to answer a request to the public site.',
    labels: [],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  },
} as const satisfies Readonly<Record<string, Description & { readonly buckets: readonly number[] }>>;

export type CounterName = keyof typeof COUNTERS;
export type HistogramName = keyof typeof HISTOGRAMS;

/** Learns of everything that is recorded. Must be quick and must not throw. */
export interface MetricsListener {
  added(name: CounterName, labels: Labels): void;
  /** `key`: what the timer was started for. */
  observed(name: HistogramName, labels: Labels, seconds: number, key?: string): void;
  timerStarted(name: HistogramName, key: string): void;
}

/** Timers that are kept per histogram: far more than notes are ever on their way. */
const MAX_TIMERS = 1_000;

/**
 * `platforms`: those whose counters begin at 0, since Prometheus doesn't see the first increase of a series that appears with
 * it. `listener` learns of everything, too.
 */
export function createMetrics(
  clock: Pick<Clock, 'steady'>,
  platforms: readonly string[] = [],
  listener?: MetricsListener,
): Metrics & { readonly registry: Registry } {
  const registry = new Registry();
  const known: Labeled = { platform: platforms, action: ['post', 'replace', 'delete'] };
  const counters = new Map(
    Object.entries(COUNTERS).map(([name, { help, labels }]) => {
      const counter = new Counter({
        name: `postrider_${name}`,
        help,
        labelNames: labels,
        registers: [registry],
      });
      for (const series of labels.length > 0 ? seriesOf(labels, known) : []) counter.inc(series, 0);
      return [name, counter];
    }),
  );
  const histograms = new Map(
    Object.entries(HISTOGRAMS).map(([name, { help, labels, buckets }]) => {
      const options = { name: `postrider_${name}`, help, labelNames: labels, buckets: [...buckets] };
      const histogram = new Histogram({ ...options, registers: [registry] });
      return [name, { histogram, startedMs: new LRUCache<string, number>({ max: MAX_TIMERS }) }];
    }),
  );

  function observe(name: HistogramName, labels: Labels, seconds: number, key?: string): void {
    histograms.get(name)?.histogram.observe(labels, seconds);
    listener?.observed(name, labels, seconds, key);
  }

  return {
    registry,
    add(name, labels = {}) {
      counters.get(name)?.inc(labels);
      listener?.added(name, labels);
    },
    observe: (name, labels, seconds) => observe(name, labels, seconds),
    startTimer(name, key) {
      histograms.get(name)?.startedMs.set(key, clock.steady());
      listener?.timerStarted(name, key);
    },
    observeTimer(name, key, labels) {
      const startedMs = histograms.get(name)?.startedMs.get(key);
      if (startedMs !== undefined) observe(name, labels, (clock.steady() - startedMs) / 1_000, key);
    },
  };
}

type Labeled = Readonly<Record<string, readonly string[]>>;

/** All combinations of the labels' values; none if those of one aren't known. */
const seriesOf = (labels: readonly string[], values: Labeled): readonly Labels[] =>
  labels.reduce<readonly Labels[]>(
    (before, label) =>
      before.flatMap((series) => (values[label] ?? []).map((value) => ({ ...series, [label]: value }))),
    [{}],
  );
