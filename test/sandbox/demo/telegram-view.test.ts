import { expect, test } from 'vitest';
import type { TelegramMessage } from '../../../sandbox/demo/change.ts';
import { noteView } from '../../../sandbox/demo/page/view/author-note.ts';
import { telegramMessageView } from '../../../sandbox/demo/page/view/telegram-message.ts';
import { entityViews } from '../../../sandbox/demo/page/view/telegram-text.ts';
import { wordsOf } from '../../../sandbox/demo/page/view/view.ts';
import { markup } from './view.fixture.ts';

const entity = (type: string, offset: number, length: number, more = {}) => ({
  type,
  offset,
  length,
  ...more,
});

test.each([
  ['plain\n<b>', [], 'plain⏎<b>'],
  ['bold words', [entity('bold', 0, 4)], '<b>bold</b> words'],
  ['one two', [entity('bold', 0, 7), entity('italic', 4, 3)], '<b>one <i>two</i></b>'],
  ['ab', [entity('italic', 1, 1), entity('bold', 0, 2)], '<b>a<i>b</i></b>'],
  ['🌅 dawn', [entity('bold', 3, 4)], '🌅 <b>dawn</b>'],
  ['here', [entity('text_link', 0, 4, { url: 'https://a.example/' })], '<a[https://a.example/]>here</a>'],
  ['a.example', [entity('url', 0, 9)], '<a[https://a.example]>a.example</a>'],
  ['#tag', [entity('hashtag', 0, 4)], '<span.hashtag>#tag</span>'],
  ['/help', [entity('bot_command', 0, 5)], '<button.plain.command>/help</button>'],
  ['secret', [entity('spoiler', 0, 6)], '<span.spoiler>secret</span>'],
  ['a\n\nquote\n\nb', [entity('blockquote', 3, 5)], 'a⏎<blockquote>quote</blockquote>⏎b'],
  ['let a', [entity('pre', 0, 5, { language: 'ts' })], '<pre>let a</pre>'],
  ['odd', [entity('unheard_of', 0, 3)], 'odd'],
  ['short', [entity('bold', 2, 99)], 'sh<b>ort</b>'],
])('text %j is shown with its entities', (text, entities, expected) => {
  expect(markup(...entityViews(text, entities))).toBe(expected);
});

const shown = (message: object, more: Partial<TelegramMessage> = {}): TelegramMessage => ({
  id: '1:1',
  chat: '1',
  message: { message_id: 1, date: 1_773_748_800, ...message },
  byBot: true,
  files: {},
  gone: false,
  ...more,
});

test('an album is one message with one caption', () => {
  const album = [
    shown(
      { photo: [{ file_id: 'small' }, { file_id: 'large' }], caption: 'Two mornings' },
      { files: { large: 'dawn.png' } },
    ),
    shown({ video: { file_id: 'film', duration: 77 } }, { files: { film: 'film.mp4' } }),
  ];
  const view = markup(telegramMessageView(album));
  expect(view.match(/<article/gu)).toHaveLength(1);
  expect(view).toContain('<div.gallery.of-2>');
  expect(view).toContain('<span.duration>1:17</span>');
  expect(view.match(/Two mornings/gu)).toHaveLength(1);
});

test('edits, answers and buttons are told', () => {
  const view = markup(
    telegramMessageView([
      shown({
        text: 'words',
        edit_date: 1_773_748_900,
        reply_to_message: { message_id: 0, date: 0, from: { first_name: 'Robin' }, text: '/latest\nmore' },
        reply_markup: {
          inline_keyboard: [
            [{ text: 'Older', callback_data: '1r' }],
            [{ text: 'Web', url: 'https://a.example/' }],
          ],
        },
      }),
    ]),
  );
  expect(view).toContain('<div.reply><b>Robin</b><span>/latest</span></div>');
  expect(view).toContain('<span.edited>edited </span>');
  expect(view).toContain(
    '<div.row><button.button>Older</button></div><div.row><span.button><a[https://a.example/]>Web',
  );
});

test('what the reader said stands on the other side', () => {
  expect(markup(telegramMessageView([shown({ text: '/start' }, { byBot: false })]))).toContain(
    '<article.message.mine>',
  );
});

test('only what can be edited has a button for it', () => {
  const note = {
    id: 'a',
    headline: 'Words',
    postType: { en: 'note', zh: '短文' },
    isArticle: false,
    at: 1,
    gone: false,
  };
  expect(wordsOf(noteView(note, 2_000))).toContain('Delete');
  expect(wordsOf(noteView(note, 2_000))).not.toContain('Edit');
  expect(wordsOf(noteView({ ...note, editable: '# Words' }, 2_000))).toContain('Edit');
});
