import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeTelegram, startTelegram } from '../../../sandbox/telegram/telegram.ts';
import type { User } from '../../../sandbox/telegram/world/api-types.ts';
import { call, result } from './call.fixture.ts';

let telegram: FakeTelegram;
let wren: User;
let nowMs: number;

beforeEach(async () => {
  nowMs = 1_700_000_000_000;
  telegram = await startTelegram({ now: () => nowMs });
  wren = telegram.person({ firstName: 'Wren' });
});
afterEach(() => telegram.stop());

const updates = () => result<Record<string, Record<string, unknown>>[]>(telegram, 'getUpdates');

test('an inline query is answered once, with texts as readers see them', async () => {
  const answer = telegram.inlineQuery({ user: wren, text: 'wren', offset: '5' });
  const [update] = await updates();
  expect(update?.['inline_query']).toMatchObject({ query: 'wren', offset: '5', from: { id: wren.id } });
  const content = { message_text: '<b>A</b> wren', parse_mode: 'HTML' };
  const payload = {
    inline_query_id: update?.['inline_query']?.['id'],
    results: [{ type: 'article', id: '1', title: 'Wren', input_message_content: content }],
    next_offset: '10',
  };
  await result(telegram, 'answerInlineQuery', payload);
  expect(await answer).toMatchObject({
    nextOffset: '10',
    cacheTime: 300,
    results: [{ input_message_content: { message_text: 'A wren' } }],
  });
  expect((await call(telegram, 'answerInlineQuery', payload)).ok).toBe(false);
});

/** Answers the inline query that waits; settles with what was asked. */
async function answerInline(more: object = {}): Promise<unknown> {
  const [update] = (await updates()).slice(-1);
  const { id, query } = update!['inline_query'] as { id: string; query: string };
  const content = { message_text: 'A wren', entities: [{ type: 'bold', offset: 0, length: 1 }] };
  const url = [[{ text: 'Open', url: 'https://wren.example/' }]];
  const results = [
    {
      type: 'article',
      id: '1',
      title: 'Wren',
      input_message_content: content,
      reply_markup: { inline_keyboard: url },
    },
  ];
  await result(telegram, 'answerInlineQuery', { inline_query_id: id, results, ...more });
  return query;
}

test('a result that is chosen is sent by whoever chose it, also where the bot is not', async () => {
  const answer = telegram.inlineQuery({ user: wren, text: 'wren' });
  await answerInline();
  const chat = telegram.supergroup({ title: 'Reeds', owner: wren });
  const [chosen] = (await answer).results;
  telegram.chooseResult({ user: wren, chat, result: chosen ?? {} });
  const [shown] = telegram.messages(chat).slice(-1);
  expect(shown).toMatchObject({
    byBot: false,
    message: {
      from: { id: wren.id },
      via_bot: { id: telegram.bot.id },
      text: 'A wren',
      entities: [{ type: 'bold' }],
      reply_markup: { inline_keyboard: [[{ text: 'Open' }]] },
    },
  });
});

test('an answer is kept as long as the bot lets it, for everybody or for one', async () => {
  const robin = telegram.person({ firstName: 'Robin' });
  const first = telegram.inlineQuery({ user: wren, text: 'wren' });
  await answerInline({ cache_time: 60 });
  expect(await telegram.inlineQuery({ user: robin, text: 'wren' })).toEqual(await first);

  const own = telegram.inlineQuery({ user: wren, text: 'own' });
  await answerInline({ cache_time: 60, is_personal: true });
  expect(await telegram.inlineQuery({ user: wren, text: 'own' })).toEqual(await own);
  const others = telegram.inlineQuery({ user: robin, text: 'own' });
  expect(await answerInline()).toBe('own');
  expect((await others).queryId).not.toBe((await own).queryId);

  nowMs += 61_000;
  const later = telegram.inlineQuery({ user: wren, text: 'wren' });
  await answerInline();
  expect((await later).queryId).not.toBe((await first).queryId);
});

test('of what is typed, 256 characters reach the bot', async () => {
  const answer = telegram.inlineQuery({ user: wren, text: '\u{1F426}'.repeat(300) });
  expect(await answerInline()).toBe('\u{1F426}'.repeat(256));
  await answer;
});

test('nobody can ask a bot inline that has it switched off', async () => {
  const other = await startTelegram({ inlineQueries: false });
  const user = other.person({ firstName: 'Wren' });
  await expect(other.inlineQuery({ user, text: '' })).rejects.toThrow('/setinline');
  await other.stop();
});

const article = { type: 'article', id: '1', title: 'x', input_message_content: { message_text: 'x' } };

test.each<[string, object, string]>([
  ['51 results', { results: Array.from({ length: 51 }, () => article) }, 'RESULTS_TOO_MUCH'],
  ['equal results', { results: [article, article] }, 'RESULT_ID_DUPLICATE'],
  ['a result without an id', { results: [{ ...article, id: '' }] }, 'RESULT_ID_INVALID'],
  ['a result with an id of 65 bytes', { results: [{ ...article, id: 'x'.repeat(65) }] }, 'RESULT_ID_INVALID'],
  [
    'a result without words to send',
    { results: [{ ...article, input_message_content: { message_text: '' } }] },
    "can't parse inline query result: message text is empty",
  ],
  ['a result with a blank title', { results: [{ ...article, title: ' ' }] }, 'ARTICLE_TITLE_EMPTY'],
  [
    'a thumbnail that is nowhere',
    { results: [{ ...article, thumbnail_url: 'nostr:x' }] },
    'WEBDOCUMENT_URL_INVALID',
  ],
  ['an offset of 65 bytes', { results: [], next_offset: 'x'.repeat(65) }, 'NEXT_OFFSET_INVALID'],
  [
    'a button that leads nowhere',
    { results: [], button: { text: 'More' } },
    'can\'t parse inline query results button: exactly one of the fields "web_app" and "start_parameter" must be used',
  ],
  [
    'a button with blanks in its parameter',
    { results: [], button: { text: 'More', start_parameter: 'a b' } },
    "can't parse inline query results button: START_PARAM_INVALID",
  ],
])('%s is refused', async (_, payload, problem) => {
  const reply = await call(telegram, 'answerInlineQuery', { inline_query_id: '1', ...payload });
  expect(reply).toEqual({ ok: false, error_code: 400, description: `Bad Request: ${problem}` });
});
