import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Block,
  buttons,
  type Document,
  documentText,
  heading,
  link,
  type Media,
  paragraph,
  small,
  text,
} from '../../../../src/note/document.ts';
import { sanitize } from '../../../../src/platform/discord/render/escape.ts';
import type { Message } from '../../../../src/platform/discord/render/message-forms.ts';
import { readMarkdown } from '../markdown.fixture.ts';
import { messagesOf } from '../render.fixture.ts';

const PAGE = 'https://n.example/note1';
const open = buttons([{ label: 'Open', url: PAGE }]);
const image = (name: string, more: Partial<Media> = {}): Media => ({
  kind: 'image',
  url: `https://p.example/${name}.jpg`,
  alternatives: [],
  ...more,
});
const long = 'The harbour is quiet, and the cranes stand still. '.repeat(4).trim();
const hybridOf = (...document: Document): Message | undefined => messagesOf(document, 'embed')[0];

test('pictures are numbered in the text and in the line above', () => {
  const pictured = (...names: readonly string[]): Block => ({
    type: 'media',
    items: names.map((name) => image(name)),
  });
  const message = hybridOf(
    paragraph(text('Left door:')),
    pictured('left'),
    paragraph(text('Right door:')),
    pictured('right'),
    paragraph(text('The right one sticks.')),
    open,
  );
  expect(message?.content).toBe('Left door: ①');
  expect(message?.embeds?.map(({ description, image: shown }) => [description, shown?.url])).toEqual([
    ['Right door: ②\n\nThe right one sticks.', 'https://p.example/left.jpg'],
    [undefined, 'https://p.example/right.jpg'],
  ]);
});

test('numbered text below pictures is not repeated', () => {
  const pictured = (name: string): Block => ({ type: 'media', items: [image(name)] });
  const message = hybridOf(pictured('left'), paragraph(text('a')), pictured('right'), paragraph(text('b')));
  expect(message?.content).toBe('① a');
  expect(message?.embeds?.map(({ description }) => description)).toEqual(['② b', undefined]);
});

describe('the line of text above', () => {
  test.each<readonly [string, Document, string, readonly object[]]>([
    ['is the title', [heading(2, text('News')), paragraph(text('a'))], 'News', [{ description: 'a' }]],
    [
      'is a short note, which needs no embed',
      [paragraph(text('a *b* '), link('https://a.example/c'))],
      'a \\*b\\* https://a.example/c',
      [],
    ],
    [
      'is a first paragraph, not said again',
      [paragraph(text('a')), paragraph(text('b'))],
      'a',
      [{ description: 'b' }],
    ],
    [
      'is a first paragraph below a picture, not said again',
      [{ type: 'media', items: [image('1')] }, paragraph(text('a')), paragraph(text('b'))],
      'a',
      [{ description: 'b', image: { url: 'https://p.example/1.jpg' } }],
    ],
    [
      'is the beginning of a longer text',
      [paragraph(text(long))],
      `${long.slice(0, 114)}…`,
      [{ description: long }],
    ],
    [
      'is why it is hidden',
      [{ type: 'hidden', reason: 'War', children: [paragraph(text('a'))] }],
      'War',
      [{ description: '||a||' }],
    ],
    [
      'is what a picture shows',
      [{ type: 'media', items: [image('1', { alt: 'Cranes' })] }],
      'Cranes',
      [{ description: '-# Cranes', image: { url: 'https://p.example/1.jpg' } }],
    ],
    ['pings nobody', [heading(2, text('@everyone <@1>'))], '@\u200beveryone \\<@1\\>', []],
    ['skips quiet lines', [small(text('↩ b')), paragraph(text('a'))], 'a', [{ description: '-# ↩ b\na' }]],
    ['says nothing where nothing is said', [{ type: 'divider' }], '', [{ description: '⸻' }]],
    [
      'keeps a spoiler out of notifications',
      [paragraph({ type: 'spoiler', children: [text('x')] })],
      '…',
      [{ description: '||x||' }],
    ],
  ])('%s', (_, document, content, embeds) => {
    const message = hybridOf(...document);
    expect(message?.content).toBe(content);
    expect(message?.embeds).toEqual(embeds.map((embed) => ({ color: 0x8e30eb, ...embed })));
  });

  test('has the number of every further part', () => {
    const parts = messagesOf(
      [heading(2, text('News')), ...Array<Block>(40).fill(paragraph(text(long))), open],
      'embed',
    );
    expect(parts.map(({ content }) => content)).toEqual(['News', 'News (2/3)', 'News (3/3)']);
    expect(parts.map(({ embeds }) => embeds?.[0]?.url)).toEqual([PAGE, PAGE, PAGE]);
    expect(parts.map(({ components }) => components.length)).toEqual([0, 0, 1]);
  });
});

describe('the embed', () => {
  test('groups up to four pictures', () => {
    const items = ['1', '2', '3', '4', '5'].map((name) => image(name, { alt: `Crane ${name}` }));
    const message = hybridOf(heading(2, text('News')), { type: 'media', items }, open);
    expect(message?.embeds?.map(({ url, image: picture }) => [url, picture?.url])).toEqual(
      items.slice(0, 4).map((item) => [PAGE, item.url]),
    );
    expect(message?.embeds?.[0]?.description).toBe(
      '-# Crane 1\n-# Crane 2\n-# Crane 3\n-# Crane 4\n[image](https://p.example/5.jpg): Crane 5',
    );
  });

  test('links videos, audio and SVG', () => {
    const items = [
      image('1', { kind: 'video' }),
      image('2', { kind: 'audio' }),
      image('3', { mime: 'image/svg+xml' }),
    ];
    const message = hybridOf(paragraph(text('a')), { type: 'media', items });
    expect(message?.embeds).toMatchObject([
      {
        description:
          '[video](https://p.example/1.jpg)\n\n🎵 [2](https://p.example/2.jpg)\n\n[image](https://p.example/3.jpg)',
      },
    ]);
  });

  test('links hidden pictures behind spoiler bars', () => {
    const message = hybridOf({
      type: 'hidden',
      reason: 'War',
      children: [{ type: 'media', items: [image('1')] }],
    });
    expect(message?.embeds).toEqual([
      { color: 0x8e30eb, description: '||[image](https://p.example/1.jpg)||' },
    ]);
  });

  test.each([
    ['short', 'News from the harbour'],
    ['longer than phones announce', 'harbour '.repeat(40).trim()],
    ['too long for the line above', 'https://a.example/harbour '.repeat(60).trim()],
  ])('shows a title once: %s', (_, title) => {
    const message = hybridOf(heading(2, text(title)), paragraph(text('a')), open);
    const said = [
      message?.content,
      ...(message?.embeds ?? []).flatMap((one) => [one.title, one.description]),
    ];
    expect(said.filter((words) => words?.includes(title))).toHaveLength(1);
  });

  test('shows the title of a page once', () => {
    const page: Block = {
      type: 'link-card',
      url: 'https://a.example/b',
      title: 'Fog on the pier',
      site: 'a.example',
    };
    const message = hybridOf(page, paragraph(text('True.')), open);
    expect(message?.content).toBe('Fog on the pier');
    expect(message?.embeds).toEqual([
      { color: 0x8e30eb, url: PAGE, description: 'https://a.example/b\n\nTrue.' },
    ]);
  });
});

const letters = '*_~|`[]()<>#-+.:@!\\/ \n1a'.split('');
const pieces =
  '** || ``` <@1> <t:1:R> @everyone @here :fire: 中 😀 harbour https://a.example/b_c [a](https://b.example)';
const writing = fc
  .array(fc.constantFrom(...letters, ...pieces.split(' '), '\n> ', '\n# '), { maxLength: 60 })
  .map((parts) => parts.join(''));
const block: fc.Arbitrary<Block> = fc.oneof(
  writing.map((words) => paragraph(text(words))),
  writing.map((words) => heading(2, text(words))),
  writing.map((words): Block => ({ type: 'quote', children: [paragraph(text(words))] })),
  fc
    .tuple(writing, writing)
    .map(([reason, words]): Block => ({ type: 'hidden', reason, children: [paragraph(text(words))] })),
  fc.nat(8).map(
    (count): Block => ({
      type: 'media',
      items: Array.from({ length: count + 1 }, (_, index) => image(String(index))),
    }),
  ),
  fc.nat(400).map((count) => paragraph(text('港口很安静。'.repeat(count)))),
);
const document = fc.array(block, { minLength: 1, maxLength: 8 });
const seen = (words: string): string => words.replace(/[\s\u200b]/gu, '');

describe('for any document', () => {
  test('messages are within limits, not empty, and notify nobody', () => {
    fc.assert(
      fc.property(document, (blocks) => {
        for (const { content = '', embeds = [], components, allowed_mentions } of messagesOf(
          [...blocks, open],
          'embed',
        )) {
          const texts = embeds.flatMap(({ title = '', description = '' }) => [title, description]);
          expect(content.length).toBeLessThanOrEqual(2_000);
          expect(texts.join('').length).toBeLessThanOrEqual(6_000);
          for (const { title = '', description = '' } of embeds)
            expect([title.length <= 256, description.length <= 4_096]).toEqual([true, true]);
          expect(embeds.length).toBeLessThanOrEqual(4);
          expect(components.length).toBeLessThanOrEqual(5);
          expect(content !== '' || embeds.length > 0).toBe(true);
          expect(allowed_mentions).toEqual({ parse: [] });
          expect([content, ...texts].flatMap((one) => readMarkdown(one).pings)).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('readers see exactly what was written', () => {
    fc.assert(
      fc.property(writing, writing, (first, second) => {
        const written = [paragraph(text(first)), paragraph(text(second))];
        const { content = '', embeds = [] } = hybridOf(...written) ?? {};
        const below = seen(readMarkdown(embeds[0]?.description ?? '').words);
        const above = seen(readMarkdown(content).words);
        const all = seen(sanitize(documentText(written)));
        // The line above either repeats the embed, or is the part that it lacks.
        const whole = below === all ? above.replace(/…$/u, '') : above + below;
        expect(below === all ? all.startsWith(whole) || seen(first) === '' : whole === all).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
