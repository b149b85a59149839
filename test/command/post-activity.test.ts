import fc from 'fast-check';
import { expect, test } from 'vitest';
import { postActivity, QUARTER_HOUR_S } from '../../src/command/views/post-activity.ts';

const at = (written: string): number => Temporal.Instant.from(written).epochMilliseconds / 1_000;
const nowMs = at('2026-03-15T12:00:00Z') * 1_000;

test('months and hours follow the time zone, also across a DST change', () => {
  const counts = [
    // 23:45 on 31 January in Berlin, and 00:00 on 1 February.
    { atS: at('2026-01-31T22:45:00Z'), count: 1 },
    { atS: at('2026-01-31T23:00:00Z'), count: 2 },
  ];
  const { months, hours } = postActivity(counts, 'Europe/Berlin', nowMs);
  expect(months).toEqual([
    { month: '2026-01', count: 1 },
    { month: '2026-02', count: 2 },
    { month: '2026-03', count: 0 },
  ]);
  expect([hours[23], hours[0]]).toEqual([1, 2]);
  const summer = postActivity([{ atS: at('2025-07-01T05:00:00Z'), count: 1 }], 'Europe/Berlin', nowMs);
  expect(summer.hours.indexOf(1)).toBe(7);
});

test('without posts there is only this month, with none', () => {
  expect(postActivity([], 'UTC', nowMs).months).toEqual([{ month: '2026-03', count: 0 }]);
});

test('every post is in the month and hour that Temporal computes', () => {
  const zones = ['UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia'];
  const quarters = fc.uniqueArray(fc.integer({ min: 0, max: 70_000 }), { maxLength: 60 });
  fc.assert(
    fc.property(quarters, fc.constantFrom(...zones), (drawn, timeZone) => {
      const counts = drawn
        .toSorted((a, b) => a - b)
        .map((quarter) => ({ atS: at('2024-03-20T00:00:00Z') + quarter * QUARTER_HOUR_S, count: 1 }));
      const { months, hours } = postActivity(counts, timeZone, nowMs);
      const local = counts.map(({ atS }) =>
        Temporal.Instant.fromEpochMilliseconds(atS * 1_000).toZonedDateTimeISO(timeZone),
      );
      hours.forEach((count, hour) => expect(count).toBe(local.filter((time) => time.hour === hour).length));
      for (const { month, count } of months)
        expect(count).toBe(local.filter((time) => time.toString().startsWith(month)).length);
      expect(months.reduce((sum, { count }) => sum + count, 0)).toBe(counts.length);
    }),
  );
});
