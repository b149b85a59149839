import { afterEach, beforeEach, expect, test } from 'vitest';
import { authorNamed } from '../../../../sandbox/relay/fake-author.ts';
import type { User } from '../../../../sandbox/telegram/world/api-types.ts';
import { RATE_LIMITS } from '../../../../src/command/rate-limits.ts';
import type { SharedNote } from '../../../../src/command/views/shared-notes.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { buttons, type Document, paragraph, text } from '../../../../src/note/document.ts';
import { eventToNote } from '../../../../src/note/event-to-note.ts';
import type { Note, VerifiedEvent } from '../../../../src/note/note.ts';
import { withBlocks } from '../../../../src/note/present/finish.ts';
import { postLink } from '../../../../src/platform/telegram/deep-links.ts';
import { toInlineResult } from '../../../../src/platform/telegram/render/inline-result.ts';
import { notes, type Program, startProgram } from '../../../contract/platform/program.fixture.ts';
import { testPresenter } from '../../../ready.fixture.ts';
import { usePlatform } from '../platform.fixture.ts';

const wire = usePlatform();
let program: Program;
let wren: User;
beforeEach(async () => {
  program = await startProgram();
  wren = wire.telegram.person({ firstName: 'Wren' });
});
afterEach(() => program.stop());

const titles = (results: readonly Readonly<Record<string, unknown>>[]) => results.map(({ title }) => title);

test('inline queries find posts to share in any chat', async () => {
  await wire.platform.start(program.host);
  const { results, cacheTime, isPersonal, nextOffset } = await wire.telegram.inlineQuery({
    user: wren,
    text: 'pier dawn',
  });
  expect(titles(results)).toEqual(['The pier at dawn']);
  expect([cacheTime, isPersonal, nextOffset]).toEqual([60, true, '']);
  const chat = wire.telegram.supergroup({ title: 'Elsewhere', owner: wren });
  wire.telegram.chooseResult({ user: wren, chat, result: results[0] ?? {} });
  expect(wire.telegram.messages(chat).at(-1)?.message).toMatchObject({
    text: 'Mara Lindqvist\nThe pier at dawn',
    via_bot: { id: wire.telegram.bot.id },
    link_preview_options: { url: 'https://media.example/pier.jpg', show_above_text: true },
    reply_markup: {
      inline_keyboard: [
        [{ text: en.note.open }],
        [
          {
            text: en.links.getPosts,
            url: postLink(wire.telegram.bot.username ?? '', String(results[0]?.['id'])),
          },
        ],
      ],
    },
  });
});

test('an empty query offers the newest posts', async () => {
  await wire.platform.start(program.host);
  const { results } = await wire.telegram.inlineQuery({ user: wren, text: '' });
  expect(results).toHaveLength(notes.length);
  expect(titles(results)[0]).toBe('Good night from the pier.');
  expect(results.map(({ id }) => id)).toEqual(notes.map(({ id }) => id));
});

test('further pages continue where the last one ended', async () => {
  const signer = authorNamed('Mara');
  const more = Array.from({ length: 30 }, (_, n) =>
    eventToNote(signer.note(`Ore ${n}`, { createdAt: 1_600_000_000 + n }) as VerifiedEvent),
  ) as readonly Note[];
  await program.store.journal.accept(more.map((note) => ({ note, news: false })));
  await wire.platform.start(program.host);
  const first = await wire.telegram.inlineQuery({ user: wren, text: 'ore' });
  expect(first.nextOffset).toBe('20');
  const second = await wire.telegram.inlineQuery({ user: wren, text: 'ore', offset: first.nextOffset });
  expect([second.results.length, second.nextOffset]).toEqual([10, '']);
  expect(new Set([...titles(first.results), ...titles(second.results)]).size).toBe(30);
});

test('any query is answered, also without results', async () => {
  await wire.platform.start(program.host);
  for (const words of ['unicorn', '"', '-', '#', 'before:nonsense', '…', '/latest', '🚢'.repeat(256)])
    expect((await wire.telegram.inlineQuery({ user: wren, text: words })).results).toEqual([]);
  expect(
    (await wire.telegram.inlineQuery({ user: wren, text: 'lithium', offset: 'x' })).results,
  ).toHaveLength(8);
});

test('refused results are offered again as plain text', async () => {
  await wire.platform.start(program.host);
  wire.telegram.fault({
    method: 'answerInlineQuery',
    effect: { kind: 'refuse', code: 400, description: 'Bad Request: WEBDOCUMENT_URL_INVALID' },
  });
  const { results } = await wire.telegram.inlineQuery({ user: wren, text: 'pier dawn' });
  expect(results[0]).not.toHaveProperty('thumbnail_url');
  expect(results[0]).toMatchObject({
    input_message_content: { message_text: 'Mara Lindqvist\nThe pier at dawn' },
  });
});

test("a query isn't answered again after a 429", async () => {
  await wire.platform.start(program.host);
  wire.telegram.fault({
    method: 'answerInlineQuery',
    effect: { kind: 'refuse', code: 429, description: 'Too Many Requests: retry after 7', retryAfter: 7 },
  });
  void wire.telegram.inlineQuery({ user: wren, text: 'pier' });
  await wire.telegram.inlineQuery({ user: wren, text: 'dawn' });
  const answers = wire.telegram.calls.filter(({ method }) => method === 'answerInlineQuery');
  expect(answers.map(({ status }) => status)).toEqual([429, 200]);
});

test("a query that fails or expires doesn't affect the next", async () => {
  let asked = 0;
  await wire.platform.start({
    ...program.host,
    async shareNotes(request) {
      asked += 1;
      if (asked === 1) throw new Error('The store is closed');
      return program.host.shareNotes(request);
    },
  });
  wire.telegram.fault({
    method: 'answerInlineQuery',
    effect: { kind: 'refuse', code: 400, description: 'Bad Request: query is too old' },
  });
  void wire.telegram.inlineQuery({ user: wren, text: 'not found' });
  void wire.telegram.inlineQuery({ user: wren, text: 'too late' });
  expect((await wire.telegram.inlineQuery({ user: wren, text: 'pier' })).results).toHaveLength(2);
  expect(wire.logged.filter((line) => line.includes('share.'))).toEqual([
    expect.stringContaining('share.lost'),
    expect.stringContaining('share.lost'),
  ]);
});

test('too many queries are ignored, for that user only', async () => {
  await wire.platform.start(program.host);
  const answers = () => wire.telegram.calls.filter(({ method }) => method === 'answerInlineQuery');
  for (let count = 0; count < RATE_LIMITS.inline.burst; count += 1)
    await wire.telegram.inlineQuery({ user: wren, text: `pier ${count}` });
  void wire.telegram.inlineQuery({ user: wren, text: 'one too many' });
  const other = wire.telegram.person({ firstName: 'Ada' });
  expect((await wire.telegram.inlineQuery({ user: other, text: 'pier' })).results).toHaveLength(2);
  expect(answers()).toHaveLength(RATE_LIMITS.inline.burst + 1);
  program.clock.nowMs += RATE_LIMITS.inline.everyMs;
  expect((await wire.telegram.inlineQuery({ user: wren, text: 'pier' })).results).toHaveLength(2);
});

const signer = authorNamed('Mara');
function shareOf(content: string, tags: readonly (readonly string[])[] = [], kind = 1): SharedNote {
  const note = eventToNote(signer.note(content, { tags, kind, createdAt: 1_741_000_000 }) as VerifiedEvent)!;
  return {
    id: note.id,
    date: '3 March 2025',
    headline: note.title ?? content.slice(0, 40),
    teaser: '',
    document: testPresenter().finishNote(note, {}),
  };
}
const contentOf = (share: SharedNote) =>
  toInlineResult(share, 'wren_bot', en).input_message_content as { message_text: string; entities: object[] };

test('a long post is one message with a summary and a link', () => {
  const share = shareOf(`The Long Watch\n\n${'The tide came in, and nobody had asked it to. '.repeat(300)}`);
  const { message_text } = contentOf(share);
  expect(message_text.length).toBeLessThan(900);
  expect(message_text).toMatch(/^The Long Watch\n[^]*…$/u);
  expect(toInlineResult(share, 'wren_bot', en).reply_markup?.inline_keyboard.flat()).toMatchObject([
    { text: en.note.readOn, url: share.document.fallback.readOn.url },
    { text: en.links.readInTelegram, url: postLink('wren_bot', share.id) },
  ]);
});

test('hidden content has no picture or thumbnail, only a spoiler', () => {
  const share = shareOf('The boat, afterwards\nhttps://media.example/wreck.jpg', [
    ['content-warning', 'a wreck'],
  ]);
  const result = toInlineResult(share, 'wren_bot', en);
  expect(result).not.toHaveProperty('thumbnail_url');
  expect(contentOf(share).entities).toContainEqual(expect.objectContaining({ type: 'spoiler' }));
  expect(result.input_message_content).toMatchObject({ link_preview_options: { is_disabled: true } });
});

test.each([
  ['a film', 'https://media.example/ferry.mp4', /video/u],
  ['two pictures', 'https://media.example/a.jpg\nhttps://media.example/b.jpg', /image/u],
])('%s: what has no place in a preview is a link', (_, content, expected) => {
  const { message_text, entities } = contentOf(shareOf(content));
  expect(message_text).toMatch(expected);
  expect(entities).toContainEqual(expect.objectContaining({ type: 'text_link' }));
});

test("a post that doesn't fit is sent as its headline", () => {
  const document: Document = [
    paragraph(text('x'.repeat(5_000))),
    buttons([{ label: 'Open', url: 'https://viewer.example/' }]),
  ];
  const { document: whole, ...share } = shareOf('A headline');
  expect(
    contentOf({ ...share, document: withBlocks(whole, document) }).message_text.length,
  ).toBeLessThanOrEqual(4_096);
});
