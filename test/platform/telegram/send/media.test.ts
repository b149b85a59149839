import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { silentLog } from '../../../../src/lib/log.ts';
import { createMediaFetch } from '../../../../src/media/media-fetch.ts';
import { type Block, type Document, type Media, paragraph, text } from '../../../../src/note/document.ts';
import type { FileIdStorage, StoredFile } from '../../../../src/platform/telegram/send/file-id-cache.ts';
import { createTelegram } from '../../../../src/platform/telegram/telegram.ts';
import { mediaHost, png, testLookup } from '../../../media/media-host.fixture.ts';
import { ready } from '../../../ready.fixture.ts';
import { documentOf, usePlatform } from '../platform.fixture.ts';

const wire = usePlatform();
const reader = () => wire.telegram.person({ firstName: 'Wren' });
const FAILS = { error: 'WEBPAGE_CURL_FAILED' } as const;

type Item = Partial<Media> & { readonly url: string };
const media = (...items: readonly Item[]): Block => ({
  type: 'media',
  items: items.map((item) => ({ kind: 'image', alternatives: [], ...item })),
});

/** An adapter with stored file ids and media downloads, and the media's host. */
async function stage(answer: RequestListener = (_, response) => void response.end(png())) {
  const host = await mediaHost(answer);
  const shelf = new Map<string, StoredFile>();
  const files: FileIdStorage = {
    get: async (key) => shelf.get(key),
    set: async (key, file) => void shelf.set(key, file),
    delete: async (key) => shelf.delete(key),
  };
  const { token, apiUrl } = wire.telegram;
  const platform = createTelegram({
    token,
    apiUrl,
    log: silentLog,
    files,
    media: createMediaFetch({ log: silentLog, lookup: testLookup, limits: { itemMs: 2_000 } }),
  });
  async function send(chat: { readonly id: number }, document: Document, key = 'k') {
    const [body, ...others] = platform.render(ready(document), 'classic');
    if (!body || others.length > 0) throw new Error('Not one body');
    return platform.send(`telegram:${chat.id}`, body, key);
  }
  /** An address that we can fetch, but Telegram can't. */
  const unfetched = (path: string): string => {
    const url = host.url(path);
    wire.telegram.setUrl(url, FAILS);
    return url;
  };
  return { ...host, platform, shelf, send, unfetched };
}

const methods = (): readonly string[] => wire.telegram.calls.map(({ method }) => method);
const kinds = (chat: { readonly id: number }): readonly string[] =>
  wire.telegram
    .messages(chat)
    .flatMap(({ message }) =>
      (['photo', 'video', 'animation', 'audio', 'document', 'text'] as const).filter((kind) => message[kind]),
    );

test('a file that Telegram can’t fetch from any address is uploaded', async () => {
  const chat = reader();
  const { send, unfetched, asked } = await stage();
  const item = { url: unfetched('/a.jpg'), alternatives: [unfetched('/mirror.jpg')] };
  expect(await send(chat, [...documentOf('Salt'), media(item)])).toMatchObject({ status: 'sent' });
  expect(methods()).toEqual(['sendPhoto', 'sendPhoto', 'sendPhoto']);
  expect(kinds(chat)).toEqual(['photo']);
  expect(wire.said(chat)).toEqual(['Salt']);
  expect(asked).toEqual(['media.example/a.jpg']);
});

test('one upload serves all chats, including concurrent ones', async () => {
  const chats = [reader(), reader(), reader()];
  const { send, unfetched, asked } = await stage();
  const document = [...documentOf('Salt'), media({ url: unfetched('/a.jpg') })];
  await Promise.all(chats.map((chat) => send(chat, document)));
  const late = reader();
  await send(late, document);
  expect([...chats, late].map(kinds)).toEqual([['photo'], ['photo'], ['photo'], ['photo']]);
  expect(asked).toEqual(['media.example/a.jpg']);
  const uploads = wire.telegram.calls.filter(({ payload }) => String(payload['photo']).startsWith('attach:'));
  expect(uploads.map(({ status }) => status)).toEqual([200]);
});

test('a known file is sent by id, and by address if the id is refused', async () => {
  const { send, url, shelf } = await stage();
  const document = [media({ url: url('/a.jpg') })];
  await send(reader(), document);
  await send(reader(), document, 'k2');
  const [key = ''] = shelf.keys();
  const id = shelf.get(key)?.id;
  shelf.set(key, { id: 'AgACAgIAAxkDAAIgone', form: 'photo' });
  expect(await send(reader(), document, 'k3')).toMatchObject({ status: 'sent' });
  expect(wire.telegram.calls.map(({ payload }) => payload['photo'])).toEqual([
    url('/a.jpg'),
    id,
    'AgACAgIAAxkDAAIgone',
    url('/a.jpg'),
  ]);
  expect(shelf.get(key)?.id).not.toBe('AgACAgIAAxkDAAIgone');
});

test('ids belong to one bot', async () => {
  const { send, url, shelf } = await stage();
  await send(reader(), [media({ url: url('/a.jpg') })]);
  expect([...shelf.keys()]).toEqual([`${wire.telegram.token.split(':')[0]} photo ${url('/a.jpg')}`]);
});

test('the same bytes are the same file at any address', async () => {
  const { send, unfetched, asked } = await stage();
  const sha256 = createHash('sha256').update(png()).digest('hex');
  await send(reader(), [media({ url: unfetched('/a.jpg'), sha256 })]);
  const chat = reader();
  await send(chat, [media({ url: unfetched('/b.jpg'), sha256 })], 'k2');
  expect(kinds(chat)).toEqual(['photo']);
  expect(asked).toEqual(['media.example/a.jpg']);
});

test("a false hash in one note doesn't affect another", async () => {
  const { send, url, unfetched, shelf } = await stage();
  const sha256 = 'ab'.repeat(32);
  const claimed = { url: unfetched('/a.jpg'), alternatives: [url('/other.jpg')], sha256 };
  await send(reader(), [media(claimed)]);
  const bot = wire.telegram.token.split(':')[0];
  expect([...shelf.keys()]).toEqual([`${bot} photo ${url('/other.jpg')}`]);
});

test('a picture with impossible dimensions goes as a file, a hidden one as a link', async () => {
  const { send, url } = await stage((_, response) => void response.end(png(100, 9_000)));
  for (const path of ['/long.png', '/longer.png'])
    wire.telegram.setUrl(url(path), { type: 'image/png', width: 100, height: 9_000 });
  const open = reader();
  await send(open, [media({ url: url('/long.png') })]);
  expect(kinds(open)).toEqual(['document']);
  const covered = reader();
  const children = [media({ url: url('/longer.png') })];
  await send(covered, [{ type: 'hidden', reason: 'war', children }], 'k2');
  expect(wire.said(covered)).toEqual(['war\n\nHidden image or video']);
  expect(methods()).toEqual(['sendPhoto', 'sendDocument', 'sendPhoto', 'sendMessage']);
});

test("a file's content, not its address, decides its type", async () => {
  const film = Buffer.from('\0\0\0\x20ftypisom'.padEnd(64, '\0'), 'latin1');
  const { send, unfetched } = await stage((_, response) => void response.end(film));
  const chat = reader();
  await send(chat, [media({ url: unfetched('/a.jpg') })]);
  expect(kinds(chat)).toEqual(['video']);
});

const useless: readonly (readonly [string, RequestListener])[] = [
  ['is too large', (_, response) => void response.setHeader('content-length', 60_000_000).end()],
  ['is gone', (_, response) => void response.writeHead(404).end()],
  ['is an HTML page', (_, response) => void response.end('<!doctype html><p>Not any more</p>')],
];
test.each(useless)('a file that %s becomes a link', async (_, answer) => {
  const { send, unfetched } = await stage(answer);
  const chat = reader();
  const address = unfetched('/a.jpg');
  await send(chat, [...documentOf('Salt'), media({ url: address, alt: 'The pier' })]);
  expect(wire.telegram.messages(chat).map(({ message }) => message)).toMatchObject([
    { text: 'Salt\n\nThe pier', entities: [{ type: 'text_link', url: address }] },
  ]);
});

test('a bad album item is uploaded, and the next album is whole', async () => {
  const { send, url, unfetched, asked } = await stage();
  const items = [{ url: url('/a.jpg') }, { url: unfetched('/b.jpg') }, { url: url('/c.jpg') }];
  const document = [...documentOf('Salt'), media(...items)];
  const first = reader();
  expect(await send(first, document)).toMatchObject({ status: 'sent' });
  expect(kinds(first)).toEqual(['photo', 'photo', 'photo']);
  expect(wire.said(first)).toEqual(['Salt', undefined, undefined]);
  const second = reader();
  await send(second, document);
  expect(methods()).toEqual(['sendMediaGroup', 'sendPhoto', 'sendPhoto', 'sendPhoto', 'sendMediaGroup']);
  expect(kinds(second)).toEqual(['photo', 'photo', 'photo']);
  expect(asked).toEqual(['media.example/b.jpg']);
});

test('an album with refused ids is sent by address', async () => {
  const { send, url, shelf } = await stage();
  const document = [media({ url: url('/a.jpg') }, { url: url('/b.jpg') })];
  await send(reader(), document);
  for (const key of shelf.keys()) shelf.set(key, { id: 'AgACAgIAAxkDAAIgone', form: 'photo' });
  const chat = reader();
  expect(await send(chat, document)).toMatchObject({ status: 'sent' });
  expect(kinds(chat)).toEqual(['photo', 'photo']);
  expect([...shelf.values()].map(({ id }) => id)).not.toContain('AgACAgIAAxkDAAIgone');
});

test('a video keeps its cover, size and length, and survives a bad cover', async () => {
  const { send, url, unfetched } = await stage();
  const film = { kind: 'video', width: 1920, height: 1080, durationS: 29 } as const;
  await send(reader(), [media({ ...film, url: url('/a.mp4'), poster: url('/a.jpg') })]);
  expect(wire.telegram.calls[0]?.payload).toMatchObject({
    cover: url('/a.jpg'),
    width: 1920,
    height: 1080,
    duration: 29,
    supports_streaming: true,
  });
  const chat = reader();
  await send(chat, [media({ ...film, url: url('/b.mp4'), poster: unfetched('/b.jpg') })], 'k2');
  expect(kinds(chat)).toEqual(['video']);
  expect(methods()).toEqual(['sendVideo', 'sendVideo', 'sendVideo']);
});

test("an upload without a response isn't retried, but linked", async () => {
  const { send, unfetched } = await stage();
  const chat = reader();
  const document = [...documentOf('Salt'), media({ url: unfetched('/a.jpg') })];
  wire.telegram.fault({
    method: 'sendPhoto',
    when: (payload) => String(payload['photo']).startsWith('attach:'),
    effect: { kind: 'reset', when: 'before' },
  });
  expect(await send(chat, document)).toMatchObject({ status: 'retry', uncertain: true });
  expect(await send(chat, document)).toMatchObject({ status: 'sent' });
  expect(wire.said(chat)).toEqual(['Salt\n\nimage']);
});

test('an edit uses known file ids and uploads the rest', async () => {
  const { platform, send, url, unfetched } = await stage();
  const chat = reader();
  const sent = await send(chat, [...documentOf('Salt'), media({ url: url('/a.jpg') })]);
  const receipt = 'receipt' in sent ? sent.receipt : '';
  const edit = async (document: Document) => {
    const [body] = platform.render(ready(document), 'classic');
    return body && platform.edit(`telegram:${chat.id}`, receipt, body);
  };
  await edit([...documentOf('Pepper'), media({ url: url('/a.jpg') })]);
  expect(JSON.stringify(wire.telegram.calls.at(-1)?.payload)).not.toContain(url('/a.jpg'));
  const before = wire.telegram.messages(chat)[0]?.message.photo?.at(-1)?.file_id;
  await edit([paragraph(text('Pepper')), media({ url: unfetched('/b.jpg') })]);
  const [shown] = wire.telegram.messages(chat);
  expect(shown?.message.caption).toBe('Pepper');
  expect(shown?.message.photo?.at(-1)?.file_id).not.toBe(before);
});

test('only a lone picture has its description as caption', async () => {
  const { send, url } = await stage();
  const alt = 'A crane in fog';
  const chat = reader();
  await send(chat, [media({ url: url('/a.jpg'), alt })]);
  await send(chat, [...documentOf('Salt'), media({ url: url('/b.jpg'), alt })], 'k2');
  expect(wire.said(chat)).toEqual([alt, 'Salt']);
});
