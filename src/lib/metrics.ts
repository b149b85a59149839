/** What has happened since the start, for `/metrics`. Names are Prometheus names without the prefix. */
export interface Counters {
  add(name: CounterName, labels?: Readonly<Record<string, string>>, by?: number): void;
  /** Every series so far in a stable order. */
  all(): readonly {
    readonly name: CounterName;
    readonly help: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }[];
}

/** Every counter with its help text. */
const COUNTERS = {
  notes_archived_total: 'Notes added to the archive.',
  notes_posted_total: 'Notes queued for delivery.',
  events_rejected_total: 'Events from relays that were rejected, by reason.',
  events_refused_total: "The author's own events that couldn't be processed, by reason.",
  seconds_overfilled_total: 'Seconds in which a relay may have more events than it returned.',
  messages_sent_total: 'Messages sent, edited or deleted, by platform and action.',
  messages_retried_total: 'Sends that failed and will be retried, by platform.',
  messages_rejected_total: 'Messages that a platform refused for good, by platform.',
  messages_abandoned_total:
    'Messages, edits and deletions given up after failing for hours while others worked, by platform and action.',
  messages_simplified_total: 'Messages that a platform accepted only in a plainer form, by platform.',
  messages_in_doubt_total:
    'Message parts sent again because a crash or a lost answer left them in doubt, by platform.',
  messages_stranded_total:
    'Message parts left in doubt: they may have been posted without Postrider knowing, by platform.',
  destinations_lost_total: 'Destinations suspended or gone since the start, by platform.',
} as const;

export type CounterName = keyof typeof COUNTERS;
export const counterNames = Object.keys(COUNTERS) as readonly CounterName[];

export function createCounters(): Counters {
  const series = new Map<
    string,
    { name: CounterName; labels: Readonly<Record<string, string>>; value: number }
  >();
  return {
    add(name, labels = {}, by = 1) {
      const key = `${name} ${JSON.stringify(labels)}`;
      const known = series.get(key) ?? { name, labels, value: 0 };
      known.value += by;
      series.set(key, known);
    },
    all: () =>
      [...series.entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, line]) => ({ ...line, help: COUNTERS[line.name] })),
  };
}
