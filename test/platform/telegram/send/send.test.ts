import { expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import {
  type Block,
  buttons,
  type Document,
  type Media,
  paragraph,
  text,
} from '../../../../src/note/document.ts';
import type { Body } from '../../../../src/platform/platform.ts';
import { ready } from '../../../ready.fixture.ts';
import { documentOf, usePlatform } from '../platform.fixture.ts';

const wire = usePlatform();
const reader = () => wire.telegram.person({ firstName: 'Wren' });
const at = ({ id }: { readonly id: number }): string => `telegram:${id}`;
const bodyOf = (document: Document): Body => {
  const [body, ...others] = wire.platform.render(ready(document), 'classic');
  if (!body || others.length > 0) throw new Error('Not one body');
  return body;
};
const media = (...items: readonly (Partial<Media> & { readonly url: string })[]): Block => ({
  type: 'media',
  items: items.map((item) => ({ kind: 'image', alternatives: [], ...item })),
});
const photo = (name: string): string => `https://media.example/${name}`;
const send = (chat: { readonly id: number }, document: Document, key = 'k', replyTo?: string) =>
  wire.platform.send(at(chat), bodyOf(document), key, replyTo === undefined ? {} : { replyTo });
const receiptOf = (result: object): string => ('receipt' in result ? String(result.receipt) : '');

test('a text arrives with its formatting and without a preview', async () => {
  const chat = reader();
  const words: Block = { type: 'heading', level: 1, children: [text('Salt')] };
  const result = await send(chat, [words, paragraph(text('See https://example.com/ now'))]);
  const [shown] = wire.telegram.messages(chat);
  expect(result).toEqual({ status: 'sent', receipt: `${chat.id}:${shown?.message.message_id}` });
  expect(shown?.message).toMatchObject({
    text: 'Salt\n\nSee https://example.com/ now',
    entities: [
      { type: 'bold', offset: 0, length: 4 },
      { type: 'url', offset: 10, length: 20 },
    ],
    link_preview_options: { is_disabled: true },
  });
});

test('a topic gets its own posts', async () => {
  const forum = wire.telegram.supergroup({ title: 'Salt', forum: true, bot: 'member' });
  const topic = wire.telegram.createTopic(forum, 'Notes');
  await wire.platform.send(`${at(forum)}/${topic}`, bodyOf(documentOf('here')), 'k');
  const shown = wire.telegram.messages(forum).find(({ byBot }) => byBot);
  expect(shown?.message).toMatchObject({ text: 'here', message_thread_id: topic });
  wire.telegram.closeTopic(forum, topic);
  expect(await wire.platform.send(`${at(forum)}/${topic}`, bodyOf(documentOf('more')), 'k2')).toMatchObject({
    status: 'unreachable',
    gone: false,
    fix: en.telegram.fixes.topicClosed,
  });
});

test('the general topic is the chat itself', async () => {
  const forum = wire.telegram.supergroup({ title: 'Harbour', forum: true, bot: 'administrator' });
  const topic = wire.telegram.createTopic(forum, 'Notes');
  const general = [
    await wire.platform.send(`${at(forum)}/1`, bodyOf(documentOf('stored')), 'k'),
    await wire.platform.send(`${at(forum)}/${topic}`, bodyOf(documentOf('chosen')), 'k2', { topic: '1' }),
  ];
  expect(general.map(({ status }) => status)).toEqual(['sent', 'sent']);
  for (const { message } of wire.telegram.messages(forum).slice(-2))
    expect(message).not.toHaveProperty('message_thread_id');
});

test('a closed or deleted topic for a type falls back to the chat', async () => {
  const forum = wire.telegram.supergroup({ title: 'Salt', forum: true, bot: 'member' });
  const topic = String(wire.telegram.createTopic(forum, 'Photos'));
  const placed = async (key: string, where: string) => {
    const result = await wire.platform.send(at(forum), bodyOf(documentOf(key)), key, { topic: where });
    expect(result).toMatchObject({ status: 'sent' });
    return wire.telegram.messages(forum).findLast(({ byBot }) => byBot)?.message;
  };
  expect(await placed('one', topic)).toMatchObject({ text: 'one', message_thread_id: Number(topic) });
  wire.telegram.closeTopic(forum, Number(topic));
  for (const [key, where] of [
    ['two', topic],
    ['three', '999999'],
  ] as const) {
    const message = await placed(key, where);
    expect(message).toMatchObject({ text: key });
    expect(message).not.toHaveProperty('message_thread_id');
  }
});

test('an album arrives as one, and its receipt names every item', async () => {
  const chat = reader();
  const result = await send(chat, [
    ...documentOf('Salt'),
    media({ url: photo('a.jpg') }, { url: photo('b.png') }),
  ]);
  const ids = wire.telegram.messages(chat).map(({ message }) => message.message_id);
  expect(receiptOf(result)).toBe(`${chat.id}:${ids.join(',')}`);
  expect(wire.said(chat)).toEqual(['Salt', undefined]);
});

test('a picture is tried at its other address, and at each only once', async () => {
  wire.telegram.setUrl(photo('a.jpg'), { error: 'WEBPAGE_CURL_FAILED' });
  const item = { url: photo('a.jpg'), alternatives: [photo('mirror.jpg')] };
  const document = [...documentOf('Salt'), media(item)];
  await send(reader(), document);
  await send(reader(), document, 'k2');
  expect(wire.telegram.calls.map(({ payload }) => payload['photo'])).toEqual([
    photo('a.jpg'),
    photo('mirror.jpg'),
    photo('mirror.jpg'),
  ]);
});

test("a picture that can't be shown becomes a link", async () => {
  const chat = reader();
  const open = buttons([{ label: 'Open', url: 'https://example.com/' }]);
  await send(chat, [...documentOf('Salt'), media({ url: photo('a.svg'), alt: 'A map' }), open]);
  expect(wire.telegram.messages(chat).map(({ message }) => message)).toMatchObject([
    {
      text: 'Salt\n\nA map',
      entities: [{ type: 'text_link', offset: 6, length: 5, url: photo('a.svg') }],
      reply_markup: { inline_keyboard: [[{ text: 'Open' }]] },
    },
  ]);
});

test('where pictures are forbidden, a picture becomes a link', async () => {
  const group = wire.telegram.supergroup({ title: 'Salt', bot: 'member' });
  wire.telegram.setPermissions(group, { can_send_photos: false });
  expect(await send(group, [...documentOf('Salt'), media({ url: photo('a.jpg') })])).toMatchObject({
    status: 'sent',
  });
  expect(wire.said(group)).toEqual(['Salt\n\nimage']);
});

test('refused entities are dropped, but spoilers stay', async () => {
  const chat = reader();
  wire.telegram.fault({
    method: 'sendMessage',
    effect: { kind: 'refuse', code: 400, description: 'Bad Request: ENTITIES_TOO_LONG' },
  });
  await send(chat, [{ type: 'hidden', reason: 'war', children: documentOf('secret') }]);
  expect(wire.telegram.messages(chat)[0]?.message.entities).toEqual([
    { type: 'spoiler', offset: 5, length: 6 },
  ]);
});

test('an unknown error is retried once, then in plainer forms', async () => {
  const chat = reader();
  const odd = { kind: 'refuse', code: 400, description: 'Bad Request: the moon is full' } as const;
  wire.telegram.fault({ method: 'sendPhoto', times: 2, effect: odd });
  const document = [...documentOf('Salt'), media({ url: photo('a.jpg') })];
  expect(await send(chat, document)).toMatchObject({ status: 'retry' });
  expect(await send(chat, document)).toMatchObject({ status: 'sent' });
  expect(wire.said(chat)).toEqual(['Salt\n\nimage']);
});

test('after a migration, old posts can still be edited and emptied', async () => {
  const group = wire.telegram.group({ title: 'Salt', bot: 'member' });
  const sent = await send(group, documentOf('old'));
  const supergroup = wire.telegram.migrate(group);
  expect(await send(group, documentOf('new'), 'k2')).toMatchObject({ status: 'moved', to: at(supergroup) });
  const edited = await wire.platform.edit(at(supergroup), receiptOf(sent), bodyOf(documentOf('newer')));
  expect(edited).toEqual(sent);
  expect(wire.said(group)).toEqual(['newer']);
  expect(await wire.platform.remove(at(supergroup), receiptOf(sent))).toMatchObject({ status: 'sent' });
  expect(wire.said(group)).toEqual([en.platform.removed]);
});
