import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { silentLog } from '../../../../src/lib/log.ts';
import { createMediaFetch } from '../../../../src/media/media-fetch.ts';
import { type Document, type Media, paragraph, text } from '../../../../src/note/document.ts';
import { mediaHost, png, testLookup } from '../../../media/media-host.fixture.ts';
import { bodyOf, messageText, receiptOf, startBot } from '../discord.fixture.ts';

const CREATE = 'POST /channels/:channel/messages';
const EDIT = 'PATCH /channels/:channel/messages/:message';
const invalid = { status: 400, code: 50035, message: 'Invalid Form Body' };
const words = paragraph(text('The port is quiet.'));

async function stage(answer: RequestListener = (_, response) => void response.end(png())) {
  const host = await mediaHost(answer);
  const media = createMediaFetch({ log: silentLog, lookup: testLookup, limits: { itemMs: 2_000 } });
  const picture = (path: string, more: Partial<Media> = {}): Media => ({
    kind: 'image',
    url: host.url(path),
    alternatives: [],
    ...more,
  });
  const document = (...items: readonly Media[]): Document => [words, { type: 'media', items }];
  return { ...(await startBot({ media })), asked: host.asked, picture, document };
}

const galleryOf = (message: { readonly components: unknown } | undefined): string =>
  JSON.stringify(message?.components);

test('pictures are sent as URLs, without a download', async () => {
  const { discord, platform, destination, picture, document, asked } = await stage();
  await platform.send(destination, bodyOf(platform, document(picture('/a.png'))), 'n1:0');
  expect(discord.requests.map(({ files }) => files)).toEqual([[]]);
  expect(asked).toEqual([]);
});

test('pictures with refused URLs are uploaded, with descriptions', async () => {
  const { discord, channel, platform, destination, picture, document } = await stage();
  discord.fault({ route: CREATE, effect: invalid });
  const items = [picture('/a.png', { alt: 'Cranes' }), picture('/b.png')];
  receiptOf(await platform.send(destination, bodyOf(platform, document(...items)), 'n1:0'));
  const [message] = discord.messages(channel);
  expect(message?.attachments.map(({ bytes }) => Buffer.from(bytes))).toEqual([png()]);
  expect(galleryOf(message)).toContain(message?.attachments[0]?.url);
  expect(galleryOf(message)).toContain('Cranes');
});

test('repeating a key does not duplicate an upload', async () => {
  const { discord, channel, platform, destination, picture, document } = await stage();
  const body = bodyOf(platform, document(picture('/a.png')));
  discord.fault({ route: CREATE, effect: invalid });
  const receipt = receiptOf(await platform.send(destination, body, 'n1:0'));
  discord.fault({ route: CREATE, effect: invalid });
  expect(receiptOf(await platform.send(destination, body, 'n1:0'))).toBe(receipt);
  expect(discord.requests.map(({ files }) => files.length)).toEqual([0, 1, 0, 1]);
  expect(discord.messages(channel)).toHaveLength(1);
});

test('pictures that we can’t download become links', async () => {
  const { discord, channel, platform, destination, picture, document } = await stage((request, response) => {
    if (request.url === '/a.png') response.end(png());
    else response.writeHead(404).end();
  });
  discord.fault({ route: CREATE, effect: invalid });
  const items = [picture('/a.png'), picture('/gone.png', { alt: 'The pier' })];
  receiptOf(await platform.send(destination, bodyOf(platform, document(...items)), 'n1:0'));
  const [message] = discord.messages(channel);
  expect(message?.attachments).toHaveLength(1);
  expect(message && messageText(message)).toContain('The pier');
});

test('files too large for Discord become links', async () => {
  const { discord, channel, platform, destination, picture, document } = await stage(
    (_, response) => void response.setHeader('content-length', 11 * 1024 * 1024).end(),
  );
  discord.fault({ route: CREATE, effect: invalid });
  const item = picture('/a.png');
  receiptOf(await platform.send(destination, bodyOf(platform, document(item)), 'n1:0'));
  const [message] = discord.messages(channel);
  expect(message?.attachments).toEqual([]);
  expect(message && messageText(message)).toContain(item.url);
});

test('refused uploads become links', async () => {
  const { discord, channel, platform, destination, picture, document, asked } = await stage();
  discord.fault({ route: CREATE, times: 2, effect: invalid });
  receiptOf(await platform.send(destination, bodyOf(platform, document(picture('/a.png'))), 'n1:0'));
  expect([discord.requests.length, asked.length]).toEqual([3, 1]);
  expect(discord.messages(channel)[0]?.attachments).toEqual([]);
});

test('other refusals upload nothing', async () => {
  const { discord, platform, destination, picture, document, asked } = await stage();
  const errors = {
    components: { 0: { components: { 0: { content: { _errors: [{ code: 'TOO_LONG' }] } } } } },
  };
  discord.fault({ route: CREATE, effect: { ...invalid, errors } });
  receiptOf(await platform.send(destination, bodyOf(platform, document(picture('/a.png'))), 'n1:0'));
  expect(asked).toEqual([]);
  const media = { components: { 0: { items: { 0: { media: { url: { _errors: [] } } } } } } };
  discord.fault({ route: CREATE, effect: { ...invalid, errors: media } });
  receiptOf(await platform.send(destination, bodyOf(platform, document(picture('/a.png'))), 'n2:0'));
  expect(asked).toEqual(['media.example/a.png']);
});

test('without Attach Files, pictures become links', async () => {
  const { discord, guild, channel, platform, destination, picture, document, asked } = await stage();
  const roles = [...guild.roles.values()];
  discord.world.setOverwrites(
    channel,
    roles.map((of) => ({ of, deny: ['AttachFiles'] })),
  );
  discord.fault({ route: CREATE, effect: invalid });
  const item = picture('/a.png');
  receiptOf(await platform.send(destination, bodyOf(platform, document(item)), 'n1:0'));
  const [message] = discord.messages(channel);
  expect(asked).toEqual(['media.example/a.png']);
  expect(message && messageText(message)).toContain(item.url);
});

test('forms without a gallery upload nothing', async () => {
  const { discord, platform, destination, picture, document, asked } = await stage();
  discord.fault({ route: CREATE, effect: invalid });
  const body = bodyOf(platform, document(picture('/a.png')), 'embed');
  receiptOf(await platform.send(destination, body, 'n1:0'));
  expect(asked).toEqual([]);
});

test('an unanswered upload is not repeated', async () => {
  const { discord, channel, platform, destination, picture, document } = await stage();
  const body = bodyOf(platform, document(picture('/a.png')));
  discord.fault({ route: CREATE, effect: invalid });
  discord.fault({ route: CREATE, effect: 'reset before' });
  expect(await platform.send(destination, body, 'n1:0')).toMatchObject({ status: 'retry', uncertain: true });
  discord.fault({ route: CREATE, effect: invalid });
  receiptOf(await platform.send(destination, body, 'n1:0'));
  expect(discord.messages(channel).map((message) => [message.attachments, messageText(message)])).toEqual([
    [[], expect.stringContaining('/a.png')],
  ]);
});

test('an edit can upload, and removes the old files', async () => {
  const { discord, channel, platform, destination, picture, document } = await stage((request, response) => {
    response.end(png(request.url === '/a.png' ? 10 : 20, 10));
  });
  discord.fault({ route: CREATE, effect: invalid });
  const send = bodyOf(platform, document(picture('/a.png')));
  const receipt = receiptOf(await platform.send(destination, send, 'n1:0'));
  discord.fault({ route: EDIT, effect: invalid });
  receiptOf(await platform.edit(destination, receipt, bodyOf(platform, document(picture('/b.png')))));
  const [message] = discord.messages(channel);
  expect(message?.attachments.map(({ bytes }) => Buffer.from(bytes))).toEqual([png(20, 10)]);
  expect(galleryOf(message)).toContain(message?.attachments[0]?.url);
  receiptOf(await platform.edit(destination, receipt, bodyOf(platform, [words])));
  expect(discord.messages(channel)[0]?.attachments).toEqual([]);
});
