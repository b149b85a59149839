import { expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { DEFAULT_PREFERENCES } from '../../../../src/preferences/preferences.ts';
import { noteSaying } from '../../../delivery/delivery.fixture.ts';
import {
  botTexts,
  callsOf,
  destinationOf,
  type Instance,
  startInstance,
  startTestTelegram,
} from '../instance.fixture.ts';

const { fixes, hint } = en.telegram;

/** A channel and a forum with a topic, which get the notes; their owner has started the bot. */
async function harbour() {
  const telegram = await startTestTelegram();
  const instance = startInstance(telegram);
  const owner = telegram.person({ firstName: 'Ada' });
  const channel = telegram.channel({ title: 'Harbour', owner, bot: 'administrator' });
  const forum = telegram.supergroup({ title: 'Quay', owner, forum: true, bot: 'member' });
  const topic = telegram.createTopic(forum, 'Notes');
  const [inChannel, inTopic] = [destinationOf(channel), destinationOf(forum, topic)];
  for (const id of [inChannel, inTopic]) await instance.subscriptions.subscribe(id);
  return { telegram, instance, owner, channel, forum, topic, inChannel, inTopic };
}

async function suspended({ store }: Instance, destination: string): Promise<void> {
  await expect.poll(async () => (await store.destinations.get(destination))?.state).toBe('suspended');
}
const reasonOf = async ({ store }: Instance, destination: string) =>
  (await store.destinations.get(destination))?.reason;

test('a channel that revokes and restores the right to post loses nothing', async () => {
  const { telegram, instance, channel, inChannel } = await harbour();
  await instance.start();
  const { bot } = telegram;
  telegram.setStatus(channel, bot, 'administrator', { rights: { can_post_messages: false } });
  await instance.publish('one', 'two');
  await suspended(instance, inChannel);
  expect(await reasonOf(instance, inChannel)).toBe(fixes.rights);
  telegram.setStatus(channel, bot, 'administrator', { rights: { can_post_messages: true } });
  await telegram.until(() => botTexts(telegram, channel).length === 2);
  expect(botTexts(telegram, channel)).toEqual(['one', 'two']);
});

test('a muted group gets everything once members may write again', async () => {
  const { telegram, instance, forum, topic, inTopic } = await harbour();
  telegram.setPermissions(forum, { can_send_messages: false });
  await instance.publish('one', 'two');
  await suspended(instance, inTopic);
  expect(await reasonOf(instance, inTopic)).toBe(fixes.rights);
  telegram.setPermissions(forum, {});
  await instance.subscriptions.probe();
  await telegram.until(() => botTexts(telegram, forum).length === 2);
  const threads = telegram
    .messages(forum)
    .flatMap(({ byBot, message }) => (byBot ? [message.message_thread_id] : []));
  expect(threads).toEqual([topic, topic]);
});

test('missing rights everywhere close no chat for good', async () => {
  const { telegram, instance, channel, forum, inChannel, inTopic } = await harbour();
  const end = telegram.fault({
    method: 'sendMessage',
    times: Number.POSITIVE_INFINITY,
    effect: {
      kind: 'refuse',
      code: 400,
      description: 'Bad Request: not enough rights to send text messages to the chat',
    },
  });
  await instance.publish('one');
  for (const id of [inChannel, inTopic]) await suspended(instance, id);
  await instance.store.maintain(Date.now() + 365 * 86_400_000);
  await instance.subscriptions.probe();
  for (const id of [inChannel, inTopic]) await suspended(instance, id);
  end();
  await instance.subscriptions.probe();
  await telegram.until(() => botTexts(telegram, channel).length + botTexts(telegram, forum).length === 2);
  expect([botTexts(telegram, channel), botTexts(telegram, forum)]).toEqual([['one'], ['one']]);
});

test('a restricted chat is suspended, not removed', async () => {
  const { telegram, instance, channel, inChannel } = await harbour();
  telegram.fault({
    method: 'sendMessage',
    when: (fields) => fields['chat_id'] === String(channel.id),
    effect: { kind: 'refuse', code: 400, description: 'Bad Request: CHAT_RESTRICTED' },
  });
  await instance.publish('one');
  await suspended(instance, inChannel);
  expect(await reasonOf(instance, inChannel)).toBe(fixes.restricted);
  expect(callsOf(telegram, 'leaveChat')).toEqual([]);
  await instance.subscriptions.probe();
  await telegram.until(() => botTexts(telegram, channel).length === 1);
});

test('a closed topic is suspended alone and resumes when reopened', async () => {
  const { telegram, instance, channel, forum, topic, inTopic } = await harbour();
  await instance.start();
  telegram.closeTopic(forum, topic);
  await instance.publish('one');
  await suspended(instance, inTopic);
  expect(await reasonOf(instance, inTopic)).toBe(fixes.topicClosed);
  await telegram.until(() => botTexts(telegram, channel).length === 1);
  expect(botTexts(telegram, forum)).toEqual([]);
  telegram.reopenTopic(forum, topic);
  await telegram.until(() => botTexts(telegram, forum).length === 1);
  expect(telegram.messages(forum).find(({ byBot }) => byBot)?.message.message_thread_id).toBe(topic);
});

test('a deleted topic is suspended alone', async () => {
  const { telegram, instance, channel, forum, topic, inTopic } = await harbour();
  telegram.deleteTopic(forum, topic);
  await instance.publish('one');
  await suspended(instance, inTopic);
  expect(await reasonOf(instance, inTopic)).toBe(fixes.topicGone);
  await telegram.until(() => botTexts(telegram, channel).length === 1);
  expect(botTexts(telegram, forum)).toEqual([]);
});

test('whoever adds the bot without the right to post is told in private', async () => {
  const { telegram, instance, owner } = await harbour();
  await instance.start();
  const channel = telegram.channel({ title: 'News', owner });
  telegram.setStatus(channel, telegram.bot, 'administrator', { rights: { can_post_messages: false } });
  await telegram.until(() => botTexts(telegram, owner).length === 1);
  expect(botTexts(telegram, owner)).toEqual([hint.channel('News')]);
  expect(telegram.messages(owner).at(-1)?.message.reply_markup?.inline_keyboard).toEqual([
    [
      {
        text: hint.grant,
        url: 'https://t.me/postrider_bot?startchannel&admin=post_messages+delete_messages',
      },
    ],
  ]);
  expect(botTexts(telegram, channel)).toEqual([]);
});

test('whoever mutes the bot is told in private how to undo it', async () => {
  const { telegram, instance, owner, forum } = await harbour();
  await instance.start();
  telegram.setStatus(forum, telegram.bot, 'restricted', { rights: { can_send_messages: false } });
  await telegram.until(() => botTexts(telegram, owner).length === 1);
  expect(botTexts(telegram, owner)).toEqual([hint.group('Quay')]);
  // Once per lost permission.
  telegram.setStatus(forum, telegram.bot, 'restricted', {
    rights: { can_send_messages: false, can_send_polls: true },
  });
  telegram.say({ chat: owner, user: owner, text: '/latest' });
  await telegram.until(() => botTexts(telegram, owner).length === 2);
  expect(botTexts(telegram, owner).slice(1)).toEqual(['Salt']);
});

test("users who never started the bot aren't written to", async () => {
  const { telegram, instance, owner } = await harbour();
  await instance.start();
  const stranger = telegram.person({ firstName: 'Rook', started: false });
  const channel = telegram.channel({ title: 'News', owner: stranger });
  telegram.setStatus(channel, telegram.bot, 'administrator', { rights: { can_post_messages: false } });
  telegram.say({ chat: owner, user: owner, text: '/latest' });
  await telegram.until(() => botTexts(telegram, owner).length === 1);
  await expect.poll(() => instance.lines('dm.failed')).toHaveLength(1);
});

test('posts go to the topic chosen for their type, and are deleted there', async () => {
  const { telegram, instance, forum, topic, inTopic } = await harbour();
  const { store, subscriptions } = instance;
  await subscriptions.unsubscribe(inTopic);
  await subscriptions.subscribe(destinationOf(forum));
  await store.destinations.setPreferences(destinationOf(forum), {
    ...DEFAULT_PREFERENCES,
    topics: { note: String(topic) },
  });
  const note = noteSaying('Salt');
  await instance.publish(note);
  await telegram.until(() => botTexts(telegram, forum).length === 1);
  const [shown] = telegram.messages(forum).filter(({ byBot }) => byBot);
  expect(shown?.message.message_thread_id).toBe(topic);
  await store.journal.delete({ id: 'd'.repeat(64), createdAt: 2_000_000_000, ids: [note.id], addresses: [] });
  await instance.publish();
  await telegram.until(() => botTexts(telegram, forum).length === 0);
  expect(botTexts(telegram, forum)).toEqual([]);
});

test('the subscriber is told once, in private, what blocks posts', async () => {
  const { telegram, instance, owner, forum, topic, inTopic } = await harbour();
  await instance.subscriptions.unsubscribe(inTopic);
  await instance.subscriptions.subscribe(inTopic, `telegram:${owner.id}`);
  await instance.start();
  telegram.say({ chat: owner, user: owner, text: '/start' });
  const notices = () => botTexts(telegram, owner).filter((words) => words?.includes(fixes.topicClosed));
  telegram.closeTopic(forum, topic);
  await instance.publish('one');
  await telegram.until(() => notices().length === 1);
  expect(notices()[0]).toContain('“Quay”');
  await suspended(instance, inTopic);
  await instance.subscriptions.probe();
  await suspended(instance, inTopic);
  expect(notices()).toHaveLength(1);
});

test('whoever adds the bot with rights is told what to do next', async () => {
  const { telegram, instance, owner } = await harbour();
  await instance.start();
  const group = telegram.supergroup({ title: 'Salt', owner });
  telegram.setStatus(group, telegram.bot, 'administrator');
  await telegram.until(() => botTexts(telegram, owner).length === 1);
  expect(botTexts(telegram, owner)).toEqual([`${hint.joined('Salt')}/subscribe`]);
  expect(botTexts(telegram, group)).toEqual([]);
});
