import type { Clock } from '../../lib/clock.ts';
import type { KeyValue } from '../../lib/key-value.ts';
import type { MetricsListener } from '../../lib/metrics.ts';

/** How one of the newest notes reached its readers. Stored as JSON. */
export interface NoteJourney {
  readonly key: string;
  /** When it arrived from a relay, in milliseconds since 1970. */
  readonly arrivedMs: number;
  /** By platform: how many destinations it reached, and how long the slowest one took. */
  readonly platforms: Readonly<Record<string, { readonly destinations: number; readonly seconds: number }>>;
}

const KEPT = 20;
const VALUE = 'newest';

type JourneyStorage = Pick<KeyValue<readonly NoteJourney[]>, 'get' | 'set'>;

export interface NoteJourneys {
  readonly listener: Pick<MetricsListener, 'observed' | 'timerStarted'>;
  of(key: string): NoteJourney | undefined;
  /** Loads what an earlier run saved. Never rejects. */
  load(storage: JourneyStorage): Promise<void>;
  /** Saves changes. Never rejects: if saving fails, they are saved later. */
  save(): Promise<void>;
}

/** Tracks how the newest notes reach their readers. */
export function createNoteJourneys(clock: Pick<Clock, 'now'>): NoteJourneys {
  /** The oldest first. */
  const journeys = new Map<string, NoteJourney>();
  let storage: JourneyStorage | undefined;
  let isSaved = true;

  function put(journey: NoteJourney): void {
    journeys.set(journey.key, journey);
    isSaved = false;
    for (const key of journeys.keys()) {
      if (journeys.size <= KEPT) break;
      journeys.delete(key);
    }
  }

  return {
    listener: {
      timerStarted(name, key) {
        if (name !== 'relay_to_reader_seconds') return;
        // An edit starts over.
        journeys.delete(key);
        put({ key, arrivedMs: clock.now(), platforms: {} });
      },
      observed(name, { platform = '' }, seconds, key = '') {
        const journey = name === 'relay_to_reader_seconds' ? journeys.get(key) : undefined;
        if (!journey) return;
        const before = journey.platforms[platform];
        const destinations = (before?.destinations ?? 0) + 1;
        const longest = Math.max(before?.seconds ?? 0, seconds);
        put({
          ...journey,
          platforms: { ...journey.platforms, [platform]: { destinations, seconds: longest } },
        });
      },
    },
    of: (key) => journeys.get(key),
    async load(from) {
      storage = from;
      const saved = await from.get(VALUE).catch(() => undefined);
      const since = [...journeys.values()];
      journeys.clear();
      for (const one of [...(saved ?? []), ...since]) put(one);
      isSaved = since.length === 0;
    },
    async save() {
      if (isSaved || !storage) return;
      isSaved = true;
      await storage.set(VALUE, [...journeys.values()]).catch(() => {
        isSaved = false;
      });
    },
  };
}
