import { expect, test } from 'vitest';
import type { Block } from '../../../../src/note/document.ts';
import { botTexts, callsOf, startInstance, startTestTelegram } from '../instance.fixture.ts';
import { documentOf } from '../platform.fixture.ts';

const url = (name: string): string => `https://media.example/${name}.jpg`;
const album = (...names: readonly string[]): Block => ({
  type: 'media',
  items: names.map((name) => ({ kind: 'image', url: url(name), alternatives: [] })),
});

async function harbour() {
  const telegram = await startTestTelegram();
  const instance = startInstance(telegram);
  const reader = telegram.person({ firstName: 'Wren' });
  return { telegram, instance, reader };
}

test('an album that stopped halfway never shows a picture twice', async () => {
  const { telegram, instance, reader } = await harbour();
  telegram.fault({ method: 'sendMediaGroup', effect: { kind: 'break-off', after: 2, retryAfter: 8 } });
  const document = [...documentOf('Salt'), album('a', 'b', 'c')];
  expect(await instance.send(reader, document)).toMatchObject({
    status: 'retry',
    scope: 'destination',
    afterMs: 8_000,
  });
  const sent = await instance.send(reader, document);
  expect(botTexts(telegram, reader)).toEqual(['Salt', undefined, 'Salt\n\nimage\nimage\nimage']);
  const [, , words] = telegram.messages(reader);
  expect(words?.message.entities?.map((entity) => entity.url)).toEqual([url('a'), url('b'), url('c')]);
  // Only messages with known ids can be deleted later.
  expect(sent).toEqual({ status: 'sent', receipt: `${reader.id}:${words?.message.message_id}` });
  expect(callsOf(telegram, 'sendPhoto')).toEqual([]);
});

test('a bad picture fails the whole album, so all items are sent again', async () => {
  const { telegram, instance, reader } = await harbour();
  telegram.setUrl(url('b'), { error: 'WEBPAGE_CURL_FAILED' });
  const sent = await instance.send(reader, [...documentOf('Salt'), album('a', 'b', 'c')]);
  const ids = telegram.messages(reader).map(({ message }) => message.message_id);
  expect(sent).toEqual({ status: 'sent', receipt: `${reader.id}:${ids.join(',')}` });
  expect(callsOf(telegram, 'sendMediaGroup')).toHaveLength(1);
  expect(botTexts(telegram, reader)).toEqual(['Salt', undefined, 'image']);
  const photos = callsOf(telegram, 'sendPhoto').map(({ payload }) => payload['photo']);
  expect(photos).toEqual([url('a'), url('c')]);
});

test.each([
  ['a lost response, repeating the uncertain one', { kind: 'reset', when: 'after' }, ['a', 'b', 'b', 'c']],
  [
    'missing rights, repeating none',
    { kind: 'refuse', code: 400, description: 'Bad Request: CHAT_WRITE_FORBIDDEN' },
    ['a', 'b', 'c'],
  ],
  [
    'a rate limit, repeating none',
    { kind: 'refuse', code: 429, description: 'Too Many Requests: retry after 3', retryAfter: 3 },
    ['a', 'b', 'c'],
  ],
] as const)('an album sent picture by picture continues after %s', async (_, effect, shown) => {
  const { telegram, instance, reader } = await harbour();
  telegram.setUrl(url('d'), { error: 'WEBPAGE_CURL_FAILED' });
  telegram.fault({ method: 'sendPhoto', when: (fields) => fields['photo'] === url('b'), effect });
  const document = [...documentOf('Salt'), album('a', 'b', 'c', 'd')];
  expect(await instance.send(reader, document)).not.toMatchObject({ status: 'sent' });
  expect(await instance.send(reader, document)).toMatchObject({ status: 'sent' });
  expect(botTexts(telegram, reader)).toEqual(['Salt', ...shown.slice(1).map(() => undefined), 'image']);
  const photos = callsOf(telegram, 'sendPhoto').filter(({ status }) => status < 400);
  expect(photos.map(({ payload }) => payload['photo'])).toEqual(shown.map(url));
});

test('an album that Telegram calls too large becomes text with links', async () => {
  const { telegram, instance, reader } = await harbour();
  telegram.fault({
    method: 'sendMediaGroup',
    effect: { kind: 'page', status: 413, body: '<html>Too large</html>' },
  });
  expect(await instance.send(reader, [...documentOf('Salt'), album('a', 'b')])).toMatchObject({
    status: 'sent',
  });
  expect(botTexts(telegram, reader)).toEqual(['Salt\n\nimage\nimage']);
});

test('a caption refused as too long becomes a message with a link', async () => {
  const { telegram, instance, reader } = await harbour();
  telegram.fault({
    method: 'sendPhoto',
    effect: { kind: 'refuse', code: 400, description: 'Bad Request: message caption is too long' },
  });
  expect(await instance.send(reader, [...documentOf('Salt'), album('a')])).toMatchObject({ status: 'sent' });
  expect(botTexts(telegram, reader)).toEqual(['Salt\n\nimage']);
});
