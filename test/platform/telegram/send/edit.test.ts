import { expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { type Block, buttons, type Document } from '../../../../src/note/document.ts';
import { ready } from '../../../ready.fixture.ts';
import { documentOf, usePlatform } from '../platform.fixture.ts';

const wire = usePlatform();
const HOUR_MS = 3_600_000;
const gallery = (...names: readonly string[]): Block => ({
  type: 'media',
  items: names.map((name) => ({ kind: 'image', url: `https://media.example/${name}`, alternatives: [] })),
});

/** Sends a document to a new reader. */
async function posted(document: Document) {
  const chat = wire.telegram.person({ firstName: 'Wren' });
  const destination = `telegram:${chat.id}`;
  const [body] = wire.platform.render(ready(document), 'classic');
  const sent = await wire.platform.send(destination, body!, 'k');
  const receipt = 'receipt' in sent ? sent.receipt : '';
  return {
    chat,
    receipt,
    edit: (next: Document) =>
      wire.platform.edit(destination, receipt, wire.platform.render(ready(next), 'classic')[0]!),
    remove: () => wire.platform.remove(destination, receipt),
  };
}

test('a picture and its caption are edited in place', async () => {
  const { chat, receipt, edit } = await posted([...documentOf('old'), gallery('a.jpg')]);
  expect(await edit([...documentOf('new'), gallery('b.png')])).toEqual({ status: 'sent', receipt });
  expect(wire.said(chat)).toEqual(['new']);
  expect(wire.telegram.calls.at(-1)?.method).toBe('editMessageMedia');
});

test("if a picture can't be replaced, its caption is still edited", async () => {
  const { chat, edit } = await posted([...documentOf('old'), gallery('a.jpg')]);
  expect(await edit([...documentOf('new'), gallery('b.svg')])).toMatchObject({ status: 'sent' });
  expect(wire.said(chat)).toEqual(['new']);
});

test('a text gets a picture', async () => {
  const { chat, receipt, edit } = await posted(documentOf('old'));
  expect(await edit([...documentOf('new'), gallery('a.jpg')])).toEqual({ status: 'sent', receipt });
  expect(wire.telegram.messages(chat)[0]?.message).toMatchObject({
    caption: 'new',
    photo: [{ width: 90 }, { width: 1280 }],
  });
});

test('an impossible edit becomes a silent new message', async () => {
  const { chat, receipt, edit } = await posted([...documentOf('old'), gallery('a.jpg', 'b.jpg')]);
  const result = await edit(documentOf('new'));
  expect(result).toMatchObject({ status: 'sent' });
  expect(result).not.toMatchObject({ receipt });
  expect(wire.said(chat)).toEqual(['new']);
  const resent = wire.telegram.calls.find(({ method }) => method === 'sendMessage');
  expect(resent?.payload).toMatchObject({ disable_notification: true });
});

test('a message that somebody deleted stays deleted', async () => {
  const { chat, edit, remove } = await posted(documentOf('old'));
  await remove();
  expect(await edit(documentOf('new'))).toMatchObject({ status: 'sent' });
  expect(wire.said(chat)).toEqual([]);
});

test('deleting removes every item and can be repeated', async () => {
  const { chat, remove } = await posted([...documentOf('old'), gallery('a.jpg', 'b.jpg')]);
  expect(await remove()).toMatchObject({ status: 'sent' });
  expect(await remove()).toMatchObject({ status: 'sent' });
  expect(wire.said(chat)).toEqual([]);
});

test('after two days, a message is emptied instead', async () => {
  const open = buttons([{ label: 'Open', url: 'https://example.com/' }]);
  const old = await posted([...documentOf('old'), open]);
  const album = await posted([...documentOf('old'), gallery('a.jpg', 'b.jpg')]);
  wire.clock.nowMs += 49 * HOUR_MS;
  expect(await old.remove()).toMatchObject({ status: 'sent' });
  expect(await album.remove()).toMatchObject({ status: 'sent' });
  expect(wire.said(old.chat)).toEqual([en.platform.removed]);
  expect(wire.telegram.messages(old.chat)[0]?.message.reply_markup?.inline_keyboard ?? []).toEqual([]);
  expect(wire.said(album.chat)).toEqual([en.platform.removed, undefined]);
});

test("a message that can't be edited any more is left alone", async () => {
  const { chat, edit, remove } = await posted(documentOf('old'));
  const fixed = (method: string, what: string) =>
    wire.telegram.fault({
      method,
      effect: { kind: 'refuse', code: 400, description: `Bad Request: message can't be ${what}` },
    });
  fixed('editMessageText', 'edited');
  expect(await edit(documentOf('new'))).toMatchObject({ status: 'rejected' });
  expect(wire.said(chat)).toEqual(['old']);
  expect(await edit(documentOf('newer'))).toMatchObject({ status: 'sent' });
  // It can be neither deleted nor emptied, so there is nothing left to do.
  fixed('deleteMessages', 'deleted');
  fixed('editMessageText', 'edited');
  expect(await remove()).toMatchObject({ status: 'sent' });
  expect(wire.said(chat)).toEqual(['newer']);
});

test('an edit without changes counts as done', async () => {
  const picture = [...documentOf('same'), gallery('a.jpg')];
  for (const document of [documentOf('same'), picture]) {
    const { chat, receipt, edit } = await posted(document);
    expect(await edit(document)).toEqual({ status: 'sent', receipt });
    expect(wire.said(chat)).toEqual(['same']);
  }
});

test("a replacement isn't sent twice if the old message can't be deleted", async () => {
  const { chat, edit } = await posted([...documentOf('old'), gallery('a.jpg', 'b.jpg')]);
  wire.telegram.fault({ method: 'deleteMessages', effect: { kind: 'page', status: 502, body: '<html>' } });
  expect(await edit(documentOf('new'))).toMatchObject({ status: 'sent' });
  expect(wire.said(chat)).toEqual(['old', undefined, 'new']);
  expect(wire.logged.filter((line) => line.startsWith('message.delete_failed'))).toHaveLength(1);
});
