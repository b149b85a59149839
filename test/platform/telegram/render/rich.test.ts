import { describe, expect, onTestFinished, test } from 'vitest';
import { type FakeTelegram, startTelegram } from '../../../../sandbox/telegram/telegram.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import {
  type Block,
  buttons,
  type Document,
  heading,
  type Inline,
  link,
  paragraph,
  text,
} from '../../../../src/note/document.ts';
import type { LongNoteFallback } from '../../../../src/note/present/long-note-fallback.ts';
import type { Body, Platform } from '../../../../src/platform/platform.ts';
import { toRichMessage } from '../../../../src/platform/telegram/render/rich.ts';
import { createTelegram } from '../../../../src/platform/telegram/telegram.ts';
import { ready } from '../../../ready.fixture.ts';
import { recordingLog } from '../platform.fixture.ts';

const readOn = { label: 'Read more', url: 'https://n.example/naddr1' };
const article: LongNoteFallback = { isArticle: true, readOn };
const picture: Block = {
  type: 'media',
  items: [{ kind: 'image', url: 'https://p.example/1.jpg', alternatives: [], alt: 'Cranes' }],
};
const long = (word = 'quiet'): Document => [
  heading(2, text('Harbours')),
  ...Array.from({ length: 60 }, () =>
    paragraph(text(`The harbour is ${word}, and the cranes stand still. `.repeat(3))),
  ),
  picture,
  buttons([{ label: 'Open', url: readOn.url }]),
];

async function harbour(richMessages: boolean) {
  const telegram = await startTelegram({ richMessages });
  const logged: string[] = [];
  const platform = createTelegram({
    token: telegram.token,
    apiUrl: telegram.apiUrl,
    variant: 'rich',
    log: recordingLog(logged),
  });
  onTestFinished(async () => {
    await platform.stop();
    await telegram.stop();
  });
  const chat = telegram.person({ firstName: 'Wren' });
  return { telegram, platform, chat, destination: `telegram:${chat.id}`, logged };
}

function bodyOf(platform: Platform, document: Document, variant = '', brief = article): Body {
  const [body, ...others] = platform.render(ready(document, {}, brief), variant);
  if (!body || others.length > 0) throw new Error('Not one body');
  return body;
}

const receiptOf = (result: object): string => ('receipt' in result ? String(result.receipt) : '');
const methods = ({ calls }: FakeTelegram): readonly string[] => calls.map(({ method }) => method);

describe('an article in style rich', () => {
  test('is one message of any length that can be edited and deleted', async () => {
    const { telegram, platform, chat, destination } = await harbour(true);
    const sent = await platform.send(destination, bodyOf(platform, long()), 'k');
    const shown = () => telegram.messages(chat).filter(({ deleted }) => !deleted)[0]?.message;
    expect(shown()?.reply_markup).toEqual({ inline_keyboard: [[{ text: 'Open', url: readOn.url }]] });
    expect(JSON.stringify(shown()?.rich_message)).toContain('The harbour is quiet');
    const edited = await platform.edit(destination, receiptOf(sent), bodyOf(platform, long('busy')));
    expect(edited).toEqual(sent);
    expect(JSON.stringify(shown()?.rich_message)).toContain('The harbour is busy');
    expect(await platform.edit(destination, receiptOf(sent), bodyOf(platform, long('busy')))).toEqual(sent);
    await platform.remove(destination, receiptOf(sent));
    expect(shown()).toBeUndefined();
    expect(methods(telegram)).toEqual([
      'sendRichMessage',
      'editMessageText',
      'editMessageText',
      'deleteMessages',
    ]);
  });

  test('is summed up where Telegram does not know such messages, which is asked once', async () => {
    const { telegram, platform, chat, destination, logged } = await harbour(false);
    await platform.send(destination, bodyOf(platform, long()), 'k');
    const second = await platform.send(destination, bodyOf(platform, long('busy')), 'k2');
    expect(methods(telegram)).toEqual(['sendRichMessage', 'sendPhoto', 'sendPhoto']);
    expect(telegram.messages(chat)[0]?.message.caption).toMatch(/^Harbours\n\nThe harbour is quiet/u);
    expect(telegram.messages(chat)[0]?.message.reply_markup).toEqual({
      inline_keyboard: [[{ text: 'Read more', url: readOn.url }]],
    });
    expect(logged.filter((line) => line.startsWith('message.simplified'))).toHaveLength(1);
    await platform.edit(destination, receiptOf(second), bodyOf(platform, long()));
    expect(telegram.messages(chat)[1]?.message.caption).toMatch(/^Harbours\n\nThe harbour is quiet/u);
  });

  test('goes on being rich after one whose picture could not be fetched', async () => {
    const { telegram, platform, destination } = await harbour(true);
    telegram.fault({
      method: 'sendRichMessage',
      effect: { kind: 'refuse', code: 400, description: 'Bad Request: WEBPAGE_MEDIA_EMPTY' },
    });
    await platform.send(destination, bodyOf(platform, long()), 'k');
    await platform.send(destination, bodyOf(platform, long()), 'k2');
    expect(methods(telegram)).toEqual(['sendRichMessage', 'sendPhoto', 'sendRichMessage']);
  });

  test('a refusal that is about the chat is no matter of style', async () => {
    const { telegram, platform, chat, destination } = await harbour(true);
    telegram.block(chat);
    expect(await platform.send(destination, bodyOf(platform, long()), 'k')).toMatchObject({
      status: 'unreachable',
    });
    expect(methods(telegram)).toEqual(['sendRichMessage']);
  });

  test('is classic if it is truncated, summarized or too long', () => {
    const platform = createTelegram({ token: 't', log: recordingLog([]), variant: 'rich' });
    const typesOf = (document: Document, variant: string, brief: LongNoteFallback) =>
      platform.render(ready(document, {}, brief), variant).map(({ call }) => (call as { type: string }).type);
    expect(typesOf(long(), '/cut', article)).toEqual(['media', 'text', 'text']);
    expect(typesOf(long(), '/summary', article)).toEqual(['media']);
    expect(typesOf([paragraph(text('a'))], '', { ...article, isArticle: false })).toEqual(['text']);
    const book = [heading(2, text('Harbours')), ...Array<Block>(501).fill(paragraph(text('a')))];
    expect(typesOf(book, '', article)).toEqual(['text']);
    expect(typesOf(book, 'classic/split', article)).toEqual(['text']);
  });
});

describe('rich blocks', () => {
  const spoken = (...children: readonly Inline[]) => [{ type: 'paragraph', text: children }];
  test.each<readonly [string, Block, object]>([
    ['a heading', heading(3, text('a')), { type: 'heading', size: 3, text: ['a'] }],
    [
      'numbers',
      { type: 'list', start: 4, items: [[text('a')]] },
      { type: 'list', items: [{ blocks: spoken('a' as never), type: '1', value: 4 }] },
    ],
    [
      'bullets',
      { type: 'list', items: [[text('a')]] },
      { type: 'list', items: [{ blocks: spoken('a' as never) }] },
    ],
    [
      'a quote',
      { type: 'quote', children: [paragraph(text('a'))] },
      { type: 'blockquote', blocks: spoken('a' as never) },
    ],
    ['code', { type: 'code-block', text: 'a', language: 'ts' }, { type: 'pre', text: 'a', language: 'ts' }],
    [
      'a picture',
      picture,
      {
        type: 'photo',
        photo: { type: 'photo', media: 'https://p.example/1.jpg' },
        caption: { text: 'Cranes' },
      },
    ],
    [
      'what is hidden, closed',
      { type: 'hidden', reason: 'War', children: [picture] },
      {
        type: 'details',
        blocks: [
          { type: 'photo', photo: { type: 'photo', media: 'https://p.example/1.jpg', has_spoiler: true } },
        ],
      },
    ],
    [
      'a link',
      paragraph(link('https://a.example/b', 'the port')),
      { type: 'paragraph', text: [{ type: 'url', url: 'https://a.example/b', text: 'the port' }] },
    ],
    [
      'no disguise',
      paragraph(link('https://evil.example/b', 'bank.example')),
      {
        type: 'paragraph',
        text: [
          'bank.example',
          ' (',
          { type: 'url', url: 'https://evil.example/b', text: 'https://evil.example/b' },
          ')',
        ],
      },
    ],
    [
      'a name that is no Telegram name',
      paragraph({
        type: 'mention',
        pubkey: 'ab',
        name: 'durov',
        url: 'https://n.example/p',
        written: 'nostr:x',
      }),
      { type: 'paragraph', text: [{ type: 'url', url: 'https://n.example/p', text: '@durov' }] },
    ],
  ])('%s', (_, block, expected) => {
    const rich = toRichMessage([block], en);
    expect(rich?.skip_entity_detection).toBe(true);
    expect(rich?.blocks).toMatchObject([expected]);
  });
});
