import { expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { silentLog } from '../../../../src/lib/log.ts';
import { buttons, callback } from '../../../../src/note/document.ts';
import { createTelegram } from '../../../../src/platform/telegram/telegram.ts';
import { scriptedHost } from '../../scripted-host.fixture.ts';
import { documentOf, usePlatform } from '../platform.fixture.ts';

const wire = usePlatform();
const wren = () => wire.telegram.person({ firstName: 'Wren', language: 'de' });
const until = <Value>(condition: () => Value) => wire.telegram.until(condition);
const calls = (method: string) => wire.telegram.calls.filter((call) => call.method === method);

test('Start subscribes in private and stop ends it, in the reader’s language', async () => {
  await wire.start();
  const user = wren();
  wire.telegram.say({ chat: user, user, text: '/start payload' });
  wire.telegram.say({ chat: user, user, text: '/stop' });
  await until(() => wire.said(user).length === 2);
  expect(wire.asked).toMatchObject([
    {
      platform: 'telegram',
      command: 'subscribe',
      input: { line: '' },
      user: { id: `telegram:${user.id}`, isManager: true, language: 'de' },
      chat: { destination: `telegram:${user.id}`, kind: 'private', subscribable: true },
    },
    { command: 'unsubscribe' },
  ]);
});

test('plain text is a search in private chats only', async () => {
  await wire.start();
  const user = wren();
  const chat = wire.telegram.supergroup({ title: 'Salt', bot: 'administrator' });
  wire.telegram.say({ chat, user, text: 'rare earth' });
  wire.telegram.say({ chat: user, user, text: '/not-a-command' });
  wire.telegram.say({ chat: user, user, text: ' "rare earth" -gold\nafter:2025 ' });
  await until(() => wire.said(user).length === 1);
  expect(wire.asked).toMatchObject([
    { command: 'search', input: { line: '"rare earth" -gold\nafter:2025' }, chat: { kind: 'private' } },
  ]);
});

test("a shared inline result isn't taken for a search", async () => {
  await wire.start();
  const user = wren();
  const content = { message_text: 'A post', entities: [] };
  wire.telegram.chooseResult({ user, chat: user, result: { input_message_content: content } });
  wire.telegram.say({ chat: user, user, text: 'lithium' });
  await until(() => wire.said(user).length === 1);
  expect(wire.asked).toMatchObject([{ input: { line: 'lithium' } }]);
});

test('in a group, an answer quotes the command, and other bots’ commands are ignored', async () => {
  await wire.start();
  const user = wren();
  const chat = wire.telegram.supergroup({ title: 'Salt', bot: 'administrator' });
  wire.telegram.say({ chat, user, text: '/latest@other_bot' });
  wire.telegram.say({ chat, user, text: '/roll 3' });
  wire.telegram.say({ chat, user, text: 'not /latest' });
  const asked = wire.telegram.say({ chat, user, text: '/LATEST@Postrider_Bot  rare earth\n5 ' });
  const answer = await until(() => wire.telegram.messages(chat).find(({ byBot }) => byBot));
  expect(answer.message.reply_to_message?.message_id).toBe(asked.message_id);
  expect(wire.asked).toMatchObject([
    {
      command: 'latest',
      input: { line: 'rare earth\n5' },
      user: { isManager: false },
      chat: { kind: 'group' },
    },
  ]);
});

test('administrators and anonymous administrators manage a group', async () => {
  await wire.start();
  const [owner, hidden, member] = [wren(), wren(), wren()];
  const chat = wire.telegram.supergroup({ title: 'Salt', bot: 'member', owner });
  wire.telegram.setStatus(chat, hidden, 'administrator', { anonymous: true });
  for (const user of [owner, hidden, member]) wire.telegram.say({ chat, user, text: '/status' });
  await until(() => wire.asked.length === 3);
  expect(wire.asked.map(({ user: asker }) => asker.isManager)).toEqual([true, true, false]);
});

test('commands in a channel come from a manager', async () => {
  await wire.start();
  const channel = wire.telegram.channel({ title: 'Salt', bot: 'administrator' });
  wire.telegram.channelPost(channel, '/subscribe');
  await until(() => wire.said(channel).length === 1);
  expect(wire.asked).toMatchObject([
    { command: 'subscribe', user: { isManager: true, language: 'en' }, chat: { kind: 'channel' } },
  ]);
});

test('in a channel, only managers can use buttons', async () => {
  await wire.start();
  const owner = wire.telegram.person({ firstName: 'Ada' });
  const channel = wire.telegram.channel({ title: 'Salt', owner, bot: 'administrator' });
  wire.answer = () => [
    ...documentOf('Salt'),
    buttons([{ label: 'More', callback: callback('latest'), responseMode: 'add' }]),
  ];
  wire.telegram.channelPost(channel, '/latest');
  const { message } = await until(() => wire.telegram.messages(channel).find(({ byBot }) => byBot));
  const refused = await wire.telegram.press({ message, user: wren(), data: '2alatest' }).answered;
  expect(refused).toMatchObject({ text: en.telegram.notInChannels, alert: true });
  expect(wire.said(channel)).toHaveLength(1);
  wire.telegram.press({ message, user: owner, data: '2alatest' });
  await until(() => wire.said(channel).length === 2);
  expect(wire.asked).toHaveLength(2);
});

test('in a group, only managers can use setup buttons', async () => {
  await wire.start();
  const [owner, member] = [wire.telegram.person({ firstName: 'Ada' }), wren()];
  const chat = wire.telegram.supergroup({ title: 'Salt', owner, bot: 'administrator' });
  const turn = buttons([{ label: 'On', callback: callback('status'), responseMode: 'replace' }]);
  wire.answer = () => [...documentOf(`Salt ${wire.asked.length}`), turn];
  wire.telegram.say({ chat, user: owner, text: '/status' });
  const { message } = await until(() => wire.telegram.messages(chat).find(({ byBot }) => byBot));
  const refused = await wire.telegram.press({ message, user: member, data: '2rstatus' }).answered;
  expect(refused).toMatchObject({ text: en.byPlatform.telegram.managersOnly, alert: true });
  wire.telegram.press({ message, user: owner, data: '2rstatus' });
  await until(() => wire.said(chat)[0] === 'Salt 2');
  expect(wire.said(chat)).toHaveLength(1);
});

test('a topic is a destination of its own', async () => {
  await wire.start();
  const user = wren();
  const chat = wire.telegram.supergroup({ title: 'Salt', forum: true, bot: 'member' });
  const topic = wire.telegram.createTopic(chat, 'Notes');
  wire.telegram.say({ chat, user, text: '/latest', topic });
  const answer = await until(() => wire.telegram.messages(chat).find(({ byBot }) => byBot));
  expect(answer.message.message_thread_id).toBe(topic);
  expect(wire.asked[0]?.chat.destination).toBe(`telegram:${chat.id}/${topic}`);
});

test('a button that changes nothing adds no message', async () => {
  await wire.start();
  const user = wren();
  wire.answer = () => [
    ...documentOf('same'),
    buttons([{ label: 'Again', callback: callback('latest'), responseMode: 'replace' }]),
  ];
  wire.telegram.say({ chat: user, user, text: '/latest' });
  const message = (await until(() => wire.telegram.messages(user).find(({ byBot }) => byBot))).message;
  wire.telegram.press({ message, user, data: '2rlatest' });
  await until(() => calls('editMessageText').length === 1);
  await wire.platform.stop();
  expect(wire.said(user)).toEqual(['same']);
});

test('a slow answer shows typing and delays nobody else', async () => {
  await wire.start();
  const [slow, quick] = [wren(), wren()];
  const { promise, resolve } = Promise.withResolvers<void>();
  wire.answer = async ({ user: asker, input }) => {
    if (asker.id === `telegram:${slow.id}`) await promise;
    return documentOf(`answer ${'line' in input ? input.line : ''}`);
  };
  wire.telegram.say({ chat: slow, user: slow, text: '/latest 1' });
  wire.telegram.say({ chat: slow, user: slow, text: '/latest 2' });
  wire.telegram.say({ chat: quick, user: quick, text: '/latest 3' });
  await until(() => wire.said(quick).length === 1);
  await until(() => calls('sendChatAction').some(({ payload }) => payload['chat_id'] === slow.id));
  expect(wire.said(slow)).toEqual([]);
  resolve();
  await until(() => wire.said(slow).length === 2);
  expect(wire.said(slow)).toEqual(['answer 1', 'answer 2']);
});

test('an answer waits out a short limit once', async () => {
  await wire.start();
  const user = wren();
  const limit = {
    kind: 'refuse',
    code: 429,
    description: 'Too Many Requests: retry after 2',
    retryAfter: 2,
  } as const;
  wire.telegram.fault({ method: 'sendMessage', effect: limit });
  wire.telegram.say({ chat: user, user, text: '/latest' });
  await until(() => wire.said(user).length === 1);
  expect(wire.pauses).toEqual([2_000]);
});

test('stopping finishes open updates, and none is answered twice', async () => {
  await wire.start();
  const user = wren();
  const { promise, resolve } = Promise.withResolvers<void>();
  wire.answer = async () => {
    await promise;
    return documentOf('late');
  };
  wire.telegram.say({ chat: user, user, text: '/latest' });
  await until(() => wire.asked.length === 1);
  const stopped = wire.platform.stop();
  resolve();
  await stopped;
  expect(wire.said(user)).toEqual(['late']);
  const { token, apiUrl } = wire.telegram;
  const again = createTelegram({ token, apiUrl, log: silentLog });
  const twice: string[] = [];
  await again.start(
    scriptedHost({
      menu: [],
      reply({ command }) {
        twice.push(command);
        return { document: documentOf(command), to: 'everyone' };
      },
    }),
  );
  await until(() => wire.telegram.polling);
  wire.telegram.say({ chat: user, user, text: '/help' });
  await until(() => wire.said(user).length === 2);
  await again.stop();
  expect(twice).toEqual(['help']);
});

test('login is retried while Telegram can’t be reached', async () => {
  wire.telegram.fault({ method: 'getMe', times: 3, effect: { kind: 'reset', when: 'before' } });
  expect(wire.platform.error()).toBe('not logged in yet');
  await wire.start();
  expect(wire.pauses).toEqual([1_000, 2_000, 4_000]);
  expect(wire.platform.error()).toBeUndefined();
});

test('a webhook is removed, and pending updates are answered', async () => {
  const { apiUrl, token } = wire.telegram;
  const user = wren();
  await fetch(`${apiUrl}/bot${token}/setWebhook?url=https://hook.example/`);
  wire.telegram.say({ chat: user, user, text: '/latest' });
  await wire.start();
  await until(() => wire.said(user).length === 1);
  expect(calls('deleteWebhook')).toHaveLength(1);
});

test('a webhook set later is removed, and its updates are answered', async () => {
  await wire.start();
  const { apiUrl, token } = wire.telegram;
  await fetch(`${apiUrl}/bot${token}/setWebhook?url=https://hook.example/`);
  const user = wren();
  wire.telegram.say({ chat: user, user, text: '/latest' });
  await until(() => wire.said(user).length === 1);
  expect(wire.logged.filter((line) => line.startsWith('webhook.removed'))).toHaveLength(1);
  expect(wire.platform.error()).toBeUndefined();
});

test('the log never contains the token', async () => {
  wire.telegram.fault({ method: 'getMe', times: 2, effect: { kind: 'reset', when: 'before' } });
  await wire.start();
  await wire.telegram.stop();
  await wire.platform.stop();
  expect(wire.logged.join('\n')).not.toContain(wire.telegram.token.split(':')[1]);
});
