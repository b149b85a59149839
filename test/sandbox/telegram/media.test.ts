import { Bot, InputFile } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeTelegram, startTelegram } from '../../../sandbox/telegram/telegram.ts';
import type { User } from '../../../sandbox/telegram/world/api-types.ts';
import { call, jpeg } from './call.fixture.ts';

let telegram: FakeTelegram;
let bot: Bot;
let wren: User;

beforeEach(async () => {
  telegram = await startTelegram();
  bot = new Bot(telegram.token, { client: { apiRoot: telegram.apiUrl } });
  wren = telegram.person({ firstName: 'Wren' });
});
afterEach(() => telegram.stop());

test('an uploaded photo is measured, can be sent again by its id and downloaded', async () => {
  const bytes = jpeg(640, 480);
  const sent = await bot.api.sendPhoto(wren.id, new InputFile(bytes, 'wren.jpg'), {
    caption: '*A wren*',
    parse_mode: 'MarkdownV2',
    has_spoiler: true,
  });
  expect(sent).toMatchObject({
    caption: 'A wren',
    caption_entities: [{ type: 'bold', offset: 0, length: 6 }],
    has_media_spoiler: true,
  });
  const largest = sent.photo.at(-1);
  expect(largest).toMatchObject({ width: 640, height: 480, file_size: bytes.length });
  const again = await bot.api.sendPhoto(wren.id, largest?.file_id ?? '');
  expect(again.photo.at(-1)?.file_unique_id).toBe(largest?.file_unique_id);
  const file = await bot.api.getFile(largest?.file_id ?? '');
  const download = await fetch(`${telegram.apiUrl}/file/bot${telegram.token}/${file.file_path}`);
  expect(Buffer.from(await download.arrayBuffer())).toEqual(bytes);
});

test('a photo is fetched by its address as the table of addresses says', async () => {
  telegram.setUrl('https://birds.example/wren', { type: 'image/png', width: 20, height: 10 });
  const sent = await bot.api.sendPhoto(wren.id, 'https://birds.example/wren');
  expect(sent.photo.at(-1)).toMatchObject({ width: 20, height: 10 });
});

test.each([
  ['cannot be reached', { error: 'WEBPAGE_CURL_FAILED' } as const, 'failed to get HTTP URL content'],
  ['is no picture', { type: 'text/html' }, 'wrong type of the web page content'],
  [
    'is larger than 5 MB',
    { type: 'image/png', size: 5_300_000, width: 9, height: 9 },
    'failed to get HTTP URL content',
  ],
  ['is wider than allowed', { type: 'image/png', width: 9000, height: 1001 }, 'PHOTO_INVALID_DIMENSIONS'],
  ['is much longer than wide', { type: 'image/png', width: 10, height: 201 }, 'PHOTO_INVALID_DIMENSIONS'],
])('a photo whose address %s is refused', async (_, content, problem) => {
  telegram.setUrl('https://birds.example/wren.png', content);
  const reply = await call(telegram, 'sendPhoto', {
    chat_id: wren.id,
    photo: 'https://birds.example/wren.png',
  });
  expect(reply.description).toBe(`Bad Request: ${problem}`);
  expect(telegram.messages(wren)).toEqual([]);
});

test.each([
  ['no image', Buffer.from('hello'), 'IMAGE_PROCESS_FAILED'],
  ['empty', Buffer.alloc(0), 'file must be non-empty'],
  [
    'too large',
    Buffer.concat([jpeg(9, 9), Buffer.alloc(10 * 1024 * 1024)]),
    'file of size 10485782 bytes is too big for a photo; the maximum size is 10485760 bytes',
  ],
  ['too wide', jpeg(9000, 1001), 'PHOTO_INVALID_DIMENSIONS'],
])('an uploaded photo that is %s is refused', async (_, bytes, problem) => {
  await expect(bot.api.sendPhoto(wren.id, new InputFile(bytes, 'x.jpg'))).rejects.toMatchObject({
    description: `Bad Request: ${problem}`,
  });
});

test('a file id belongs to its kind', async () => {
  const { video } = await bot.api.sendVideo(wren.id, 'https://birds.example/wren.mp4', {
    width: 640,
    height: 360,
  });
  expect(video).toMatchObject({ width: 640, height: 360, mime_type: 'video/mp4', file_name: 'wren.mp4' });
  await expect(bot.api.sendPhoto(wren.id, video.file_id)).rejects.toMatchObject({
    description: "Bad Request: can't use file of type Video as Photo",
  });
});

test('an album of uploads and addresses is sent as one group', async () => {
  const sent = await bot.api.sendMediaGroup(wren.id, [
    { type: 'photo', media: new InputFile(jpeg(10, 10), 'a.jpg'), caption: 'Two' },
    { type: 'video', media: 'https://birds.example/wren.mp4', has_spoiler: true },
  ]);
  expect(new Set(telegram.messages(wren).map(({ message }) => message.media_group_id)).size).toBe(1);
  expect(sent).toMatchObject([{ caption: 'Two' }, { has_media_spoiler: true }]);
});

const birds = ['a', 'b', 'c'].map((name) => ({
  type: 'photo' as const,
  media: `https://birds.example/${name}.jpg`,
}));

test('an album with a bad item fails as a whole', async () => {
  telegram.setUrl('https://birds.example/b.jpg', { error: 'WEBPAGE_CURL_FAILED' });
  await expect(bot.api.sendMediaGroup(wren.id, birds)).rejects.toMatchObject({
    description: 'Bad Request: failed to send message #2 with the error message "WEBPAGE_CURL_FAILED"',
  });
  expect(telegram.messages(wren)).toEqual([]);
});

test('an album that is broken off leaves some of its items', async () => {
  telegram.fault({ effect: { kind: 'break-off', after: 2, retryAfter: 8 } });
  await expect(bot.api.sendMediaGroup(wren.id, birds)).rejects.toMatchObject({
    error_code: 400,
    description:
      'Bad Request: failed to send message #1 with the error message "Too Many Requests: retry after 8"',
  });
  expect(telegram.messages(wren)).toHaveLength(2);
});

test('a text can become a photo, a photo another one, and a photo no text', async () => {
  const { message_id } = await bot.api.sendMessage(wren.id, 'Wait');
  const edit = (name: string, caption: string) =>
    bot.api.editMessageMedia(wren.id, message_id, {
      type: 'photo',
      media: `https://birds.example/${name}.jpg`,
      caption,
    });
  expect(await edit('a', 'First')).toMatchObject({ message_id, caption: 'First' });
  expect(await edit('b', 'Second')).not.toHaveProperty('text');
  expect(await bot.api.editMessageCaption(wren.id, message_id, { caption: 'Third' })).toMatchObject({
    caption: 'Third',
  });
  await expect(bot.api.editMessageText(wren.id, message_id, 'x')).rejects.toMatchObject({
    description: 'Bad Request: there is no text in the message to edit',
  });
});

test('an item of an album keeps to the kinds of the album', async () => {
  const [first] = await bot.api.sendMediaGroup(wren.id, [
    { type: 'photo', media: 'https://birds.example/a.jpg' },
    { type: 'photo', media: 'https://birds.example/b.jpg' },
  ]);
  const edit = (type: 'video' | 'document', media: string) =>
    bot.api.editMessageMedia(wren.id, first?.message_id ?? 0, { type, media });
  expect(await edit('video', 'https://birds.example/a.mp4')).toHaveProperty('video');
  await expect(edit('document', 'https://birds.example/a.pdf')).rejects.toMatchObject({
    description: "Bad Request: can't use the media of the specified type in the album",
  });
});

test('a copy carries content, a forward tells where it comes from', async () => {
  const channel = telegram.channel({ title: 'Bird news', bot: 'administrator' });
  const post = await bot.api.sendMessage(channel.id, 'A *wren*', { parse_mode: 'MarkdownV2' });
  const copy = await bot.api.copyMessage(wren.id, channel.id, post.message_id);
  const forward = await bot.api.forwardMessage(wren.id, channel.id, post.message_id);
  expect(telegram.messages(wren).map(({ message }) => message)).toMatchObject([
    { message_id: copy.message_id, text: 'A wren' },
    { message_id: forward.message_id, forward_origin: { type: 'channel', message_id: post.message_id } },
  ]);
});
