import { expect, test } from 'vitest';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import {
  deferUntilMs,
  isSilentAt,
  isTimeZone,
  nextDigestMs,
  quietEndMs,
} from '../../src/preferences/schedule.ts';

const at = (moment: string): number => Date.parse(moment);
const iso = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString();
const EIGHT = 8 * 60;

test.each([
  ['Etc/UTC', '2026-03-01T07:59:59Z', '2026-03-01T08:00:00.000Z'],
  ['Etc/UTC', '2026-03-01T08:00:00Z', '2026-03-02T08:00:00.000Z'],
  ['Asia/Shanghai', '2026-03-01T00:30:00Z', '2026-03-02T00:00:00.000Z'],
  ['Asia/Kathmandu', '2026-03-01T02:00:00Z', '2026-03-01T02:15:00.000Z'],
  // The clock goes forward on 29 March and back on 25 October 2026.
  ['Europe/Berlin', '2026-03-28T08:00:00Z', '2026-03-29T06:00:00.000Z'],
  ['Europe/Berlin', '2026-10-24T08:00:00Z', '2026-10-25T07:00:00.000Z'],
])('a daily digest at eight in %s, asked at %s, comes at %s', (zone, now, next) => {
  expect(iso(nextDigestMs({ kind: 'daily', at: EIGHT }, zone, at(now)))).toBe(next);
});

test('an hour that the change of the clock skips is an hour later, one that it repeats comes once', () => {
  const halfPastTwo = { kind: 'daily', at: 150 } as const;
  const skipped = nextDigestMs(halfPastTwo, 'Europe/Berlin', at('2026-03-28T12:00:00Z'));
  expect(iso(skipped)).toBe('2026-03-29T01:30:00.000Z');
  const first = nextDigestMs(halfPastTwo, 'Europe/Berlin', at('2026-10-24T12:00:00Z'));
  expect(iso(first)).toBe('2026-10-25T00:30:00.000Z');
  expect(iso(nextDigestMs(halfPastTwo, 'Europe/Berlin', first))).toBe('2026-10-26T01:30:00.000Z');
});

test.each([
  // 1 March 2026 is a Sunday.
  [7, '2026-03-01T07:00:00Z', '2026-03-01T08:00:00.000Z'],
  [7, '2026-03-01T08:00:00Z', '2026-03-08T08:00:00.000Z'],
  [1, '2026-03-01T12:00:00Z', '2026-03-02T08:00:00.000Z'],
  [6, '2026-03-01T12:00:00Z', '2026-03-07T08:00:00.000Z'],
] as const)('a weekly digest on day %i, asked at %s, comes at %s', (on, now, next) => {
  expect(iso(nextDigestMs({ kind: 'weekly', at: EIGHT, on }, 'Etc/UTC', at(now)))).toBe(next);
});

const night = { from: 22 * 60, to: 7 * 60, mode: 'hold' } as const;

test.each([
  [night, '2026-03-01T21:59:00Z', undefined],
  [night, '2026-03-01T22:00:00Z', '2026-03-02T07:00:00.000Z'],
  [night, '2026-03-02T06:59:59Z', '2026-03-02T07:00:00.000Z'],
  [night, '2026-03-02T07:00:00Z', undefined],
  [{ ...night, from: 60, to: 120 }, '2026-03-02T01:30:00Z', '2026-03-02T02:00:00.000Z'],
  [{ ...night, from: 60, to: 120 }, '2026-03-02T02:00:00Z', undefined],
])('quiet hours %o at %s end at %s', (quiet, now, end) => {
  expect(iso(quietEndMs(quiet, 'Etc/UTC', at(now)))).toBe(end);
});

const until = (to: number, from = 22 * 60) => ({ from, to, mode: 'hold' }) as const;

test.each([
  // What the clock repeats is quiet again, and ends when it ends.
  ['America/New_York', until(90), '2026-11-01T01:10-04:00', '2026-11-01T05:30:00.000Z'],
  ['America/New_York', until(90), '2026-11-01T01:40-04:00', undefined],
  ['America/New_York', until(90), '2026-11-01T01:10-05:00', '2026-11-01T06:30:00.000Z'],
  ['Europe/Berlin', until(150), '2026-10-25T02:10+01:00', '2026-10-25T01:30:00.000Z'],
  ['America/Santiago', until(23 * 60 + 30, 21 * 60), '2026-04-04T23:10-04:00', '2026-04-05T03:30:00.000Z'],
  // Of what it skips nothing is left.
  ['Europe/Berlin', until(150), '2026-03-29T01:10+01:00', '2026-03-29T01:00:00.000Z'],
  ['America/New_York', until(150, 120), '2026-03-08T03:10-04:00', undefined],
])('in %s quiet hours %o at %s end at %s', (zone, quiet, now, end) => {
  expect(iso(quietEndMs(quiet, zone, at(now)))).toBe(end);
});

test('what is held waits for the digest or for the end of quiet hours; silence holds nothing', () => {
  const now = at('2026-03-01T23:00:00Z');
  expect(deferUntilMs(DEFAULT_PREFERENCES, now)).toBeUndefined();
  expect(iso(deferUntilMs({ ...DEFAULT_PREFERENCES, quietHours: night }, now))).toBe(
    '2026-03-02T07:00:00.000Z',
  );
  const silenced = { ...DEFAULT_PREFERENCES, quietHours: { ...night, mode: 'silence' } } as const;
  expect(deferUntilMs(silenced, now)).toBeUndefined();
  expect(isSilentAt(silenced, now)).toBe(true);
  expect(isSilentAt(silenced, at('2026-03-01T12:00:00Z'))).toBe(false);
  expect(isSilentAt({ ...DEFAULT_PREFERENCES, silent: true }, now)).toBe(true);
  const daily = { ...DEFAULT_PREFERENCES, schedule: { kind: 'daily', at: EIGHT } } as const;
  expect(iso(deferUntilMs(daily, now))).toBe('2026-03-02T08:00:00.000Z');
});

test('time zones are known by their names', () => {
  expect(['Europe/Berlin', 'Asia/Shanghai', 'UTC'].map(isTimeZone)).toEqual([true, true, true]);
  expect(['Mars/Olympus', '', 'x'.repeat(9_999)].map(isTimeZone)).toEqual([false, false, false]);
});
