import { expect, test } from 'vitest';
import {
  type Block,
  buttons,
  callback,
  type Document,
  emphasis,
  heading,
  type Inline,
  link,
  type Media,
  paragraph,
  small,
  strong,
  text,
} from '../../../../src/note/document.ts';
import type { OutgoingClassic } from '../../../../src/platform/telegram/render/outgoing.ts';
import { linkPreviewOptions } from '../../../../src/platform/telegram/render/outgoing.ts';
import { render } from '../../../../src/platform/telegram/render/render.ts';

const calls = (...document: Document): readonly OutgoingClassic[] =>
  render(document).map(({ call }) => call as OutgoingClassic);
const shown = (...document: Document) => {
  const [call, ...others] = calls(...document);
  if (others.length > 0) throw new Error('More than one message');
  return { text: call?.text, entities: call?.entities };
};
const mark = (type: string, offset: number, length: number, more: object = {}) => ({
  type,
  offset,
  length,
  ...more,
});
const image = (name: string, more: Partial<Media> = {}): Media => ({
  kind: 'image',
  url: `https://media.example/${name}`,
  alternatives: [],
  ...more,
});
const gallery = (...items: readonly Media[]): Block => ({ type: 'media', items });
const site = 'https://example.com/lithium';

const inlines: readonly [string, readonly Inline[], string, readonly object[]][] = [
  ['plain words', [text('Salt & <lime> *raw*')], 'Salt & <lime> *raw*', []],
  [
    'bold in italic after an emoji',
    [text('🧂 '), emphasis(text('a '), strong(text('b')))],
    '🧂 a b',
    [mark('italic', 3, 3), mark('bold', 5, 1)],
  ],
  ['strike', [{ type: 'strike', children: [text('gone')] }], 'gone', [mark('strikethrough', 0, 4)]],
  ['a spoiler', [{ type: 'spoiler', children: [text('end')] }], 'end', [mark('spoiler', 0, 3)]],
  [
    'code in a spoiler, which would not be hidden, as plain words',
    [{ type: 'spoiler', children: [{ type: 'code', text: 'x' }, text('y')] }],
    'xy',
    [mark('spoiler', 0, 2)],
  ],
  [
    'code in bold, which combines with nothing',
    [strong(text('a'), { type: 'code', text: '/b' }, text('c'))],
    'a/bc',
    [mark('bold', 0, 1), mark('code', 1, 2), mark('bold', 3, 1)],
  ],
  [
    'our own command, which a touch asks, beside one that the author wrote',
    [{ type: 'command', name: 'latest' }, text(' /stop')],
    '/latest /\u2060stop',
    [],
  ],
  [
    'a mention of somebody on Nostr',
    [{ type: 'mention', pubkey: 'ab', name: 'wren', url: 'https://njump.me/npub1', written: 'nostr:npub1' }],
    '@\u2060wren',
    [mark('text_link', 0, 6, { url: 'https://njump.me/npub1' })],
  ],
  ['a hashtag', [{ type: 'hashtag', tag: 'salt', written: '#Salt' }], '#Salt', []],
  ['a custom emoji', [{ type: 'emoji', name: 'gem', url: 'https://e.example/gem.png' }], ':gem:', []],
  ['a date', [{ type: 'time', at: 1773324300, style: 'date' }], '12 March 2026', []],
  ['a moment', [{ type: 'time', at: 1773324300, style: 'moment' }], '12 March 2026, 14:05 UTC', []],
  ['a stranger’s name', [text('ask @durov')], 'ask @\u2060durov', []],
  [
    'a name across two nodes',
    [text('ask @'), strong(text('durov'))],
    'ask @\u2060durov',
    [mark('bold', 6, 5)],
  ],
  ['a command', [text('/start and and/or')], '/\u2060start and and/or', []],
  ['a mail address', [text('wren@example.com')], 'wren@example.com', []],
];

test.each(inlines)('%s', (_, children, expected, entities) => {
  expect(shown(paragraph(...children))).toEqual({ text: expected, entities });
});

const blocks: readonly [string, Document, string, readonly object[]][] = [
  [
    'a heading is bold',
    [heading(1, text('Salt')), paragraph(text('flat'))],
    'Salt\n\nflat',
    [mark('bold', 0, 4)],
  ],
  ['a quiet line in Chinese, whose characters have no italic', [small(text('共 3 篇'))], '共 3 篇', []],
  [
    'a line of ours to be typed, which a tap copies whole',
    [small(text('Or type: '), { type: 'command', name: 'settings', words: 'hashtags mute #fog' })],
    'Or type: /settings hashtags mute #fog',
    [mark('italic', 0, 9), mark('code', 9, 28)],
  ],
  ['a quiet line is italic', [small(text('2 of 3'))], '2 of 3', [mark('italic', 0, 6)]],
  ['a list has bullets', [{ type: 'list', items: [[text('a')], [text('b')]] }], '• a\n• b', []],
  [
    'an ordered list counts',
    [{ type: 'list', start: 9, items: [[text('a')], [text('b')]] }],
    '9. a\n10. b',
    [],
  ],
  [
    'further lines of an item stand below its first',
    [
      {
        type: 'list',
        start: 9,
        items: [[strong(text('a')), text('\n– '), strong(text('b\nc'))], [text('d')]],
      },
    ],
    '9. a\n   – b\n   c\n10. d',
    [mark('bold', 3, 1), mark('bold', 10, 6)],
  ],
  [
    'a quote is a blockquote, and one in it is italic',
    [
      {
        type: 'quote',
        children: [paragraph(text('out')), { type: 'quote', children: [paragraph(text('in'))] }],
      },
    ],
    'out\n\nin',
    [mark('blockquote', 0, 7), mark('italic', 5, 2)],
  ],
  [
    'a long quote is folded',
    [{ type: 'quote', children: [paragraph(text('x'.repeat(301)))] }],
    'x'.repeat(301),
    [mark('expandable_blockquote', 0, 301)],
  ],
  [
    'code keeps its language and its commands',
    [{ type: 'code-block', text: '/bin/ls @x', language: 'sh' }],
    '/bin/ls @x',
    [mark('pre', 0, 10, { language: 'sh' })],
  ],
  [
    'a quoted note names its author',
    [{ type: 'quoted-note', author: 'Wren', url: site, children: [paragraph(text('Hm'))] }],
    'Wren\nHm',
    [mark('blockquote', 0, 7), mark('text_link', 0, 4, { url: site }), mark('bold', 0, 4)],
  ],
  [
    'a hidden block says why and hides the rest, code too',
    [
      {
        type: 'hidden',
        reason: 'gore',
        children: [paragraph(text('a')), { type: 'code-block', text: 'b' }],
      },
    ],
    'gore\n\na\n\nb',
    [mark('bold', 0, 4), mark('spoiler', 6, 4)],
  ],
  [
    'a divider is a line',
    [paragraph(text('a')), { type: 'divider' }, paragraph(text('b'))],
    'a\n\n———\n\nb',
    [],
  ],
  [
    'white space at the ends goes, and offsets follow',
    [paragraph(text(' \n'), strong(text(' a ')))],
    'a',
    [mark('bold', 0, 1)],
  ],
  ['a document without words still says something', [], '⋯', []],
];

test.each(blocks)('%s', (_, document, expected, entities) => {
  expect(shown(...document)).toEqual({ text: expected, entities });
});

test('a page has a preview only where the document is nothing else', () => {
  const card: Block = { type: 'link-card', url: site, title: 'Lithium', site: 'example.com' };
  expect(calls(card, small(text('via')))[0]).toMatchObject({ preview: site });
  expect(calls(paragraph(link(site)))[0]).toMatchObject({ preview: site });
  expect(calls(paragraph(text('See '), link(site)))[0]).not.toHaveProperty('preview');
  expect(calls({ type: 'hidden', reason: '', children: [card] })[0]).not.toHaveProperty('preview');
});

test('one picture takes the words as its caption and the buttons', () => {
  const open = buttons([{ label: 'Open', url: site }]);
  const [call, ...others] = calls(paragraph(text('Salt')), gallery(image('a.jpg')), open);
  expect(others).toEqual([]);
  expect(call).toMatchObject({
    type: 'media',
    text: 'Salt',
    items: [{ type: 'photo', urls: ['https://media.example/a.jpg'] }],
    keyboard: { inline_keyboard: [[{ text: 'Open', url: site }]] },
  });
});

test('an album links pages in its caption; buttons get a message', () => {
  const album = gallery(image('a.jpg'), image('b.jpg'));
  const words = paragraph(text('Salt'));
  const linked = calls(words, album, buttons([{ label: 'Open', url: site }]));
  expect(linked).toHaveLength(1);
  expect(linked[0]).toMatchObject({
    text: 'Salt\n\nOpen',
    entities: [mark('text_link', 6, 4, { url: site })],
  });
  const pressed = calls(
    words,
    album,
    buttons([{ label: 'More', callback: callback('latest', { count: 5 }), responseMode: 'replace' }]),
  );
  expect(pressed).toMatchObject([
    { type: 'media', text: '' },
    { type: 'text', text: 'Salt', keyboard: { inline_keyboard: [[{ callback_data: '2rlatest?count=5' }]] } },
  ]);
});

test('eleven pictures are albums of nine and two', () => {
  const items = Array.from({ length: 11 }, (_, index) => image(`${index}.jpg`));
  expect(calls(gallery(...items)).map((call) => (call.type === 'media' ? call.items.length : 0))).toEqual([
    9, 2,
  ]);
});

test('from the twenty-first on, pictures are links', () => {
  const items = Array.from({ length: 21 }, (_, index) => image(`${index}.jpg`));
  const [first, second] = calls(gallery(...items));
  expect([first, second].map((call) => call?.type === 'media' && call.items.length)).toEqual([10, 10]);
  expect(first?.entities).toEqual([mark('text_link', 0, 5, { url: 'https://media.example/20.jpg' })]);
});

test('GIFs, videos and audio keep their type; unplayable audio is linked', () => {
  const media = gallery(
    image('a.gif'),
    { ...image('b.mp3'), kind: 'audio' },
    { ...image('c.mp4'), kind: 'video', durationS: 3.4 },
    { ...image('d.ogg'), kind: 'audio', alt: 'Birdsong' },
  );
  const sent = calls(media);
  expect(sent.map((call) => call.type === 'media' && call.items.map(({ type }) => type))).toEqual([
    ['video'],
    ['animation'],
    ['audio'],
  ]);
  expect(sent[0]?.text).toBe('Birdsong');
});

test('hidden media are covered', () => {
  const [call] = calls({ type: 'hidden', reason: 'war', children: [gallery(image('a.jpg'))] });
  expect(call).toMatchObject({ text: 'war', items: [{ spoiler: true }] });
});

test('a long caption is split at a paragraph', () => {
  const [photo, rest] = calls(
    paragraph(text('a'.repeat(600))),
    heading(2, text('Next')),
    paragraph(text('b'.repeat(600))),
    gallery(image('a.jpg')),
  );
  expect(photo?.text).toBe(`${'a'.repeat(600)}\n\n1/2`);
  expect(rest?.text).toBe(`Next\n\n${'b'.repeat(600)}\n\n2/2`);
});

test('a text that is one long paragraph stands whole below the picture', () => {
  const [photo, whole] = calls(paragraph(text('a '.repeat(600))), gallery(image('a.jpg')));
  expect(photo).toMatchObject({ type: 'media', text: '' });
  expect(whole?.text).toBe('a '.repeat(600).trim());
});

test('long texts become numbered parts, the buttons with the last', () => {
  const words = Array.from({ length: 10 }, (_, n) => paragraph(text(`${n}${' word'.repeat(150)}`)));
  const parts = calls(...words, buttons([{ label: 'Open', url: site }]));
  expect(parts.map(({ text }) => text.slice(-3))).toEqual(['1/2', '2/2']);
  expect(parts.map(({ keyboard }) => Boolean(keyboard))).toEqual([false, true]);
});

test('of more than a hundred looks the least valuable go, and links stay', () => {
  const words = Array.from({ length: 60 }, () => [
    emphasis(text('i')),
    text(' '),
    strong(text('b')),
    text(' '),
  ]);
  const { entities = [] } = shown(paragraph(...words.flat(), link(site, 'page')));
  const count = (type: string): number => entities.filter((entity) => entity.type === type).length;
  expect([entities.length, count('text_link'), count('bold'), count('italic')]).toEqual([100, 1, 60, 39]);
});

test('more than a hundred links take several messages', () => {
  const links = Array.from({ length: 150 }, (_, n) => [link(`https://example.com/${n}`, `n${n}`), text(' ')]);
  const parts = calls(paragraph(...links.flat()));
  const found = parts.flatMap(({ entities }) => entities.filter(({ type }) => type === 'text_link'));
  expect(parts.length).toBe(2);
  expect(found).toHaveLength(150);
});

test('a portrait is a small preview below the words, and no picture of its own', () => {
  const url = 'https://pictures.example/wren.jpg';
  const shown = calls(paragraph(text('Wren')), { type: 'portrait', url, alt: 'Wren' });
  expect(shown).toMatchObject([{ type: 'text', text: 'Wren', portrait: url }]);
  expect(linkPreviewOptions(shown[0] as never)).toEqual({ url, prefer_small_media: true });
});
