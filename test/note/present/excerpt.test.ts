import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentText } from '../../../src/note/document.ts';
import { parseMarkdown } from '../../../src/note/markdown/markdown.ts';
import { parseInlines, splitParagraphs } from '../../../src/note/parse/parse-text.ts';
import { excerptOf } from '../../../src/note/present/excerpt.ts';
import { displayName } from '../../../src/note/references/display-name.ts';
import { OTHER } from '../../golden/case.fixture.ts';

const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom(
    '\n',
    '\n\n',
    ' word',
    '# ',
    '- ',
    '> ',
    '**',
    '```\n',
    `nostr:${OTHER.npub}`,
    OTHER.nevent,
  ),
  fc.constant(`https://a.example/${'x'.repeat(90)}`),
);
const words = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

test.each([
  ['a note', (text: string) => splitParagraphs(parseInlines(text, { tags: [] }))],
  ['an article', (text: string) => parseMarkdown(text, { tags: [] })],
])('of %s, whatever it says, a bounded beginning is shown, whole characters only', (_, read) => {
  fc.assert(
    fc.property(words, (text) => {
      const shown = excerptOf(read(text), 300);
      const said = documentText(shown);
      const separators = 2 * Math.max(0, shown.length - 1);
      expect(said.length).toBeLessThanOrEqual(300 + separators + ' …'.length);
      expect(said.split(/\n+/u).length).toBeLessThanOrEqual(8);
      expect(said.isWellFormed()).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('what fits is shown as it is', () => {
  const document = parseMarkdown('# Tides\n\nThe sea *came*.\n\n> And went.', { tags: [] });
  expect(documentText(excerptOf(document, 300))).toBe('Tides\n\nThe sea came.\n\nAnd went.');
});

test('a display name is one line of at most 32 graphemes', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme' })),
      (given) => {
        const name = displayName(given);
        if (name === undefined) return;
        expect(
          [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(name)].length,
        ).toBeLessThanOrEqual(32);
        expect(name).toBe(name.trim());
        expect(name).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u);
        expect(name.isWellFormed()).toBe(true);
      },
    ),
    { numRuns: 2_000 },
  );
});
