import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeTelegram, startTelegram } from '../../../sandbox/telegram/telegram.ts';
import type { Message } from '../../../sandbox/telegram/world/api-types.ts';
import { call, result } from './call.fixture.ts';

let telegram: FakeTelegram;
let chat_id: number;

beforeAll(async () => {
  telegram = await startTelegram();
  chat_id = telegram.person({ firstName: 'Wren' }).id;
});
afterAll(() => telegram.stop());

const e = (type: string, offset: number, length: number, more: object = {}) => ({
  type,
  offset,
  length,
  ...more,
});

test.each([
  ['<b>one <i>two</i></b>', 'one two', [e('bold', 0, 7), e('italic', 4, 3)]],
  ['&lt;b&gt; &amp;amp; &#x1F426;<u>x</u>', '<b> &amp; 🐦x', [e('underline', 12, 1)]],
  [
    '<a href="https://bird.example">bird</a>',
    'bird',
    [e('text_link', 0, 4, { url: 'https://bird.example/' })],
  ],
  ['<a href="nowhere">bird</a>', 'bird', []],
  ['<pre><code class="language-ts">x</code></pre>', 'x', [e('pre', 0, 1, { language: 'ts' })]],
  ['<blockquote expandable>x</blockquote>', 'x', [e('expandable_blockquote', 0, 1)]],
  ['<span class="tg-spoiler">x</span>', 'x', [e('spoiler', 0, 1)]],
  [
    '<tg-time unix="1700000000" format="r">x</tg-time>',
    'x',
    [e('date_time', 0, 1, { unix_time: 1700000000, date_time_format: 'r' })],
  ],
])('HTML %s is understood', async (text, plain, entities) => {
  const message = await result<Message>(telegram, 'sendMessage', { chat_id, text, parse_mode: 'HTML' });
  expect([message.text, message.entities ?? []]).toEqual([plain, entities]);
});

test.each([
  ['*one _two_*', 'one two', [e('bold', 0, 7), e('italic', 4, 3)]],
  ['__u__ ~s~ ||p||', 'u s p', [e('underline', 0, 1), e('strikethrough', 2, 1), e('spoiler', 4, 1)]],
  ['1\\.5 \\_x\\_', '1.5 _x_', []],
  ['```ts\nx\n```', 'x', [e('pre', 0, 1, { language: 'ts' })]],
  ['`a*b`', 'a*b', [e('code', 0, 3)]],
  ['[bird](https://bird.example/a\\)b)', 'bird', [e('text_link', 0, 4, { url: 'https://bird.example/a)b' })]],
  ['>one\n>two\nthree', 'one\ntwo\nthree', [e('blockquote', 0, 8)]],
  ['>one\n>two||', 'one\ntwo', [e('expandable_blockquote', 0, 7)]],
  ['>one\n**>two', 'one\ntwo', [e('blockquote', 0, 4), e('blockquote', 4, 3)]],
  [
    '![now](tg://time?unix=5&format=t)',
    'now',
    [e('date_time', 0, 3, { unix_time: 5, date_time_format: 't' })],
  ],
])('MarkdownV2 %j is understood', async (text, plain, entities) => {
  const message = await result<Message>(telegram, 'sendMessage', { chat_id, text, parse_mode: 'MarkdownV2' });
  expect([message.text, message.entities ?? []]).toEqual([plain, entities]);
});

test.each([
  ['HTML', '<b>x', `Can't find end tag corresponding to start tag "b"`],
  ['HTML', 'é<x>y</x>', 'Unsupported start tag "x" at byte offset 2'],
  ['HTML', 'x</b>', 'Unexpected end tag at byte offset 1'],
  ['HTML', '<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
  ['HTML', '<b', 'Unclosed start tag at byte offset 0'],
  ['HTML', '<b>x</b', 'Unclosed end tag at byte offset 4'],
  ['HTML', '<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  [
    'HTML',
    '<a href>x</a>',
    'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
  ],
  ['HTML', '<a href=http://x>x</a>', 'Unexpected end of name token at byte offset 8'],
  ['MarkdownV2', 'a.b', "Character '.' is reserved and must be escaped with the preceding '\\'"],
  ['MarkdownV2', 'a!', "Character '!' is reserved and must be escaped with the preceding '\\'"],
  ['MarkdownV2', 'a|b', "Character '|' is reserved and must be escaped with the preceding '\\'"],
  ['MarkdownV2', 'é *x', "Can't find end of Bold entity at byte offset 3"],
  ['MarkdownV2', '>*x\ny*', "Can't find end of Bold entity at byte offset 1"],
  ['MarkdownV2', '[x](https://bird.example', "Can't find end of a URL at byte offset 4"],
  ['MarkdownV2', '![x]', 'Custom emoji entity must contain a tg://emoji URL'],
])('%s %j is refused', async (parse_mode, text, problem) => {
  const reply = await call(telegram, 'sendMessage', { chat_id, text, parse_mode });
  expect(reply).toEqual({
    ok: false,
    error_code: 400,
    description: `Bad Request: can't parse entities: ${problem}`,
  });
});

test.each([
  ['white space goes', '  \n a\tb \n', [], 'a b', []],
  ['entities move with what goes', '\n\r ab ', [e('bold', 2, 4)], 'ab', [e('bold', 0, 2)]],
  ['empty entities go', 'ab', [e('bold', 0, 0), e('italic', 1, 1)], 'ab', [e('italic', 1, 1)]],
  ['code keeps nothing inside', 'abc', [e('code', 0, 3), e('bold', 1, 1)], 'abc', [e('code', 0, 3)]],
  [
    'bold stops where code begins',
    'abc',
    [e('bold', 0, 3), e('code', 1, 1)],
    'abc',
    [e('bold', 0, 1), e('code', 1, 1), e('bold', 2, 1)],
  ],
  [
    'crossing bold and italic both stay',
    'abc',
    [e('bold', 0, 2), e('italic', 1, 2)],
    'abc',
    [e('bold', 0, 2), e('italic', 1, 2)],
  ],
  [
    'quotes do not nest',
    'abc',
    [e('blockquote', 0, 3), e('blockquote', 1, 1)],
    'abc',
    [e('blockquote', 0, 3)],
  ],
  [
    'a link holds no link',
    'abc',
    [e('text_link', 0, 3, { url: 'https://a.example' }), e('text_link', 1, 1, { url: 'https://b.example' })],
    'abc',
    [e('text_link', 0, 3, { url: 'https://a.example/' })],
  ],
  ['found entities that a bot gives are ignored', 'abc', [e('hashtag', 0, 3)], 'abc', []],
])('%s', async (_, text, given, plain, entities) => {
  const message = await result<Message>(telegram, 'sendMessage', { chat_id, text, entities: given });
  expect([message.text, message.entities ?? []]).toEqual([plain, entities]);
});

test.each([
  ['#tag #1 a#b', [['hashtag', '#tag']]],
  [
    'hi @someone_1, me@bird.org',
    [
      ['mention', '@someone_1'],
      ['email', 'me@bird.org'],
    ],
  ],
  [
    '/start and a/b /go@some_bot',
    [
      ['bot_command', '/start'],
      ['bot_command', '/go@some_bot'],
    ],
  ],
  [
    'see https://bird.example/x?y=(1). Or bird.org!',
    [
      ['url', 'https://bird.example/x?y=(1)'],
      ['url', 'bird.org'],
    ],
  ],
  ['and/or, 1/2, v1.2, e.g. this, node.js', []],
])('in %j the server finds what is clickable', async (text, found) => {
  const message = await result<Message>(telegram, 'sendMessage', { chat_id, text });
  const words = (message.entities ?? []).map(({ type, offset, length }) => [
    type,
    text.slice(offset, offset + length),
  ]);
  expect(words).toEqual(found);
});

test('an invisible joiner behind the sign breaks a mention and a command', async () => {
  const message = await result<Message>(telegram, 'sendMessage', {
    chat_id,
    text: '@\u2060someone /\u2060start',
  });
  expect(message.entities).toBeUndefined();
});

test('only the first hundred entities are kept', async () => {
  const entities = Array.from({ length: 120 }, (_, index) => e('bold', index * 2, 1));
  const message = await result<Message>(telegram, 'sendMessage', {
    chat_id,
    text: 'x '.repeat(120),
    entities,
  });
  expect(message.entities).toHaveLength(100);
});
