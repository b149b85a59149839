import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseNumericDate } from '../../src/note/dates/date-parser.ts';
import type { QuietHours } from '../../src/preferences/preferences.ts';
import { nextDigestMs, quietEndMs } from '../../src/preferences/schedule.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;
const FROM = Date.UTC(2021, 0, 1);
const TO = Date.UTC(2031, 0, 1);
/** Clocks change on quarters of an hour. */
const QUARTER = 15;
/** How much is looked at around a change, in minutes. */
const BEFORE = 2 * DAY;
const AFTER = 4 * DAY;

/** A change of the clock somewhere, and what clocks show around it, minute by minute, as `Intl` tells it. */
interface Change {
  readonly zone: string;
  readonly atMs: number;
  readonly startMs: number;
  /** Of each minute from the start on: minutes since 1970 as if the local clock were UTC. */
  readonly shown: readonly number[];
}

const formats = new Map<string, Intl.DateTimeFormat>();

function shownAt(zone: string, ms: number): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute) / MINUTE;
}

/** All changes in all zones, those that are the same by the clock once. */
function allChanges(): readonly Change[] {
  const changes = new Map<string, Change>();
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    let moment = Temporal.Instant.fromEpochMilliseconds(FROM).toZonedDateTimeISO(zone);
    for (;;) {
      const next = moment.getTimeZoneTransition('next');
      if (!next || next.epochMilliseconds >= TO) break;
      const by = next.offsetNanoseconds - next.subtract({ minutes: 1 }).offsetNanoseconds;
      const same = `${next.epochMilliseconds} ${next.offset} ${by}`;
      if (by !== 0 && !changes.has(same)) changes.set(same, changeAt(zone, next.epochMilliseconds));
      moment = next;
    }
  }
  return [...changes.values()];
}

function changeAt(zone: string, atMs: number): Change {
  const startMs = atMs - BEFORE * MINUTE;
  const shown = Array.from({ length: (BEFORE + AFTER) / QUARTER }, (_, index) => {
    const quarter = shownAt(zone, startMs + index * QUARTER * MINUTE);
    return Array.from({ length: QUARTER }, (__, minute) => quarter + minute);
  }).flat();
  // A counterexample is to be read by people.
  return Object.defineProperty({ zone, atMs, startMs, shown }, fc.toStringMethod, {
    value: () => where({ zone, atMs }),
  });
}

const CHANGES = allChanges();
const where = ({ zone, atMs }: Pick<Change, 'zone' | 'atMs'>): string =>
  `${zone} at ${new Date(atMs).toISOString()}`;
const iso = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString();

/** Minutes of the day near the change, by either clock, and any. */
const minuteNear = ({ shown }: Change) =>
  fc.oneof(
    fc.integer({ min: -150, max: 150 }).map((by) => ((shown[BEFORE] ?? 0) + by + DAY) % DAY),
    fc.integer({ min: 0, max: DAY - 1 }),
  );

test('there are changes by an hour, by half of one, forward and back, at midnight and on other days', () => {
  expect(CHANGES.length).toBeGreaterThan(300);
  const by = new Set(CHANGES.map(({ shown }) => (shown[BEFORE] ?? 0) - (shown[BEFORE - 1] ?? 0) - 1));
  expect([...by]).toEqual(expect.arrayContaining([60, -60, 30, -30]));
});

test('quiet hours end at the first minute in which clocks there do not show them, in all zones', () => {
  const isQuiet = ({ from, to }: QuietHours, minute: number): boolean =>
    from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  const cases = fc
    .constantFrom(...CHANGES)
    .chain((change) =>
      fc.tuple(
        fc.constant(change),
        minuteNear(change),
        minuteNear(change),
        fc.integer({ min: -DAY, max: DAY }),
        fc.nat(59_999),
      ),
    );
  fc.assert(
    fc.property(cases, ([change, from, to, minutes, ms]) => {
      fc.pre(from !== to);
      const quiet: QuietHours = { from, to, mode: 'hold' };
      const { shown, startMs, zone } = change;
      const now = BEFORE + minutes;
      let end = now;
      while (isQuiet(quiet, (shown[end] ?? 0) % DAY)) end += 1;
      const expected = end === now ? undefined : startMs + end * MINUTE;
      const found = quietEndMs(quiet, zone, startMs + now * MINUTE + ms);
      expect([where(change), iso(found)]).toEqual([where(change), iso(expected)]);
    }),
    { numRuns: 20_000 },
  );
});

test('a daily digest comes once on every day, at its time or as much later as the clock skips', () => {
  const cases = fc
    .constantFrom(...CHANGES)
    .chain((change) =>
      fc.tuple(fc.constant(change), minuteNear(change), fc.integer({ min: -DAY, max: DAY }), fc.nat(59_999)),
    );
  fc.assert(
    fc.property(cases, ([change, at, minutes, ms]) => {
      const { shown, startMs, zone } = change;
      /** The first minute that shows it on that day; or, skipped, by the clock as it was before. */
      const momentOn = (day: number): number => {
        const first = shown.indexOf(day * DAY + at);
        return first >= 0 ? first : shown.indexOf(day * DAY + at - skipped) + skipped;
      };
      const skipped = (shown[BEFORE] ?? 0) - (shown[BEFORE - 1] ?? 0) - 1;
      const now = BEFORE + minutes;
      const today = Math.floor((shown[now] ?? 0) / DAY);
      const next = [today, today + 1, today + 2].map(momentOn).find((moment) => moment > now);
      const found = nextDigestMs({ kind: 'daily', at }, zone, startMs + now * MINUTE + ms);
      expect([where(change), iso(found)]).toEqual([where(change), iso(startMs + (next ?? 0) * MINUTE)]);
    }),
    { numRuns: 20_000 },
  );
});

test('every minute belongs to the day that clocks there show, and to no other', () => {
  for (const change of CHANGES) {
    const { shown, startMs, zone } = change;
    for (const minute of [
      BEFORE - DAY,
      BEFORE - 121,
      BEFORE - 1,
      BEFORE,
      BEFORE + 59,
      BEFORE + 60,
      BEFORE + DAY,
    ]) {
      const day = Math.floor((shown[minute] ?? 0) / DAY);
      const written = new Date(day * DAY * MINUTE).toISOString().slice(0, 10);
      const { from = 0, to = 0 } = parseNumericDate(written, zone) ?? {};
      const seconds = (startMs + minute * MINUTE) / 1000;
      expect([where(change), minute, from <= seconds && seconds < to]).toEqual([where(change), minute, true]);
    }
  }
});
