import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeTelegram, startTelegram } from '../../../sandbox/telegram/telegram.ts';
import type { Message, User } from '../../../sandbox/telegram/world/api-types.ts';
import { call, result } from './call.fixture.ts';

let telegram: FakeTelegram;
let wren: User;

beforeEach(async () => {
  telegram = await startTelegram({ username: 'postrider_bot' });
  wren = telegram.person({ firstName: 'Wren', username: 'wren', language: 'fr' });
});
afterEach(() => telegram.stop());

type Update = Record<string, Record<string, unknown>>;
const updates = (allowed: readonly string[] = []) =>
  result<Update[]>(telegram, 'getUpdates', { allowed_updates: allowed });
const texts = async () =>
  (await updates()).map((update) => (update['message'] ?? update['channel_post'])?.['text']);

test('privacy mode lets commands, mentions and replies to the bot through, and nothing else', async () => {
  const { id: chat } = telegram.group({ title: 'Birds', bot: 'member', owner: wren });
  const own = await result<Message>(telegram, 'sendMessage', { chat_id: chat, text: 'I am here' });
  for (const text of [
    'hello',
    '/latest',
    '/latest@postrider_bot 3',
    '/latest@other_bot',
    'see @postrider_bot',
    'not /first',
  ])
    telegram.say({ chat, user: wren, text });
  telegram.say({ chat, user: wren, text: 'thanks', replyTo: own.message_id });
  expect(await texts()).toEqual(['/latest', '/latest@postrider_bot 3', 'see @postrider_bot', 'thanks']);
});

test('an administrator bot reads everything, and sees anonymous administrators as their group', async () => {
  const group = telegram.supergroup({ title: 'Birds', bot: 'administrator', owner: wren });
  telegram.setStatus(group, wren, 'administrator', { anonymous: true });
  telegram.say({ chat: group, user: wren, text: 'hello' });
  const [update] = await updates();
  expect(update?.['message']).toMatchObject({
    sender_chat: { id: group.id },
    from: { username: 'GroupAnonymousBot' },
  });
});

test('posts of a channel come without sender, edits as edits', async () => {
  const channel = telegram.channel({ title: 'News', bot: 'administrator' });
  const post = telegram.channelPost(channel, '/subscribe');
  telegram.editMessage(channel, post.message_id, '/unsubscribe');
  const [first, second] = await updates();
  expect(first?.['channel_post']).toMatchObject({ text: '/subscribe', sender_chat: { id: channel.id } });
  expect(first?.['channel_post']).not.toHaveProperty('from');
  expect(second?.['edited_channel_post']).toMatchObject({
    text: '/unsubscribe',
    message_id: post.message_id,
  });
});

test('the bot is told when it is added, promoted and thrown out', async () => {
  const channel = telegram.channel({ title: 'News', owner: wren });
  telegram.setStatus(channel, telegram.bot, 'administrator');
  telegram.setStatus(channel, telegram.bot, 'administrator', { rights: { can_post_messages: false } });
  telegram.setStatus(channel, telegram.bot, 'kicked');
  expect((await updates()).map((update) => update['my_chat_member'])).toMatchObject([
    {
      from: { id: wren.id },
      old_chat_member: { status: 'left' },
      new_chat_member: { status: 'administrator', can_post_messages: true, user: { id: telegram.bot.id } },
    },
    { new_chat_member: { status: 'administrator', can_post_messages: false } },
    { old_chat_member: { status: 'administrator' }, new_chat_member: { status: 'kicked', until_date: 0 } },
  ]);
});

test('a block looks like being thrown out of the private chat', async () => {
  telegram.block(wren);
  telegram.unblock(wren);
  expect((await updates()).map((update) => update['my_chat_member'])).toMatchObject([
    { chat: { id: wren.id, type: 'private' }, new_chat_member: { status: 'kicked' } },
    { old_chat_member: { status: 'kicked' }, new_chat_member: { status: 'member' } },
  ]);
});

test('other members are told of only on request', async () => {
  const group = telegram.supergroup({ title: 'Birds', bot: 'administrator', owner: wren });
  const owl = telegram.person({ firstName: 'Owl' });
  await updates(['chat_member']);
  telegram.setStatus(group, owl, 'member');
  expect((await updates()).map((update) => Object.keys(update)[1])).toEqual(['chat_member']);
});

test('a group that becomes a supergroup says so in both chats and refuses the old id', async () => {
  const group = telegram.group({ title: 'Birds', bot: 'member', owner: wren });
  const before = await result<Message>(telegram, 'sendMessage', { chat_id: group.id, text: 'before' });
  const fresh = telegram.migrate(group);
  expect((await updates()).map((update) => update['message'])).toMatchObject([
    { chat: { id: group.id }, migrate_to_chat_id: fresh.id },
    { chat: { id: fresh.id, type: 'supergroup' }, migrate_from_chat_id: group.id },
  ]);
  expect(await call(telegram, 'sendMessage', { chat_id: group.id, text: 'x' })).toEqual({
    ok: false,
    error_code: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: fresh.id },
  });
  await result(telegram, 'sendMessage', { chat_id: fresh.id, text: 'after' });
  const edit = { chat_id: group.id, message_id: before.message_id, text: 'still there' };
  expect(await result<Message>(telegram, 'editMessageText', edit)).toMatchObject({ text: 'still there' });
});

test('a message goes to an open topic; a closed one takes it from those only who manage topics', async () => {
  const forum = telegram.supergroup({ title: 'Birds', forum: true, bot: 'member', owner: wren });
  const topic = telegram.createTopic(forum, 'Wrens');
  const send = () =>
    call(telegram, 'sendMessage', { chat_id: forum.id, message_thread_id: topic, text: 'x' });
  expect((await send()).result).toMatchObject({ message_thread_id: topic, is_topic_message: true });
  telegram.closeTopic(forum, topic);
  expect((await send()).description).toBe('Bad Request: TOPIC_CLOSED');
  telegram.setStatus(forum, telegram.bot, 'administrator');
  expect((await send()).ok).toBe(true);
  telegram.deleteTopic(forum, topic);
  expect((await send()).description).toBe('Bad Request: message thread not found');
});

test('a member is shown with what it may do', async () => {
  const channel = telegram.channel({
    title: 'News',
    owner: wren,
    bot: 'administrator',
    rights: { can_post_messages: true },
  });
  const member = (user_id: number) => result(telegram, 'getChatMember', { chat_id: channel.id, user_id });
  expect(await member(telegram.bot.id)).toMatchObject({
    status: 'administrator',
    can_post_messages: true,
    can_edit_messages: false,
  });
  expect(await member(wren.id)).toMatchObject({ status: 'creator', is_anonymous: false });
  expect(await result(telegram, 'getChatAdministrators', { chat_id: channel.id })).toHaveLength(2);
  expect(await result(telegram, 'getChatMemberCount', { chat_id: channel.id })).toBe(2);
  expect((await call(telegram, 'getChatMember', { chat_id: channel.id, user_id: 99 })).description).toBe(
    'Bad Request: member not found',
  );
});

test('a public channel is found by name, and left', async () => {
  const channel = telegram.channel({ title: 'News', username: 'bird_news', bot: 'administrator' });
  expect(await result(telegram, 'getChat', { chat_id: '@Bird_News' })).toMatchObject({
    id: channel.id,
    type: 'channel',
  });
  await result(telegram, 'leaveChat', { chat_id: channel.id });
  expect((await call(telegram, 'sendMessage', { chat_id: channel.id, text: 'x' })).description).toBe(
    'Forbidden: bot is not a member of the channel chat',
  );
});

test('private chats and basic groups share one sequence of ids, supergroups have their own', async () => {
  const group = telegram.group({ title: 'Birds', bot: 'member' });
  const own = telegram.supergroup({ title: 'Birds', bot: 'member' });
  const send = async (chat_id: number) =>
    (await result<Message>(telegram, 'sendMessage', { chat_id, text: 'x' })).message_id;
  expect([
    await send(wren.id),
    await send(group.id),
    await send(own.id),
    await send(wren.id),
    await send(own.id),
  ]).toEqual([1, 2, 1, 3, 2]);
});
