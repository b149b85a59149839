import { expect, test } from 'vitest';
import { silentLog } from '../../../src/lib/log.ts';
import { createMetrics } from '../../../src/lib/metrics.ts';
import { createActivityRecorder, HOUR_MS } from '../../../src/status/activity/activity-recorder.ts';
import { readHistory } from '../../../src/status/activity/history.ts';
import type { Activity } from '../../../src/store/activity.ts';
import { memoryStore } from '../../delivery/delivery.fixture.ts';

/** 14:40 in UTC. */
const NOW_MS = Date.UTC(2026, 4, 20, 14, 40);

function stage(activity: Activity = memoryStore().activity) {
  let nowMs = NOW_MS;
  let minutes = 0;
  const stopping = new AbortController();
  const clock = {
    now: () => nowMs,
    steady: () => nowMs,
    wait: async () => {
      minutes -= 1;
      nowMs += 60_000;
      if (minutes <= 0) stopping.abort();
    },
  };
  const recorder = createActivityRecorder({ clock, log: silentLog, activity: () => activity });
  const metrics = createMetrics(clock, [], { ...recorder.listener, timerStarted: () => undefined });
  return {
    recorder,
    metrics,
    setClock: (ms: number) => (nowMs = ms),
    runFor: (count: number) => {
      minutes = count;
      return recorder.run(stopping.signal);
    },
    history: (timeZone = 'UTC') => readHistory(activity, nowMs, timeZone),
    activity,
  };
}

test('what happens is counted by the hour and the day, for each platform and relay', async () => {
  const { recorder, metrics, setClock, history } = stage();
  setClock(NOW_MS - 2 * HOUR_MS);
  metrics.add('messages_sent_total', { platform: 'discord', action: 'post' });
  setClock(NOW_MS);
  for (const platform of ['discord', 'telegram', 'telegram'])
    metrics.add('messages_sent_total', { platform, action: 'post' });
  metrics.add('messages_rejected_total', { platform: 'telegram' });
  metrics.add('messages_abandoned_total', { platform: 'telegram', action: 'post' });
  metrics.add('notes_posted_total');
  metrics.add('notes_archived_total');
  metrics.add('relay_events_total', { relay: 'wss://a.example' });
  for (const seconds of [1, 2, 30])
    metrics.observe('relay_lag_seconds', { relay: 'wss://a.example' }, seconds);
  await recorder.save();
  const { hours, today } = await history();
  const [before, , last] = hours.slice(-3);
  expect([
    before?.count('sent'),
    before?.isMeasured,
    last?.count('sent'),
    last?.count('sent', 'telegram'),
  ]).toEqual([1, true, 3, 2]);
  expect([today.count('sent'), today.count('failed'), today.count('posts')]).toEqual([4, 2, 1]);
  expect(today.count('events', 'wss://a.example')).toBe(1);
  expect(today.duration('lag', 0.5, 'wss://a.example')).toBeCloseTo(2, 0);
  expect(today.duration('lag', 0.5, 'wss://b.example')).toBeUndefined();
  expect(hours[0]?.isMeasured).toBe(false);
});

test('24 hours and 30 days of the calendar, through a change of the clock', async () => {
  const { history, setClock } = stage();
  setClock(Date.UTC(2026, 2, 29, 12, 40));
  const { hours, days } = await history('Europe/Berlin');
  expect([hours.length, days.length]).toEqual([24, 30]);
  expect(hours.at(-1)?.untilMs).toBe(Date.UTC(2026, 2, 29, 13));
  const lengths = days.map(({ fromMs, untilMs }) => (untilMs - fromMs) / HOUR_MS);
  expect(lengths.slice(-2)).toEqual([24, 23]);
  expect(days.slice(1).map(({ fromMs }) => fromMs)).toEqual(days.slice(0, -1).map(({ untilMs }) => untilMs));
});

test('it is saved once a minute, and an hour in which nothing happened isn’t one without the program', async () => {
  const { runFor, history } = stage();
  await runFor(3);
  const last = (await history()).hours.at(-1);
  expect([last?.isMeasured, last?.count('running'), last?.count('sent')]).toEqual([true, 3, 0]);
});

test('counts go on after a restart, and what wasn’t saved is all that a crash loses', async () => {
  const { activity } = memoryStore();
  const first = stage(activity);
  first.metrics.add('notes_posted_total');
  await first.recorder.save();
  first.metrics.add('notes_posted_total');
  const second = stage(activity);
  second.metrics.add('notes_posted_total');
  await second.recorder.save();
  expect((await second.history()).today.count('posts')).toBe(2);
});

test('while the store fails, counts wait, and none is counted twice', async () => {
  const { activity } = memoryStore();
  let fails = true;
  const { recorder, metrics, history } = stage({
    ...activity,
    add: async (counts) => {
      // As it may be: others count while it is being saved.
      metrics.add('notes_posted_total');
      if (fails) throw new Error('disk is full');
      return activity.add(counts);
    },
  });
  metrics.add('notes_posted_total');
  await recorder.save();
  await recorder.save();
  fails = false;
  await recorder.save();
  expect((await history()).today.count('posts')).toBe(3);
  await recorder.save();
  expect((await history()).today.count('posts')).toBe(4);
});

test('a clock that jumps ahead and back leaves the record as it was', async () => {
  const { recorder, metrics, setClock, history } = stage();
  metrics.add('notes_posted_total');
  setClock(NOW_MS + 40 * 365 * 24 * HOUR_MS);
  metrics.add('notes_posted_total');
  await recorder.save();
  setClock(NOW_MS);
  metrics.add('notes_posted_total');
  await recorder.save();
  const { today, days } = await history();
  expect(today.count('posts')).toBe(2);
  expect(days.filter(({ isMeasured }) => isMeasured).length).toBe(1);
});
