import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Block,
  type Document,
  documentText,
  type Inline,
  inlineText,
  paragraph,
  text,
} from '../../../../src/note/document.ts';
import { sanitize } from '../../../../src/platform/discord/render/escape.ts';
import { disguises, readBack } from '../../../disguised-links.fixture.ts';
import { readMarkdown, restoreMarkup } from '../markdown.fixture.ts';
import { flat, messagesOf, textsOf } from '../render.fixture.ts';

/** Markdown characters and a few letters. */
const markup = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'*_~|`[]()<>#-+.:@!\\/ \n1a'.split('')),
      fc.constantFrom(
        '**',
        '||',
        '```',
        '\n> ',
        '\n# ',
        '\n- ',
        '\n1. ',
        '-# ',
        '<@1>',
        '_the_',
        'bob_the_builder',
        'end_',
        '<t:1:R>',
        '@everyone',
        '@here',
      ),
      fc.constantFrom(
        'https://a.example/b_c',
        'https://x',
        '[a](https://b.example)',
        ':fire:',
        '😀',
        '中',
        '¯\\_(ツ)_/¯',
      ),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''));
const writing = fc.oneof(
  markup,
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** Without white space and zero-width characters. */
const seen = (words: string) =>
  restoreMarkup(words)
    .replace(/[\s\u200b]+/gu, ' ')
    .trim();

/** Also without combining characters, which may be all of a label. */
const visible = (words: string) =>
  restoreMarkup(words).replace(/[\s\p{Default_Ignorable_Code_Point}\p{Cf}\u2800\ufffc]+/gu, '');

const inline: fc.Arbitrary<Inline> = fc.letrec<{ inline: Inline; styled: Inline }>((tie) => ({
  inline: fc.oneof(
    { depthSize: 'small' },
    writing.map(text),
    writing.map((code): Inline => ({ type: 'code', text: code })),
    writing.map((name): Inline => ({ type: 'emoji', name, url: 'https://a.example/e.png' })),
    fc.record({ url: fc.constant('https://a.example/p'), label: writing }).map(
      ({ url, label }): Inline => ({
        type: 'mention',
        pubkey: 'ab',
        name: label,
        url,
        written: 'nostr:x',
      }),
    ),
    tie('styled'),
  ),
  styled: fc.record({
    type: fc.constantFrom('strong', 'emphasis', 'strike', 'spoiler'),
    children: fc.array(tie('inline'), { maxLength: 3 }),
  }),
})).inline;

describe('for any text', () => {
  test('readers see exactly what was written, and nobody is notified', () => {
    fc.assert(
      fc.property(writing, (written) => {
        const content = messagesOf([paragraph(text(written))], 'plain')[0]?.content ?? '';
        const { words, pings, marks } = readMarkdown(content);
        expect(seen(words)).toBe(seen(sanitize(written)));
        expect({ pings, marks }).toEqual({ pings: [], marks: [] });
      }),
      { numRuns: 2_000 },
    );
  });

  test('links lead where they say', () => {
    fc.assert(
      fc.property(writing, (written) => {
        const { links } = readMarkdown(messagesOf([paragraph(text(written))], 'plain')[0]?.content ?? '');
        for (const { label, url } of links) expect(label).toBe(url);
      }),
      { numRuns: 1_000 },
    );
  });

  test('links show their label, and no address but their own', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          writing,
          disguises.map((disguise) => disguise.label),
        ),
        (label) => {
          const url = 'https://true.example/p';
          const link: Inline = { type: 'link', url, written: url, label: [text(label)] };
          const { words, links, marks } = readMarkdown(
            messagesOf([paragraph(link)], 'plain')[0]?.content ?? '',
          );
          expect(visible(words)).toContain(visible(sanitize(label)) || url);
          expect(marks).toEqual([]);
          const disguised = links.filter(
            (one) => one.label !== one.url && /\w:\/\/|\w\.[a-z]{2}/u.test(readBack(one.label)),
          );
          expect(disguised).toEqual([]);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('nested and adjacent styles keep every letter', () => {
    fc.assert(
      fc.property(fc.array(inline, { maxLength: 4 }), (children) => {
        const { words, pings } = readMarkdown(
          messagesOf([paragraph(...children)], 'plain')[0]?.content ?? '',
        );
        const collapsed = (value: string) => seen(value).replace(/ /gu, '');
        expect(collapsed(words)).toBe(collapsed(sanitize(inlineText(children))));
        expect(pings).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each<readonly [string, (written: string) => Block]>([
    ['headings', (written) => ({ type: 'heading', level: 2, children: [text(written)] })],
    ['lists', (written) => ({ type: 'list', items: [[text(written)], [text(written)]] })],
    ['quotes', (written) => ({ type: 'quote', children: [paragraph(text(written))] })],
    ['small print', (written) => ({ type: 'small', children: [text(written)] })],
  ])('%s, too', (_, block) => {
    fc.assert(
      fc.property(writing, (written) => {
        const document = [block(written)];
        const { words, pings } = readMarkdown(messagesOf(document, 'plain')[0]?.content ?? '');
        const collapsed = (value: string) => seen(value).replace(/ /gu, '');
        expect(collapsed(words)).toBe(collapsed(sanitize(documentText(document))));
        expect(pings).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a document of any size', () => {
  const words = fc.array(fc.oneof(markup, fc.constantFrom('harbour ', '港口很安静。', 'cranes. ')), {
    minLength: 50,
    maxLength: 400,
  });
  const block: fc.Arbitrary<Block> = fc.oneof(
    words.map((pieces) => paragraph(text(pieces.join(' ')))),
    words.map((pieces): Block => ({ type: 'code-block', text: pieces.join(' ') })),
    words.map((pieces): Block => ({ type: 'quote', children: [paragraph(text(pieces.join(' ')))] })),
    words.map(
      (pieces): Block => ({
        type: 'hidden',
        reason: pieces.join(''),
        children: [paragraph(text(pieces.join(' ')))],
      }),
    ),
    fc.integer({ min: 1, max: 60 }).map(
      (count): Block => ({
        type: 'media',
        items: Array.from({ length: count }, (_, index) => ({
          kind: 'image',
          url: `https://p.example/${index}.jpg`,
          alternatives: [],
        })),
      }),
    ),
  );
  const document: fc.Arbitrary<Document> = fc.array(block, { minLength: 1, maxLength: 5 });

  test.each(['card', 'plain'])('becomes parts (%s) within the limits', (variant) => {
    fc.assert(
      fc.property(document, (blocks) => {
        for (const message of messagesOf(blocks, variant)) {
          const texts = textsOf(message);
          const bytes = texts.reduce((sum, one) => sum + Buffer.byteLength(one) + 12, 0);
          expect(texts.join('').length).toBeLessThanOrEqual(variant === 'card' ? 4_000 : 2_000);
          expect(bytes).toBeLessThanOrEqual(10_170);
          expect(flat(message.components as never).length).toBeLessThanOrEqual(40);
          expect(texts.every((one) => one.trim() !== '')).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });

  test('loses no letter when split, and numbers its parts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('harbour ', '港口很安静。', 'cranes.\n\n', '*'), {
          minLength: 1_500,
          maxLength: 3_000,
        }),
        (pieces) => {
          const written = pieces.join('');
          const parts = messagesOf([paragraph(text(written))]);
          const said = parts.map((part) => readMarkdown(textsOf(part).join('\n')).words);
          const numbers = said.map((part) => part.split('\n').at(-1));
          expect(numbers).toEqual(
            parts.length > 1
              ? parts.map((_, index) => `${index + 1}/${parts.length}`)
              : [said[0]?.split('\n').at(-1)],
          );
          const unnumbered = parts.length > 1 ? said.map((part) => part.replace(/\n\d+\/\d+$/u, '')) : said;
          expect(unnumbered.join('').replace(/\s/gu, '')).toBe(written.replace(/\s/gu, ''));
        },
      ),
      { numRuns: 10 },
    );
  });
});
