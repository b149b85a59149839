import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeTelegram, startTelegram } from '../../../sandbox/telegram/telegram.ts';
import type { Chat, Message, User } from '../../../sandbox/telegram/world/api-types.ts';
import { call, result } from './call.fixture.ts';

let telegram: FakeTelegram;
let wren: User;
let group: Chat;
let channel: Chat;
let nowMs = 1_700_000_000_000;

beforeAll(async () => {
  telegram = await startTelegram({ now: () => nowMs });
  wren = telegram.person({ firstName: 'Wren' });
  group = telegram.supergroup({ title: 'Birds', bot: 'member', owner: wren });
  channel = telegram.channel({
    title: 'Bird news',
    username: 'bird_news',
    bot: 'administrator',
    owner: wren,
  });
});
afterAll(() => telegram.stop());

test.each<[string, () => number | string, number, string]>([
  ['no chat', () => '', 400, 'Bad Request: chat_id is empty'],
  ['a chat that nobody made', () => 12345, 400, 'Bad Request: chat not found'],
  ['a name that nobody has', () => '@nobody_here', 400, 'Bad Request: chat not found'],
  [
    'somebody who never pressed Start',
    () => telegram.person({ firstName: 'Owl', started: false }).id,
    403,
    "Forbidden: bot can't initiate conversation with a user",
  ],
  ['somebody who blocked the bot', () => gone('block'), 403, 'Forbidden: bot was blocked by the user'],
  ['a deleted account', () => gone('deactivate'), 403, 'Forbidden: user is deactivated'],
  [
    'a group that threw the bot out',
    () => telegram.group({ title: 'x', bot: 'kicked' }).id,
    403,
    'Forbidden: bot was kicked from the group chat',
  ],
  [
    'a supergroup that threw the bot out',
    () => telegram.supergroup({ title: 'x', bot: 'kicked' }).id,
    403,
    'Forbidden: bot was kicked from the supergroup chat',
  ],
  [
    'a channel that threw the bot out',
    () => telegram.channel({ title: 'x', bot: 'kicked' }).id,
    403,
    'Forbidden: bot was kicked from the channel chat',
  ],
  [
    'a group the bot is not in',
    () => telegram.group({ title: 'x' }).id,
    403,
    'Forbidden: bot is not a member of the group chat',
  ],
  [
    'a channel the bot is not in',
    () => telegram.channel({ title: 'x' }).id,
    403,
    'Forbidden: bot is not a member of the channel chat',
  ],
  [
    'a channel where the bot may not post',
    () => telegram.channel({ title: 'x', bot: 'administrator', rights: { can_post_messages: false } }).id,
    400,
    'Bad Request: need administrator rights in the channel chat',
  ],
  [
    'a group where nobody may write',
    () => silent(),
    400,
    'Bad Request: not enough rights to send text messages to the chat',
  ],
  [
    'a group that restricts the bot',
    () => telegram.supergroup({ title: 'x', bot: 'restricted' }).id,
    400,
    'Bad Request: not enough rights to send text messages to the chat',
  ],
  ['a frozen group', () => frozen(), 400, 'Bad Request: CHAT_WRITE_FORBIDDEN'],
  ['a deleted group', () => deleted(), 403, 'Forbidden: the group chat was deleted'],
])('a message to %s is refused', async (_, chat, error_code, description) => {
  expect(await call(telegram, 'sendMessage', { chat_id: chat(), text: 'x' })).toEqual({
    ok: false,
    error_code,
    description,
  });
});

function gone(how: 'block' | 'deactivate'): number {
  const owl = telegram.person({ firstName: 'Owl' });
  telegram[how](owl);
  return owl.id;
}

function silent(): number {
  const { id } = telegram.supergroup({ title: 'x', bot: 'member' });
  telegram.setPermissions(id, { can_send_messages: false });
  return id;
}

function frozen(): number {
  const { id } = telegram.supergroup({ title: 'x', bot: 'member' });
  telegram.forbidWriting(id, true);
  return id;
}

function deleted(): number {
  const { id } = telegram.group({ title: 'x', bot: 'member' });
  telegram.deleteChat(id);
  return id;
}

test('a reply to nothing goes out without the reply where the caller allows it', async () => {
  const reply_parameters = { message_id: 999, allow_sending_without_reply: true };
  const message = await result<Message>(telegram, 'sendMessage', {
    chat_id: wren.id,
    text: 'x',
    reply_parameters,
  });
  expect(message.reply_to_message).toBeUndefined();
});

test('an edit that changes nothing is refused, also the second time', async () => {
  const { message_id } = await result<Message>(telegram, 'sendMessage', { chat_id: wren.id, text: 'one' });
  const edit = { chat_id: wren.id, message_id, text: 'two' };
  await result(telegram, 'editMessageText', edit);
  expect((await call(telegram, 'editMessageText', edit)).description).toBe(
    'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
  );
});

test('what others said cannot be edited, and text has no caption', async () => {
  const said = telegram.say({ chat: wren, user: wren, text: 'hello' });
  const own = await result<Message>(telegram, 'sendMessage', { chat_id: wren.id, text: 'one' });
  const edit = (method: string, message: Message, more: object) =>
    call(telegram, method, { chat_id: wren.id, message_id: message.message_id, ...more });
  expect((await edit('editMessageText', said, { text: 'x' })).description).toBe(
    "Bad Request: message can't be edited",
  );
  expect((await edit('editMessageCaption', own, { caption: 'x' })).description).toBe(
    'Bad Request: there is no caption in the message to edit',
  );
});

test.each<[string, () => number, string]>([
  ['a private chat', () => wren.id, "Bad Request: message can't be deleted for everyone"],
  ['a supergroup', () => group.id, "Bad Request: message can't be deleted"],
  ['a channel', () => channel.id, "Bad Request: message can't be deleted"],
])('in %s a message can be deleted for 48 hours', async (_, chat, description) => {
  const chat_id = chat();
  const [young, old] = [
    await result<Message>(telegram, 'sendMessage', { chat_id, text: 'young' }),
    await result<Message>(telegram, 'sendMessage', { chat_id, text: 'old' }),
  ];
  nowMs += 48 * 3_600_000 - 1000;
  expect(await call(telegram, 'deleteMessage', { chat_id, message_id: young.message_id })).toEqual({
    ok: true,
    result: true,
  });
  nowMs += 1000;
  expect((await call(telegram, 'deleteMessage', { chat_id, message_id: old.message_id })).description).toBe(
    description,
  );
});

test('what others said can be deleted by an admin only: in a supergroup with the right to, in a basic group without', async () => {
  const other = { can_delete_messages: false };
  const deletes = async (kind: 'group' | 'supergroup', bot: 'member' | 'administrator', rights: object) => {
    const chat = telegram[kind]({ title: 'Eggs', bot, owner: wren, rights: { ...rights } });
    const { message_id } = telegram.say({ chat, user: wren, text: '/settings' });
    return (await call(telegram, 'deleteMessage', { chat_id: chat.id, message_id })).ok;
  };
  expect(await deletes('supergroup', 'administrator', { can_delete_messages: true })).toBe(true);
  expect(await deletes('supergroup', 'administrator', other)).toBe(false);
  expect(await deletes('supergroup', 'member', {})).toBe(false);
  expect(await deletes('group', 'administrator', other)).toBe(true);
  expect(await deletes('group', 'member', {})).toBe(false);
});

test('that a topic was made can be deleted by nobody', async () => {
  const forum = telegram.supergroup({ title: 'Nests', forum: true, bot: 'administrator', owner: wren });
  const message_id = telegram.createTopic(forum, 'Twigs');
  expect(
    (await call(telegram, 'deleteMessages', { chat_id: forum.id, message_ids: [message_id] })).description,
  ).toBe("Bad Request: message can't be deleted");
});
