import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isEmptyQuery, parseQuery } from '../../../src/note/search/query.ts';

const march = Date.UTC(2025, 2, 1) / 1000;
const nothing = { words: [], phrases: [], without: [], hashtags: [] };

test.each([
  ['rare earth', { ...nothing, words: ['rare', 'earth'] }],
  ['"rare earth" -gold', { ...nothing, phrases: ['rare earth'], without: ['gold'] }],
  ['“rare earth”', { ...nothing, phrases: ['rare earth'] }],
  ['-"rare earth" x', { ...nothing, words: ['x'], without: ['rare earth'] }],
  ['"open ended', { ...nothing, phrases: ['open ended'] }],
  ['#China #锂', { ...nothing, hashtags: ['china', '锂'] }],
  ['-#gold', { ...nothing, without: ['gold'] }],
  ['after:2025-03-01', { ...nothing, after: march }],
  ['AFTER:2025-03', { ...nothing, after: march }],
  ['before:2025/3/1', { ...nothing, before: march }],
  ['＃锂 after：2025年3月1日', { ...nothing, hashtags: ['锂'], after: march }],
  ['#ＡＩ ＃AI #CAFE\u0301', { ...nothing, hashtags: ['ai', 'ai', 'caf\u00e9'] }],
  ['-＃ＡＩ', { ...nothing, without: ['ai'] }],
  ['-', { ...nothing, words: ['-'] }],
  ['""', nothing],
])('%s', (line, query) => expect(parseQuery(line)).toEqual({ query, wrongDates: [] }));

test.each([['2025-02-30'], ['yesterday'], ['2025-13'], ['']])('the invalid date "%s" is reported', (date) => {
  expect(parseQuery(`x after:${date}`).wrongDates).toEqual([date]);
});

test('whatever people type is read', () => {
  const line = fc.string({ unit: 'binary', maxLength: 200 });
  fc.assert(
    fc.property(line, (typed) => {
      expect(typeof isEmptyQuery(parseQuery(typed).query)).toBe('boolean');
    }),
  );
});
