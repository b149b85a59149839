import { expect, test } from 'vitest';
import type { KeyValue } from '../../../src/lib/key-value.ts';
import { createMetrics } from '../../../src/lib/metrics.ts';
import { createNoteJourneys, type NoteJourney } from '../../../src/status/activity/note-journeys.ts';
import { memoryStore } from '../../delivery/delivery.fixture.ts';

const TIMER = 'relay_to_reader_seconds';

function stage() {
  let nowMs = 1_000_000;
  const clock = { now: () => nowMs, steady: () => nowMs };
  const journeys = createNoteJourneys(clock);
  const metrics = createMetrics(clock, [], { ...journeys.listener, added: () => undefined });
  return { journeys, metrics, pass: (ms: number) => (nowMs += ms) };
}

test('a note is followed to its last destination, by platform', () => {
  const { journeys, metrics, pass } = stage();
  metrics.startTimer(TIMER, 'a');
  metrics.startTimer('queue_wait_seconds', 'b');
  expect(journeys.of('a')).toEqual({ key: 'a', arrivedMs: 1_000_000, platforms: {} });
  expect(journeys.of('b')).toBeUndefined();
  for (const platform of ['discord', 'telegram', 'discord']) {
    pass(500);
    metrics.observeTimer(TIMER, 'a', { platform });
  }
  metrics.observeTimer(TIMER, 'unknown', { platform: 'discord' });
  expect(journeys.of('a')?.platforms).toEqual({
    discord: { destinations: 2, seconds: 1.5 },
    telegram: { destinations: 1, seconds: 1 },
  });
});

test('only the newest are kept, and an edit sets out anew', () => {
  const { journeys, metrics } = stage();
  for (let n = 0; n < 25; n += 1) metrics.startTimer(TIMER, `n${n}`);
  expect([journeys.of('n4'), journeys.of('n5')?.key]).toEqual([undefined, 'n5']);
  metrics.observeTimer(TIMER, 'n5', { platform: 'discord' });
  metrics.startTimer(TIMER, 'n5');
  metrics.startTimer(TIMER, 'another');
  expect(journeys.of('n5')?.platforms).toEqual({});
  expect(journeys.of('n6')).toBeUndefined();
});

test('they are remembered after a restart, and those that arrived before the store was open, too', async () => {
  const storage = memoryStore().values.keyv<readonly NoteJourney[]>('journey');
  const first = stage();
  first.metrics.startTimer(TIMER, 'a');
  await first.journeys.load(storage);
  first.metrics.startTimer(TIMER, 'b');
  await first.journeys.save();
  const second = stage();
  second.metrics.startTimer(TIMER, 'c');
  await second.journeys.load(storage);
  expect(['a', 'b', 'c'].map((key) => second.journeys.of(key)?.key)).toEqual(['a', 'b', 'c']);
});

test('a store that fails keeps nobody, and gets them later', async () => {
  const storage = memoryStore().values.keyv<readonly NoteJourney[]>('journey');
  let fails = true;
  const failing: KeyValue<readonly NoteJourney[]> = {
    get: async () => {
      throw new Error('broken');
    },
    delete: (key) => storage.delete(key),
    iterator: () => storage.iterator(),
    set: async (key: string, value: readonly NoteJourney[]) => {
      if (fails) throw new Error('broken');
      return storage.set(key, value);
    },
  };
  const { journeys, metrics } = stage();
  await journeys.load(failing);
  metrics.startTimer(TIMER, 'a');
  await journeys.save();
  fails = false;
  await journeys.save();
  expect((await storage.get('newest'))?.map(({ key }) => key)).toEqual(['a']);
});
