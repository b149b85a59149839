/** What has happened since the start, for `/metrics`. Names are Prometheus names without the prefix. */
export interface Counters {
  add(name: CounterName, labels?: Readonly<Record<string, string>>, by?: number): void;
  /** Every series so far, in a stable order, with what its name stands for. */
  all(): readonly {
    readonly name: CounterName;
    readonly help: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }[];
}

/** Each counter and what it says; the only list of them. */
const COUNTERS = {
  notes_archived_total: 'Notes taken into the archive',
  notes_posted_total: 'Notes entered into the journal for readers',
  events_rejected_total: 'Events from relays that were not taken in, by reason',
  events_refused_total: 'Events of the author, proven to be, that could not be taken in, by reason',
  seconds_overfilled_total: 'Seconds of which a relay may have more events than could be had from it',
  messages_sent_total: 'Messages sent, edited or taken back, by platform and action',
  messages_retried_total: 'Sends that are to be tried again, by platform',
  messages_rejected_total: 'Messages that a platform refused for good, by platform',
  messages_abandoned_total:
    'Messages, edits and deletions given up because they kept failing while the platform answered others, by platform and action',
  messages_simplified_total: 'Messages that a platform took only in a plainer form, by platform',
  messages_in_doubt_total:
    'Parts sent again because a crash or a lost answer left them in doubt, by platform',
  messages_stranded_total:
    'Parts left in doubt that nothing more is done about: they may stand there unknown, by platform',
  destinations_lost_total: 'Destinations suspended or gone, by platform',
} as const;

export type CounterName = keyof typeof COUNTERS;

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
