import { ComponentType } from 'discord.js';
import { describe, expect, test } from 'vitest';
import {
  type Block,
  buttons,
  callback,
  heading,
  type Inline,
  link,
  type Media,
  paragraph,
  small,
  strong,
  text,
} from '../../../../src/note/document.ts';
import { flat, messagesOf, textsOf } from '../render.fixture.ts';

const plainly = (...document: readonly Block[]) => messagesOf(document, 'plain')[0]?.content;
const line = (...children: readonly Inline[]) => plainly(paragraph(...children));
const image = (name: string, more: Partial<Media> = {}): Media => ({
  kind: 'image',
  url: `https://pictures.example/${name}.jpg`,
  alternatives: [],
  ...more,
});

describe('text is inert', () => {
  test.each([
    ['*star* _line_ ~wave~ |bar| `tick`', '\\*star\\* \\_line\\_ \\~wave\\~ \\|bar\\| \\`tick\\`'],
    ['[label](https://a.example)', '\\[label\\](https://a.example)'],
    ['<@123> <#4> <t:5:R> </go:6>', '\\<@123\\> \\<#4\\> \\<t\\:5:R\\> \\</go:6\\>'],
    [
      '> quote\n# heading\n- bullet\n+ bullet\n-# small\n12. number',
      '\\> quote\n\\# heading\n\\- bullet\n\\+ bullet\n\\-# small\n12\\. number',
    ],
    ['a # b - c 1. d', 'a # b - c 1. d'],
    ['C#', 'C\\#'],
    ['\\*', '\\\\\\*'],
    ['@everyone and @HERE', '@\u200beveryone and @\u200bHERE'],
    [':fire: at 12:30', '\\:fire: at 12:30'],
    ['see https://a.example/b_c_d?e=f now', 'see https://a.example/b_c_d?e=f now'],
    ['see https://a.example/@b now', 'see https://a.example/@b now'],
    ['see https://user:pw@a.example/ now', 'see https:\u200b//user:pw@a.example/ now'],
    ['see https://a.example/*b*', 'see https:\u200b//a.example/\\*b\\*'],
    ['a\u202eb\u0007c', 'abc'],
    ['a\n\n\n\nb', 'a\n\nb'],
  ])('%j is escaped as %j', (written, expected) => {
    expect(line(text(written))).toBe(expected);
  });

  test('a hashtag at the start of a line is not a heading', () => {
    expect(line({ type: 'hashtag', tag: 'ganlu', written: '#ganlu' }, text(' today'))).toBe('\\#ganlu today');
  });

  test('an address does not include the markup after it', () => {
    expect(line(text('https://a.example/'), strong(text('b')))).toBe('https:\u200b//a.example/**b**');
  });
});

describe('inlines', () => {
  const style = (
    type: 'strong' | 'emphasis' | 'strike' | 'spoiler',
    ...children: readonly Inline[]
  ): Inline => ({ type, children });
  test.each<readonly [string, readonly Inline[], string]>([
    ['bold', [style('strong', text('a'))], '**a**'],
    ['italic', [style('emphasis', text('a'))], '*a*'],
    ['struck out', [style('strike', text('a'))], '~~a~~'],
    ['a spoiler', [style('spoiler', text('a|'))], '||a\\|\u200b||'],
    ['white space stays outside', [style('strong', text(' a '))], ' **a** '],
    ['nothing is not styled', [style('strong', text(' '))], '\u200b'],
    ['bold in bold', [style('strong', text('a'), style('strong', text('b')))], '**ab**'],
    ['neighbours keep apart', [style('strong', text('a')), style('strong', text('b'))], '**a**\u200b**b**'],
    ['italic around bold', [style('emphasis', style('strong', text('a')), text(' b'))], '*\u200b**a** b*'],
    ['code', [{ type: 'code', text: 'a*b' }], '`a*b`'],
    ['our own command', [{ type: 'command', name: 'latest' }], '`/latest`'],
    ['code with a backtick', [{ type: 'code', text: 'a`' }], '`` a` ``'],
    ['code with three backticks', [{ type: 'code', text: 'a```b' }], 'a\\`\\`\\`b'],
    ['code in bold with stars', [style('strong', { type: 'code', text: 'a**b' })], '**a\\*\\*b**'],
    ['an emoji', [{ type: 'emoji', name: 'fire', url: 'https://a.example/f.png' }], '\\:fire:'],
    ['a date', [{ type: 'time', at: 1_700_000_000, style: 'date' }], '<t:1700000000:D>'],
    ['a while ago', [{ type: 'time', at: 1_700_000_000, style: 'ago' }], '<t:1700000000:R>'],
  ])('%s', (_, children, expected) => {
    expect(line(...children)).toBe(expected);
  });
});

describe('links', () => {
  test.each<readonly [string, readonly Inline[], string]>([
    ['a bare one', [link('https://a.example/b')], 'https://a.example/b'],
    ['before a full stop', [link('https://a.example/b'), text('. C')], 'https://a.example/b. C'],
    ['before a letter', [link('https://a.example/b'), text('，请看')], '<https://a.example/b>，请看'],
    ['in parentheses', [text('('), link('https://a.example/b'), text(')')], '(<https://a.example/b>)'],
    ['with markup in it', [link('https://a.example/**b**')], 'https://a.example/%2A%2Ab%2A%2A'],
    [
      'written without scheme',
      [{ type: 'link', url: 'https://a.example', written: 'a.example' }],
      'https://a.example',
    ],
    [
      'with a label',
      [link('https://a.example/(b)', 'the [port]')],
      '[the](https://a.example/%28b%29) \\[[port](https://a.example/%28b%29)\\]',
    ],
    [
      'with an emoji',
      [link('https://a.example', 'go 🔥 on')],
      '[go](https://a.example) 🔥 [on](https://a.example)',
    ],
    ['with nothing but an emoji', [link('https://a.example', '🔗')], '🔗 <https://a.example>'],
    ['labelled with its address', [link('https://a.example/', 'a.example')], 'https://a.example/'],
    [
      'labelled with another address',
      [link('https://evil.example', 'bank.example')],
      'bank.example (<https://evil.example>)',
    ],
    [
      'labelled with another whole address',
      [link('https://evil.example', 'https://bank.example/')],
      'https://bank.example/ (<https://evil.example>)',
    ],
    ['not of the web', [link('javascript:alert(1)', 'go')], 'go'],
    [
      'a person',
      [{ type: 'mention', pubkey: 'ab', name: 'Mira_1', url: 'https://n.example/p', written: 'nostr:x' }],
      '**[@Mira_1](https://n.example/p)**',
    ],
    [
      'a person with underscores, which close nothing',
      [{ type: 'mention', pubkey: 'ab', name: 'bob_the_builder', url: 'https://n.example/p', written: 'x' }],
      '**[@bob_the_builder](https://n.example/p)**',
    ],
    [
      'a label of markup, where no escape would hold',
      [link('https://a.example/p', '_b_ *c* `d` ||e|| ~~f~~ g\\h <@1> :fire:')],
      '[ˍbˍ ∗c∗ ˋdˋ |\u200b|e|\u200b| ~\u200b~f~\u200b~ g∖h <\u200b@1> :\u200bfire:](https://a.example/p)',
    ],
    [
      'a person named like a ping',
      [{ type: 'mention', pubkey: 'ab', name: 'everyone', url: 'https://n.example/p', written: 'x' }],
      '**[@\u200beveryone](https://n.example/p)**',
    ],
    [
      'a person named like an address',
      [{ type: 'mention', pubkey: 'ab', name: 'bank.example', url: 'https://n.example/p', written: 'x' }],
      '**@bank.example**',
    ],
  ])('%s', (_, children, expected) => {
    expect(line(...children)).toBe(expected);
  });
});

describe('blocks', () => {
  const media: Block = { type: 'media', items: [image('1', { alt: 'A crane' })] };
  test.each<readonly [string, readonly Block[], string]>([
    ['a heading', [heading(2, text('News')), paragraph(text('a'))], '## News\na'],
    ['a heading of two lines', [heading(1, strong(text('a\nb')))], '# **a**\n# **b**'],
    ['paragraphs', [paragraph(text('a')), paragraph(text('b'))], 'a\n\nb'],
    ['bullets', [{ type: 'list', items: [[text('a\nb')], [text('- c')]] }], '- a\n  b\n- \\- c'],
    ['numbers', [{ type: 'list', start: 9, items: [[text('a')], [text('b')]] }], '9. a\n10. b'],
    ['a quote', [{ type: 'quote', children: [paragraph(text('a')), paragraph(text('b'))] }], '> a\n> \n> b'],
    [
      'a quote in a quote',
      [{ type: 'quote', children: [{ type: 'quote', children: [paragraph(text('> a'))] }] }],
      '> \\> a',
    ],
    ['a code block', [{ type: 'code-block', text: 'a```b', language: 'ts' }], '```ts\na``\u200b`b\n```'],
    [
      'a code block of a strange language',
      [{ type: 'code-block', text: 'a', language: 'c `' }],
      '```\na\n```',
    ],
    [
      'a quoted note',
      [{ type: 'quoted-note', author: 'Mira', url: 'https://n.example/1', children: [paragraph(text('a'))] }],
      '> **[Mira](https://n.example/1)**\n> \n> a',
    ],
    [
      'a page',
      [{ type: 'link-card', url: 'https://a.example/p', title: 'A page', site: 'a.example' }],
      '**[A page](https://a.example/p)**\n-# a.example',
    ],
    ['a quiet line', [small(text('a\n- b'))], '-# a\n-# \\- b'],
    [
      'quiet lines at the top, close to what they are about',
      [small(text('a')), paragraph(text('b'))],
      '-# a\nb',
    ],
    [
      'quiet lines below something, apart from what follows',
      [heading(3, text('a')), small(text('b')), small(text('c')), paragraph(text('d'))],
      '### a\n-# b\n-# c\n\nd',
    ],
    ['a picture', [media], 'A crane\nhttps://pictures.example/1.jpg'],
    [
      'what is hidden',
      [
        {
          type: 'hidden',
          reason: 'Blood',
          children: [heading(1, text('a')), { type: 'code-block', text: 'b||c' }, media],
        },
      ],
      '**Blood**\n\n# ||a||\n||b\\|\\|c||\n\n||[image](https://pictures.example/1.jpg): A crane||',
    ],
  ])('%s', (_, document, expected) => {
    expect(plainly(...document)).toBe(expected);
  });

  test('an empty document is still a message', () => {
    expect(messagesOf([]).map(textsOf)).toEqual([['\u200b']]);
    expect(plainly(paragraph(text('')))).toBe('\u200b');
  });
});

describe('cards', () => {
  const row = buttons([
    { label: 'Older', callback: callback('latest', { count: 2 }), responseMode: 'replace' },
    { label: 'Open', url: 'https://a.example' },
  ]);

  test('contain texts, a gallery and then the buttons', () => {
    const document: readonly Block[] = [
      row,
      paragraph(text('a')),
      {
        type: 'media',
        items: [
          image('1', { alt: ' A crane ' }),
          image('2', { kind: 'video' }),
          image('3', { kind: 'audio' }),
        ],
      },
      { type: 'divider' },
    ];
    expect(messagesOf(document)).toEqual([
      {
        flags: 32_768,
        allowed_mentions: { parse: [] },
        components: [
          {
            type: 17,
            accent_color: 0x8e30eb,
            components: [
              { type: 10, content: 'a' },
              {
                type: 12,
                items: [
                  { media: { url: 'https://pictures.example/1.jpg' }, description: 'A crane' },
                  { media: { url: 'https://pictures.example/2.jpg' } },
                ],
              },
              { type: 10, content: '🎵 [3](https://pictures.example/3.jpg)' },
              { type: 14, divider: true },
              {
                type: 1,
                components: [
                  { type: 2, style: 2, label: 'Older', custom_id: '2rlatest?count=2' },
                  { type: 2, style: 5, label: 'Open', url: 'https://a.example' },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  test('hide content in a separate card, below the reason', () => {
    const document: readonly Block[] = [
      {
        type: 'hidden',
        reason: 'Blood',
        children: [paragraph(text('a')), { type: 'media', items: [image('1')] }],
      },
      small(text('b')),
    ];
    const cards = messagesOf(document)[0]?.components;
    expect(cards).toMatchObject([
      { components: [{ content: '**Blood**' }] },
      { spoiler: true, components: [{ content: 'a' }, { items: [{ spoiler: true }] }] },
      { components: [{ content: '-# b' }] },
    ]);
  });

  test('show more than ten pictures in several galleries', () => {
    const items = Array.from({ length: 12 }, (_, index) => image(String(index)));
    const galleries = flat((messagesOf([{ type: 'media', items }])[0]?.components ?? []) as never).flatMap(
      (one) => ('items' in one ? [one.items.length] : []),
    );
    expect(galleries).toEqual([10, 2]);
  });

  test('truncate picture descriptions to 1,024 characters', () => {
    const [message] = messagesOf([{ type: 'media', items: [image('1', { alt: '😀'.repeat(600) })] }]);
    const gallery = flat((message?.components ?? []) as never).find((one) => 'items' in one);
    const description = gallery && 'items' in gallery ? gallery.items[0]?.description : undefined;
    expect(description?.length).toBeLessThanOrEqual(1024);
    expect(description).toMatch(/😀…$/u);
  });

  test('move an address too long for a button into the text', () => {
    const url = `https://a.example/${'x'.repeat(512)}`;
    const [message] = messagesOf([buttons([{ label: 'Open', url }])]);
    expect(message && textsOf(message)).toEqual([`[Open](${url})`]);
  });

  test('give equal buttons different ids, and put six in two rows', () => {
    const six = Array.from(
      { length: 6 },
      (_, index) =>
        ({ label: 'x', callback: callback('read', { note: index }), responseMode: 'add' }) as const,
    );
    const [message] = messagesOf([buttons([...six]), buttons([six[0] ?? { label: '', url: '' }])]);
    const rows = flat((message?.components ?? []) as never).filter(
      ({ type }) => type === ComponentType.ActionRow,
    );
    const ids = rows.map((one) =>
      'components' in one ? one.components.map((button) => 'custom_id' in button && button.custom_id) : [],
    );
    expect(ids.map(({ length }) => length)).toEqual([5, 1, 1]);
    expect(new Set(ids.flat()).size).toBe(7);
  });
});
