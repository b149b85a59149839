import { describe, expect, test } from 'vitest';
import { type Block, type Document, heading, paragraph, text } from '../../../../src/note/document.ts';
import { ready } from '../../../ready.fixture.ts';
import { usePlatform } from '../platform.fixture.ts';

const wire = usePlatform();
const NAME = 'Mara Lindqvist';
const byline = (name = NAME): Block => ({ type: 'byline', name, url: 'https://n.example/mara' });
const words: Block = paragraph(text('Fog '), { type: 'strong', children: [text('until ten')] });
const pictures = (...names: readonly string[]): Block => ({
  type: 'media',
  items: names.map((name) => ({ kind: 'image', url: `https://media.example/${name}`, alternatives: [] })),
});

async function posted(chat: { readonly id: number }, document: Document) {
  const destination = `telegram:${chat.id}`;
  const receipts: string[] = [];
  for (const [part, body] of (await wire.platform.renderAsync(ready(document), 'classic')).entries()) {
    const sent = await wire.platform.send(destination, body, `k${part}`);
    receipts.push('receipt' in sent ? sent.receipt : JSON.stringify(sent));
  }
  return {
    receipts,
    edit: async (next: Document) =>
      wire.platform.edit(
        destination,
        receipts[0] ?? '',
        (await wire.platform.renderAsync(ready(next), 'classic'))[0]!,
      ),
  };
}

const reader = () => wire.telegram.person({ firstName: 'Wren' });
const channel = (title: string) => wire.telegram.channel({ title, owner: reader(), bot: 'administrator' });
const asked = () => wire.telegram.calls.filter(({ method }) => method === 'getChat').length;

test('a bot with another name gives the author in one bold line', async () => {
  const chat = reader();
  await posted(chat, [byline(), words]);
  expect(wire.telegram.messages(chat)[0]?.message).toMatchObject({
    text: `${NAME}\nFog until ten`,
    entities: [
      { type: 'bold', offset: 0, length: NAME.length },
      { type: 'bold', offset: NAME.length + 5, length: 9 },
    ],
  });
  expect(asked()).toBe(0);
});

test('a title is separated from the name', async () => {
  const chat = reader();
  await posted(chat, [byline(), heading(2, text('Fog')), words]);
  expect(wire.said(chat)).toEqual([`${NAME}\n\nFog\n\nFog until ten`]);
});

test('a bot with the author’s name does not', async () => {
  const chat = reader();
  await posted(chat, [byline('Postrider 📯'), words]);
  expect(wire.said(chat)).toEqual(['Fog until ten']);
});

describe('in a channel with the author’s name', () => {
  const titles = [NAME, 'MARA LINDQVIST ✨'];
  test.each(titles)('the text has no byline, and its entities are in place (“%s”)', async (title) => {
    const chat = channel(title);
    const { edit } = await posted(chat, [byline(), words]);
    const shown = { text: 'Fog until ten', entities: [{ type: 'bold', offset: 4, length: 9 }] };
    expect(wire.telegram.messages(chat)[0]?.message).toMatchObject(shown);
    expect(await edit([byline(), paragraph(text('Sun.'))])).toMatchObject({ status: 'sent' });
    expect(wire.said(chat)).toEqual(['Sun.']);
    // The title is requested once.
    expect(asked()).toBe(1);
  });

  test('titles, captions and pictures without text have no byline', async () => {
    const chat = channel(NAME);
    await posted(chat, [byline(), heading(2, text('Fog')), words]);
    await posted(chat, [byline(), words, pictures('a.jpg', 'b.jpg')]);
    await posted(chat, [byline(), pictures('c.jpg')]);
    expect(wire.said(chat)).toEqual(['Fog\n\nFog until ten', 'Fog until ten', undefined, undefined]);
  });
});

test('any other channel gets the byline, and edits keep it', async () => {
  const chat = channel('Harbour News');
  const { edit } = await posted(chat, [byline(), words]);
  expect(wire.said(chat)).toEqual([`${NAME}\nFog until ten`]);
  await edit([byline('Mara L.'), words]);
  expect(wire.said(chat)).toEqual(['Mara L.\nFog until ten']);
});

test('a channel whose title is unknown gets the byline', async () => {
  const chat = channel(NAME);
  wire.telegram.fault({ method: 'getChat', effect: { kind: 'reset', when: 'before' } });
  await posted(chat, [byline(), words]);
  expect(wire.said(chat)).toEqual([`${NAME}\nFog until ten`]);
});

test('only the first of several messages has the byline', async () => {
  const chat = reader();
  await posted(chat, [byline(), paragraph(text('The port is quiet. '.repeat(600)))]);
  const said = wire.said(chat);
  expect(said.length).toBeGreaterThan(1);
  expect(said.map((one) => one?.startsWith(`${NAME}\n`))).toEqual(said.map((_, index) => index === 0));
});

test.each(['@durov', '/start', '#tag', '\u202eevil', 'a\nb'])(
  'the name %j is neither a link nor a mention',
  async (name) => {
    const chat = reader();
    await posted(chat, [byline(name), words]);
    const { entities = [] } = wire.telegram.messages(chat)[0]?.message ?? {};
    expect(entities.map(({ type }) => type)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/mention|bot_command|url|text_link/u)]),
    );
    expect(wire.said(chat)[0]).toContain('Fog until ten');
    const own = channel(name);
    await posted(own, [byline(name), words]);
    expect(wire.said(own)[0]).toMatch(/^Fog until ten/u);
  },
);
