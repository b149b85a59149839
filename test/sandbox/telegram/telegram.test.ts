import { Bot } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeTelegram, startTelegram } from '../../../sandbox/telegram/telegram.ts';

let telegram: FakeTelegram;
let bot: Bot;
const running: Promise<void>[] = [];

beforeEach(async () => {
  telegram = await startTelegram();
  bot = new Bot(telegram.token, { client: { apiRoot: telegram.apiUrl } });
});

afterEach(async () => {
  await bot.stop();
  await Promise.all(running.splice(0));
  await telegram.stop();
});

/** Starts the real client and waits until it holds its first request open. */
async function poll(): Promise<void> {
  running.push(bot.start());
  await telegram.until(() => telegram.polling);
}

test('a command reaches the bot and its answer reaches the chat', async () => {
  bot.command('start', (ctx) =>
    ctx.reply(`Hello ${ctx.from?.first_name}, <b>${ctx.match}</b>`, { parse_mode: 'HTML' }),
  );
  await poll();
  const wren = telegram.person({ firstName: 'Wren' });
  telegram.say({ chat: wren, user: wren, text: '/start now' });
  const answer = await telegram.until(() => telegram.messages(wren).find(({ byBot }) => byBot));
  expect(answer.message).toMatchObject({
    text: 'Hello Wren, now',
    entities: [{ type: 'bold', offset: 12, length: 3 }],
    chat: { id: wren.id, type: 'private' },
  });
});

test('a pressed button is answered and its message edited', async () => {
  bot.on('callback_query:data', async (ctx) => {
    await ctx.answerCallbackQuery({ text: 'Turned', show_alert: true });
    await ctx.editMessageText(`Page ${ctx.callbackQuery.data}`);
  });
  await poll();
  const wren = telegram.person({ firstName: 'Wren' });
  const message = await bot.api.sendMessage(wren.id, 'Page 1', {
    reply_markup: { inline_keyboard: [[{ text: 'More', callback_data: '2' }]] },
  });
  const { answered, edited } = telegram.press({
    message,
    user: wren,
    data: '2',
  });
  expect(await answered).toMatchObject({ text: 'Turned', alert: true });
  expect(await edited).toMatchObject({ message_id: message.message_id, text: 'Page 2' });
  expect((await edited).reply_markup).toBeUndefined();
  expect(telegram.messages(wren)[0]?.history.map(({ text }) => text)).toEqual(['Page 1']);
});

test('a press is answered once, in time, and only where there is a button', async () => {
  const wren = telegram.person({ firstName: 'Wren' });
  const message = await bot.api.sendMessage(wren.id, 'Page 1', {
    reply_markup: { inline_keyboard: [[{ text: 'More', callback_data: '2' }]] },
  });
  expect(() => telegram.press({ message, user: wren, data: '3' })).toThrow('no such button');
  const { answered } = telegram.press({ message, user: wren, data: '2', inaccessible: true });
  const [update] = await bot.api.getUpdates();
  expect(update?.callback_query?.message).toEqual({
    chat: message.chat,
    message_id: message.message_id,
    date: 0,
  });
  const answer = () => bot.api.answerCallbackQuery(update?.callback_query?.id ?? '', { text: 'Here' });
  await answer();
  expect(await answered).toMatchObject({ text: 'Here', alert: false });
  await expect(answer()).rejects.toMatchObject({
    description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
  });
});

test('a rich message is unknown unless the server has learned it', async () => {
  const wren = telegram.person({ firstName: 'Wren' });
  await expect(bot.api.sendRichMessage(wren.id, { html: '<h1>Wrens</h1>' })).rejects.toMatchObject({
    error_code: 404,
  });
  const modern = await startTelegram({ richMessages: true });
  const owl = modern.person({ firstName: 'Owl' });
  const api = new Bot(modern.token, { client: { apiRoot: modern.apiUrl } }).api;
  await api.sendRichMessage(owl.id, { html: '<h1>Wrens</h1>' });
  expect(modern.messages(owl)[0]?.message.rich_message).toEqual({ html: '<h1>Wrens</h1>' });
  await modern.stop();
});
