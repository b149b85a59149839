import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphemeEnd, lineEnd, sentenceEnd, wordEnd } from '../../src/platform/break-points.ts';

const pieces = [
  'tide',
  ' word',
  'A ',
  ' B',
  '. ',
  '.a',
  '? ',
  '。',
  '\n',
  '\n\n',
  '…',
  '"',
  ')',
  '1.5 ',
  ' - ',
  'https://a.example/?q=1, ',
  '潮水像往常一样',
  '👩\u200D🚀',
  '🇩🇪',
  'e\u0301',
  'สวัสดีครับ',
  '\u2024',
  '\u0085',
];
const window = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 150 })
  .map((all) => all.join(''));

/** As Unicode has it, looked for in all of the text. */
const endIn = (granularity: 'sentence' | 'word' | 'grapheme', text: string, reach: number): number =>
  new Intl.Segmenter('en', { granularity }).segment(text).containing(reach)?.index ?? text.length;

test('sentences and graphemes end where they do in the whole text, though less is looked at', () => {
  fc.assert(
    fc.property(window, fc.nat(), (text, place) => {
      const reach = place % (text.length + 1);
      expect(sentenceEnd(text, reach)).toBe(endIn('sentence', text, reach));
      expect(graphemeEnd(text, reach)).toBe(endIn('grapheme', text, reach));
      const word = wordEnd(text, reach);
      expect(word).toBe(endIn('word', text, word));
      expect(word).toBeLessThanOrEqual(reach);
    }),
  );
});

test('a line ends behind its last line break', () => {
  expect(lineEnd('a\nb\n\nc', 5)).toBe(5);
  expect(lineEnd('a\nb\n\nc', 4)).toBe(2);
  expect(lineEnd('\n\na', 1)).toBe(0);
  expect(lineEnd('abc', 3)).toBe(0);
});
