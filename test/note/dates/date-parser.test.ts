import { describe, expect, test } from 'vitest';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { zh } from '../../../src/i18n/zh/catalogue.ts';
import {
  anniversaries,
  type DateRange,
  parseDate,
  parseNumericDate,
  shiftRange,
} from '../../../src/note/dates/date-parser.ts';

/** A Wednesday, half past midnight in UTC: in New York it is still Tuesday. */
const nowMs = Date.parse('2025-03-12T00:30:00Z');
const utc = { nowMs, timeZone: 'UTC' };
const at = (iso: string): number => Date.parse(iso) / 1000;
const name = (days: DateRange | undefined): string | undefined => days?.name;

test.each([
  ['2025-03-01', '2025-03-01'],
  ['2025/3/1', '2025-03-01'],
  ['2025.03.01', '2025-03-01'],
  ['2025年3月1日', '2025-03-01'],
  ['2025-03', '2025-03'],
  ['2025年3月', '2025-03'],
  ['2025', '2025'],
  [' 2024-02-29 ', '2024-02-29'],
  ['today', '2025-03-12'],
  ['Yesterday', '2025-03-11'],
  ['the day before yesterday', '2025-03-10'],
  ['wednesday', '2025-03-12'],
  ['Tue', '2025-03-11'],
  ['thursday', '2025-03-06'],
  ['march', '2025-03'],
  ['april', '2024-04'],
  ['Mar 2024', '2024-03'],
  ['1 March 2025', '2025-03-01'],
  ['March 1st, 2025', '2025-03-01'],
  ['12 march', '2025-03-12'],
  ['13 mar.', '2024-03-13'],
  ['29 february 2024', '2024-02-29'],
])('%j is %s', (written, expected) => {
  expect(name(parseDate(written, utc, en.dates))).toBe(expected);
});

test.each([
  ['今天', '2025-03-12'],
  ['昨日', '2025-03-11'],
  ['前天', '2025-03-10'],
  ['星期一', '2025-03-10'],
  ['周四', '2025-03-06'],
  ['礼拜天', '2025-03-09'],
  ['三月', '2025-03'],
  ['十二月', '2024-12'],
  ['4月', '2024-04'],
  ['3月1日', '2025-03-01'],
  ['3月13号', '2024-03-13'],
  ['二月29日', '2024-02-29'],
  ['13月', undefined],
  ['2024年2月29日', '2024-02-29'],
  ['2024年 2月 29号', '2024-02-29'],
  ['2024年三月', '2024-03'],
  ['yesterday', '2025-03-11'],
  ['1 march', '2025-03-01'],
])('%j is %s to who reads Chinese', (written, expected) => {
  expect(name(parseDate(written, utc, zh.dates))).toBe(expected);
});

test('dates with Chinese signs are read for everybody', () => {
  expect(name(parseDate('3月1日', utc, en.dates))).toBe('2025-03-01');
});

test.each([
  '',
  'soon',
  '2025-02-29',
  '2025-13',
  '2025-00-01',
  '2025-3-32',
  '30 february',
  '1 2 march',
  'march march',
  '5',
  '12/03/2025',
])('%j is no date', (written) => {
  expect(parseDate(written, utc, en.dates)).toBeUndefined();
});

test.each([
  ['2025-03-01', '2025-03-01T00:00Z', '2025-03-02T00:00Z'],
  ['2024-02', '2024-02-01T00:00Z', '2024-03-01T00:00Z'],
  ['2024', '2024-01-01T00:00Z', '2025-01-01T00:00Z'],
])('%s lasts from %s to %s', (written, from, to) => {
  expect(parseNumericDate(written, 'UTC')).toMatchObject({ from: at(from), to: at(to) });
});

describe('elsewhere', () => {
  const newYork = { nowMs, timeZone: 'America/New_York' };

  test('days begin and end at that place’s midnight', () => {
    expect(parseDate('today', newYork, en.dates)).toEqual({
      name: '2025-03-11',
      unit: 'day',
      from: at('2025-03-11T04:00Z'),
      to: at('2025-03-12T04:00Z'),
    });
  });

  test('the day on which the clock goes forward has 23 hours', () => {
    const day = parseNumericDate('2025-03-09', newYork.timeZone);
    expect((day?.to ?? 0) - (day?.from ?? 0)).toBe(23 * 3600);
  });
});

test.each([
  ['2025-03-01', -1, '2025-02-28'],
  ['2024-02-28', 1, '2024-02-29'],
  ['2025-01', -1, '2024-12'],
  ['2025', 1, '2026'],
])('from %s %i leads to %s', (written, by, expected) => {
  const days = parseNumericDate(written, 'UTC');
  expect(days && name(shiftRange(days, by, 'UTC'))).toBe(expected);
});

test('anniversaries go back to the year of the first note', () => {
  expect(anniversaries(utc, at('2022-12-31T10:00Z')).map(({ name }) => name)).toEqual([
    '2024-03-12',
    '2023-03-12',
    '2022-03-12',
  ]);
  expect(anniversaries(utc, at('2025-01-01T10:00Z'))).toEqual([]);
});

test('a 29 February is remembered in leap years', () => {
  const leapDay = { nowMs: Date.parse('2024-02-29T12:00Z'), timeZone: 'UTC' };
  expect(anniversaries(leapDay, at('2019-06-01T10:00Z')).map(({ name }) => name)).toEqual(['2020-02-29']);
});
