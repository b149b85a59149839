import { expect, test } from 'vitest';
import type { Chat } from '../../../../src/command/chat.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { silentLog } from '../../../../src/lib/log.ts';
import { createTelegram } from '../../../../src/platform/telegram/telegram.ts';
import { scriptedHost } from '../../scripted-host.fixture.ts';
import { documentOf, menu, usePlatform } from '../platform.fixture.ts';

const wire = usePlatform();
const until = <Value>(condition: () => Value) => wire.telegram.until(condition);
const { missing } = en.telegram;

/** The chat that the command comes from. */
async function placeOf(type: () => void): Promise<Chat> {
  await wire.start();
  type();
  return (await until(() => wire.asked[0])).chat;
}

test('a private chat lacks nothing', async () => {
  const user = wire.telegram.person({ firstName: 'Wren' });
  const place = await placeOf(() => wire.telegram.say({ chat: user, user, text: '/latest' }));
  expect(await place.missingPermissions()).toEqual([]);
});

test('a channel must let the bot post', async () => {
  const channel = wire.telegram.channel({ title: 'Salt', bot: 'administrator' });
  const place = await placeOf(() => wire.telegram.channelPost(channel, '/subscribe'));
  const { bot } = wire.telegram;
  expect(await place.missingPermissions()).toEqual([]);
  wire.telegram.setStatus(channel, bot, 'administrator', { rights: { can_post_messages: false } });
  expect(await place.missingPermissions()).toEqual([missing.postMessages]);
  wire.telegram.setStatus(channel, bot, 'kicked');
  expect(await place.missingPermissions()).toEqual([missing.member]);
});

test('a group must let the bot write, unless it is an administrator', async () => {
  const user = wire.telegram.person({ firstName: 'Wren' });
  const chat = wire.telegram.supergroup({ title: 'Salt', bot: 'member' });
  const place = await placeOf(() => wire.telegram.say({ chat, user, text: '/latest' }));
  expect(await place.missingPermissions()).toEqual([]);
  wire.telegram.setPermissions(chat, { can_send_messages: false });
  expect(await place.missingPermissions()).toEqual([missing.sendMessages]);
  wire.telegram.setStatus(chat, wire.telegram.bot, 'administrator');
  expect(await place.missingPermissions()).toEqual([]);
});

test('a topic must be open', async () => {
  const user = wire.telegram.person({ firstName: 'Wren' });
  const chat = wire.telegram.supergroup({ title: 'Salt', forum: true, bot: 'member' });
  const topic = wire.telegram.createTopic(chat, 'Notes');
  const place = await placeOf(() => wire.telegram.say({ chat, user, text: '/latest', topic }));
  expect(await place.missingPermissions()).toEqual([]);
  wire.telegram.closeTopic(chat, topic);
  expect(await place.missingPermissions()).toEqual([missing.topicOpen]);
  wire.telegram.deleteTopic(chat, topic);
  expect(await place.missingPermissions()).toEqual([missing.topic]);
});

test('the host is told about blocking, unblocking, adding and removing', async () => {
  await wire.start();
  const user = wire.telegram.person({ firstName: 'Wren' });
  const channel = wire.telegram.channel({ title: 'Salt', bot: 'administrator' });
  const { bot } = wire.telegram;
  wire.telegram.block(user);
  wire.telegram.unblock(user);
  wire.telegram.setStatus(channel, bot, 'administrator', { rights: { can_post_messages: false } });
  wire.telegram.setStatus(channel, bot, 'administrator', { rights: { can_post_messages: true } });
  wire.telegram.setStatus(channel, bot, 'left');
  await until(() => wire.told.length === 4);
  expect(wire.told.filter((event) => event.endsWith(String(user.id)))).toEqual([
    `left telegram:${user.id}`,
    `returned telegram:${user.id}`,
  ]);
  expect(wire.told.filter((event) => event.endsWith(String(channel.id)))).toEqual([
    `returned telegram:${channel.id}`,
    `left telegram:${channel.id}`,
  ]);
});

test('a migration is reported once', async () => {
  await wire.start();
  const user = wire.telegram.person({ firstName: 'Wren' });
  const group = wire.telegram.group({ title: 'Salt', bot: 'member' });
  const supergroup = wire.telegram.migrate(group);
  wire.telegram.say({ chat: supergroup, user, text: '/latest' });
  await until(() => wire.asked.length === 1);
  await wire.platform.stop();
  expect(wire.told.filter((event) => event.startsWith('moved'))).toEqual([
    `moved telegram:${group.id} telegram:${supergroup.id}`,
  ]);
});

test('menus are published per audience, and only if changed', async () => {
  await wire.start();
  const { commands } = wire.telegram;
  const readers = ['latest', 'help', 'subscribe', 'unsubscribe'];
  const names = (scope: string) =>
    (commands.menu(scope) ?? []).map(({ command }: { readonly command: string }) => command);
  expect(names('all_private_chats')).toEqual([...readers, 'status']);
  expect(names('all_group_chats')).toEqual(readers);
  expect(names('all_chat_administrators')).toEqual([...readers, 'status']);
  expect(commands.writes).toBe(6);
  await wire.platform.stop();
  const { token, apiUrl } = wire.telegram;
  const again = createTelegram({ token, apiUrl, log: silentLog });
  await again.start(scriptedHost({ menu, reply: () => ({ document: documentOf('Salt'), to: 'everyone' }) }));
  await again.stop();
  expect(commands.writes).toBe(6);
});

test('a private chat offers links that add the bot to other chats', async () => {
  const user = wire.telegram.person({ firstName: 'Wren' });
  const { inviteLinks } = await placeOf(() => wire.telegram.say({ chat: user, user, text: '/latest' }));
  expect(inviteLinks?.channel).toMatch(/\?startchannel&admin=post_messages\+delete_messages$/u);
  expect(inviteLinks?.group).toMatch(/\?startgroup&admin=delete_messages$/u);
});
