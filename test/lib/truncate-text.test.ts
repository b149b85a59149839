import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitText, truncateLine, truncateText } from '../../src/lib/truncate-text.ts';

/** What is hard to cut: words without end, characters of many parts, marks in piles. */
const writing = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(
        '👩‍👩‍👧‍👦',
        '🇩🇪🇫🇷',
        '🌫️',
        '👋🏽',
        'é',
        `a${'\u0301'.repeat(40)}`,
        '一二三四五六',
        'क्षत्रिय',
        '각',
        '0123456789abcdef'.repeat(8),
        ' ',
        '. ',
        '\n\n',
      ),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

test('nothing is longer than it may be, and what is left is whole', () => {
  fc.assert(
    fc.property(writing, fc.integer({ min: 0, max: 300 }), (words, length) => {
      for (const shorten of [truncateText, truncateLine]) {
        const short = shorten(words, length);
        expect(short.length).toBeLessThanOrEqual(length);
        expect(short.isWellFormed()).toBe(true);
        expect(shorten(short, length)).toBe(short);
      }
      const short = truncateText(words, length);
      if (short === words || length === 0) return;
      expect(short.endsWith('…')).toBe(true);
      expect(words.startsWith(short.slice(0, -1))).toBe(true);
      const kept = fitText(words, length - 1);
      const places = new Set([...graphemes.segment(words)].map(({ index }) => index));
      const cut = words.slice(kept.length).search(/\S|$/u) + kept.length;
      expect([places.has(kept.length), places.has(cut), cut === words.length]).toContain(true);
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ['The cranes stand still', 12, 'The cranes…'],
  ['The cranes stand still', 11, 'The cranes…'],
  ['0123456789', 5, '0123…'],
  ['一二三四五六七八', 4, '一二三…'],
  ['🌫🌫🌫', 3, '🌫…'],
  ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 14, '👩‍👩‍👧‍👦…'],
  [`a${'\u0301'.repeat(9)}`, 4, 'a\u0301\u0301…'],
  ['short', 5, 'short'],
  ['anything', 1, '…'],
  ['anything', 0, ''],
])('%j in %i characters is %j', (words, length, expected) => {
  expect(truncateText(words, length)).toBe(expected);
});

test('on one line, blanks are one each', () => {
  expect(truncateLine(' The\n\ncranes  stand ', 40)).toBe('The cranes stand');
});
