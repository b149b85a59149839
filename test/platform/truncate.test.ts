import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runToCompletion } from '../../src/lib/time-slicing.ts';
import {
  type Block,
  buttons,
  type Document,
  documentText,
  heading,
  type Inline,
  link,
  type Media,
  paragraph,
  small,
  text,
} from '../../src/note/document.ts';
import type { LongNoteFallback } from '../../src/note/present/long-note-fallback.ts';
import { splitInSteps } from '../../src/platform/split.ts';
import { type PartMeasure, truncate } from '../../src/platform/truncate.ts';

/** A platform whose messages hold so many characters. */
const roomOf = (most: number): PartMeasure => {
  const fits = (part: Document) => documentText(part).length <= most;
  return {
    fits,
    *countParts(document) {
      return (yield* splitInSteps(document, fits)).length;
    },
  };
};
const room = roomOf(300);
const partsOf = (document: Document): number => runToCompletion(room.countParts(document));
const readOn = { label: 'Read more', url: 'https://n.example/note1' };
const note: LongNoteFallback = { isArticle: false, readOn };
const open = buttons([{ label: 'Open', url: readOn.url }]);
const image = (name: string): Media => ({
  kind: 'image',
  url: `https://p.example/${name}.jpg`,
  alternatives: [],
});
const pictures = (...names: readonly string[]): Block => ({ type: 'media', items: names.map(image) });
const sentence = 'The harbour is quiet, and the cranes stand still. ';
const long = (count = 30): readonly Block[] => Array.from({ length: count }, () => paragraph(text(sentence)));

describe('a text that fits', () => {
  test.each(['auto', 'split', 'cut', 'summary'] as const)('stays as it is, asked to %s', (mode) => {
    const document = [paragraph(text('Short.')), open];
    expect(truncate(document, mode, { ...note, isArticle: true }, room)).toBe(document);
  });
});

describe('a text that is too long', () => {
  test('stays whole where nobody says where the rest would be, and where it is to be split', () => {
    const document = long();
    expect(truncate(document, 'cut', undefined, room)).toBe(document);
    expect(truncate(document, 'split', note, room)).toBe(document);
    expect(truncate(document, 'auto', note, room)).toBe(document);
  });

  test('of three parts is not cut', () => {
    const document = [...long(15), open];
    expect(partsOf(document)).toBe(3);
    expect(truncate(document, 'cut', note, room)).toBe(document);
  });

  test('is cut after three parts, with the way to the rest, and keeps its pictures and buttons', () => {
    const shown = truncate([...long(), pictures('a'), open], 'cut', note, room);
    expect(partsOf(shown)).toBe(3);
    expect(shown.slice(-3)).toEqual([
      paragraph(text('… '), link(readOn.url, 'Read more')),
      pictures('a'),
      open,
    ]);
    expect(documentText(shown).length).toBeGreaterThan(700);
  });

  test('cut in what is hidden, what is left stays hidden', () => {
    const shown = truncate([{ type: 'hidden', reason: 'War', children: long() }, open], 'cut', note, room);
    expect(shown.map(({ type }) => type)).toEqual(['hidden', 'paragraph', 'buttons']);
  });

  test('is summed up as title, first paragraph, picture and the way to the rest', () => {
    const document = [heading(2, text('News')), ...long(), pictures('a', 'b'), open];
    expect(truncate(document, 'summary', note, room)).toEqual([
      heading(2, text('News')),
      paragraph(text(sentence)),
      pictures('a'),
      buttons([readOn]),
    ]);
  });

  test.each(['cut', 'summary'] as const)('asked to %s, still says who wrote it, first', (mode) => {
    const byline: Block = { type: 'byline', name: 'Mara', url: 'https://n.example/mara' };
    const rest = [heading(2, text('News')), ...long(), pictures('a'), open];
    const shown = truncate([byline, ...rest], mode, note, room);
    expect(shown).toEqual([byline, ...truncate(rest, mode, note, room)]);
  });

  test('of an article gives way to the author’s summary and cover, unless asked otherwise', () => {
    const article: LongNoteFallback = { isArticle: true, summary: [text('In short.')], readOn };
    const document = [heading(2, text('News')), pictures('cover'), heading(3, text('One')), ...long(), open];
    expect(truncate(document, 'auto', article, room)).toEqual([
      heading(2, text('News')),
      paragraph(text('In short.')),
      pictures('cover'),
      buttons([readOn]),
    ]);
    expect(truncate(document, 'split', article, room)).toBe(document);
  });

  test('summed up, says why it is hidden in the open and the rest under cover', () => {
    const reply = small(text('↩ In reply'));
    const hidden: Block = { type: 'hidden', reason: 'War', children: [heading(2, text('News')), ...long()] };
    expect(truncate([hidden, reply, open], 'summary', note, room)).toEqual([
      { ...hidden, children: [heading(2, text('News')), paragraph(text(sentence))] },
      reply,
      buttons([readOn]),
    ]);
  });
});

const url = 'https://a.example/a/long/address/that/must/stay/whole?and=so';
const inline: fc.Arbitrary<Inline> = fc.oneof(
  fc.constantFrom(...['cranes ', '港口很安静。', '👩‍🚀 ', 'a ', 'still. '].map(text)),
  fc.constant(link(url)),
  fc.constant<Inline>({ type: 'mention', pubkey: 'ab', name: 'Mira of Harbour', url, written: 'nostr:x' }),
);
const block: fc.Arbitrary<Block> = fc
  .array(inline, { minLength: 1, maxLength: 200 })
  .chain((children) =>
    fc.constantFrom<Block>(
      paragraph(...children),
      { type: 'quote', children: [paragraph(...children)] },
      { type: 'list', items: [children, children] },
    ),
  );

test.each(['cut', 'summary'] as const)('any text that is %s says the beginning, nothing torn', (mode) => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 12 }), (blocks) => {
      const document = [...blocks, open];
      const shown = truncate(document, mode, note, room);
      if (shown === document) return;
      expect(partsOf(shown)).toBeLessThanOrEqual(3);
      expect(JSON.stringify(shown)).toContain('"Read more"');
      const said = documentText(shown)
        .replace(/\s?…\s?(?:Read more)?$/u, '')
        .replace(/\s/gu, '');
      const written = documentText(document).replace(/\s/gu, '');
      // A summary is the first paragraph, which may stand after a list or a quote.
      const place = written.indexOf(said);
      expect(mode === 'cut' ? place === 0 : place >= 0).toBe(true);
      // Whatever goes on in the next letter was not cut inside it.
      const next = written.slice(place + said.length);
      const graphemes = (words: string) => [...new Intl.Segmenter().segment(words)].length;
      expect(graphemes(said) + graphemes(next)).toBe(graphemes(said + next));
      const addresses = JSON.stringify(shown).match(/https:\/\/a\.example[^"]*/gu) ?? [];
      expect(addresses.filter((address) => address !== url)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
