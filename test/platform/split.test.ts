import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, type Document, documentText, paragraph, text } from '../../src/note/document.ts';
import { split } from '../../src/platform/split.ts';

const within =
  (limit: number) =>
  (part: Document): boolean =>
    documentText(part).length <= limit && part.filter((block) => block.type === 'media').length <= 1;
const words = (document: Document) => documentText(document).replace(/\s+/gu, '');
const said = (parts: readonly Document[]) => parts.map(words).join('');

const sentence = 'The port of Ganlu was quiet this morning, and the cranes stood still. ';
const picture: Block = {
  type: 'media',
  items: [{ kind: 'image', url: 'https://a.example/1.jpg', alternatives: [] }],
};

describe('split', () => {
  test('a document that fits stays as it is', () => {
    const document = [paragraph(text('short'))];
    expect(split(document, within(100))).toEqual([document]);
  });

  test('paragraphs stay whole where they can', () => {
    const document = [1, 2, 3, 4].map(() => paragraph(text(sentence.repeat(4).trim())));
    const parts = split(document, within(600));
    expect(parts.map((part) => part.length)).toEqual([2, 2]);
  });

  test('a long paragraph is cut after a sentence', () => {
    const parts = split([paragraph(text(sentence.repeat(30)))], within(1000));
    for (const part of parts.slice(0, -1)) expect(documentText(part)).toMatch(/\.\s*$/u);
  });

  test('parts are of about the same length', () => {
    const lengths = split([paragraph(text(sentence.repeat(30)))], within(1100)).map(
      (part) => documentText(part).length,
    );
    expect(lengths).toHaveLength(2);
    expect(Math.min(...lengths)).toBeGreaterThan(0.7 * Math.max(...lengths));
  });

  test('pictures go with the first part and buttons with the last', () => {
    const buttons: Block = { type: 'buttons', rows: [[{ label: 'Open', url: 'https://a.example' }]] };
    const parts = split([paragraph(text(sentence.repeat(30))), picture, buttons], within(1000));
    expect(parts.map((part) => part.map((block) => block.type))).toEqual([
      ['paragraph', 'media'],
      ['paragraph'],
      ['paragraph', 'buttons'],
    ]);
  });

  test('a heading goes with what follows it', () => {
    const heading: Block = { type: 'heading', level: 2, children: [text('Second')] };
    const parts = split(
      [paragraph(text(sentence.repeat(12))), heading, paragraph(text(sentence.repeat(12)))],
      within(900),
    );
    expect(parts[0]?.at(-1)?.type).toBe('paragraph');
    expect(parts[1]?.[0]).toEqual(heading);
  });

  test('code is closed and opened again with its language', () => {
    const parts = split(
      [{ type: 'code-block', language: 'ts', text: 'let a = 1;\n'.repeat(60) }],
      within(300),
    );
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts)
      expect(part).toEqual([expect.objectContaining({ type: 'code-block', language: 'ts' })]);
  });

  test('list numbers go on in the next part', () => {
    const items = Array.from({ length: 20 }, (_, index) => [text(`item ${index + 1} ${sentence}`)]);
    const [, second] = split([{ type: 'list', start: 1, items }], within(1000));
    const list = second?.[0];
    expect(list?.type === 'list' && list.items[0]?.[0]).toEqual(
      text(`item ${list?.type === 'list' ? list.start : ''} ${sentence}`),
    );
  });

  test('a link is never cut', () => {
    const url = `https://a.example/${'x'.repeat(60)}`;
    const children = Array.from({ length: 20 }, () => [
      { type: 'link', url, written: url } as const,
      text(' '),
    ]).flat();
    const parts = split([paragraph(...children)], within(200));
    const links = parts.flatMap((part) => documentText(part).split(' ').filter(Boolean));
    expect(links).toEqual(Array.from({ length: 20 }, () => url));
  });

  test('an address longer than a part loses its link, not its letters', () => {
    const url = `https://a.example/${'x'.repeat(500)}`;
    const parts = split([paragraph({ type: 'link', url, written: url })], within(200));
    expect(said(parts)).toBe(url);
    for (const part of parts) expect(within(200)(part)).toBe(true);
  });

  test('a run of emoji is cut between two of them', () => {
    const family = '👩‍👩‍👧‍👦';
    const parts = split([paragraph(text(family.repeat(40)))], within(100));
    for (const part of parts) expect(documentText(part).replaceAll(family, '')).toBe('');
  });

  test('for any text, parts fit and say the same together', () => {
    const block = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }).map((value) => paragraph(text(value))),
      fc
        .lorem({ mode: 'sentences', maxCount: 8 })
        .map((value) => paragraph({ type: 'strong', children: [text(value)] })),
      fc
        .lorem({ maxCount: 30 })
        .map((value): Block => ({ type: 'quote', children: [paragraph(text(value))] })),
    );
    fc.assert(
      fc.property(
        fc.array(block, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 60, max: 400 }),
        (document, limit) => {
          const parts = split(document, within(limit));
          expect(said(parts)).toBe(words(document));
          for (const part of parts) expect(within(limit)(part)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
