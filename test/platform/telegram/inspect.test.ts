import { expect, test } from 'vitest';
import type { FakeTelegram } from '../../../sandbox/telegram/telegram.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { inspectTelegram } from '../../../src/platform/telegram/inspect.ts';
import { startTestTelegram } from './instance.fixture.ts';

const { missing, fixes } = en.telegram;

/** The chat as `TELEGRAM_CHATS` names it. */
type Setup = (telegram: FakeTelegram) => string;

const CHATS: readonly (readonly [string, Setup, string | undefined])[] = [
  ['a reader who tapped Start', (telegram) => `${telegram.person({ firstName: 'Wren' }).id}`, undefined],
  [
    'somebody who never did',
    (telegram) => `${telegram.person({ firstName: 'Wren', started: false }).id}`,
    fixes.notStarted,
  ],
  [
    'somebody who blocked it',
    (telegram) => {
      const reader = telegram.person({ firstName: 'Wren' });
      telegram.block(reader);
      return `${reader.id}`;
    },
    fixes.blocked,
  ],
  ['a chat that doesn’t exist', () => '-100999', fixes.notFound],
  [
    'a group with the bot',
    (telegram) => `${telegram.supergroup({ title: 'Quay', bot: 'member' }).id}`,
    undefined,
  ],
  [
    'a group without it',
    (telegram) => `@${telegram.supergroup({ title: 'Quay', username: 'quay_side' }).username}`,
    `Missing: ${missing.member}.`,
  ],
  [
    'a group where members may not write',
    (telegram) => {
      const chat = telegram.supergroup({ title: 'Quay', bot: 'member' });
      telegram.setPermissions(chat, { can_send_messages: false });
      return `${chat.id}`;
    },
    `Missing: ${missing.sendMessages}.`,
  ],
  [
    'the same, as an administrator',
    (telegram) => {
      const chat = telegram.supergroup({ title: 'Quay', bot: 'administrator' });
      telegram.setPermissions(chat, { can_send_messages: false });
      return `${chat.id}`;
    },
    undefined,
  ],
  ['a channel', (telegram) => `${telegram.channel({ title: 'Tides', bot: 'administrator' }).id}`, undefined],
  [
    'a channel without Post Messages',
    (telegram) =>
      `${telegram.channel({ title: 'Tides', bot: 'administrator', rights: { can_delete_messages: true } }).id}`,
    `Missing: ${missing.postMessages}.`,
  ],
  [
    'a topic',
    (telegram) => {
      const chat = telegram.supergroup({ title: 'Quay', forum: true, bot: 'member' });
      return `${chat.id}/${telegram.createTopic(chat, 'News')}`;
    },
    undefined,
  ],
  [
    'a closed topic',
    (telegram) => {
      const chat = telegram.supergroup({ title: 'Quay', forum: true, bot: 'member' });
      const topic = telegram.createTopic(chat, 'News');
      telegram.closeTopic(chat, topic);
      return `${chat.id}/${topic}`;
    },
    `Missing: ${missing.topicOpen}.`,
  ],
  [
    'a topic that was deleted',
    (telegram) => {
      const chat = telegram.supergroup({ title: 'Quay', forum: true, bot: 'member' });
      const topic = telegram.createTopic(chat, 'News');
      telegram.deleteTopic(chat, topic);
      return `${chat.id}/${topic}`;
    },
    `Missing: ${missing.topic}.`,
  ],
];

test.each(CHATS)('%s', async (_name, setUp, fix) => {
  const telegram = await startTestTelegram();
  const written = setUp(telegram);
  const [finding] = await inspectTelegram(telegram).destination(written);
  expect(finding).toMatchObject({ status: fix === undefined ? 'ok' : 'failed' });
  expect(finding?.fix).toBe(fix);
  // It looks, and posts nothing.
  expect(
    telegram.calls
      .map(({ method }) => method)
      .filter((method) => /^(?:send(?!ChatAction)|getUpdates)/u.test(method)),
  ).toEqual([]);
});

test('a channel whose deleted posts would stay', async () => {
  const telegram = await startTestTelegram();
  const rights = { can_post_messages: true };
  const channel = telegram.channel({ title: 'Tides', bot: 'administrator', rights });
  expect(await inspectTelegram(telegram).destination(`${channel.id}`)).toMatchObject([
    { status: 'warning', fix: expect.stringContaining('Delete Messages') },
  ]);
});

test('the account, a wrong token, and a server that doesn’t answer', async () => {
  const telegram = await startTestTelegram();
  const { token, apiUrl, bot } = telegram;
  expect(await inspectTelegram({ token, apiUrl }).account()).toMatchObject([
    { status: 'ok', message: expect.stringContaining(`@${bot.username}`) },
  ]);
  const wrong = token.replace(/.$/u, (last) => (last === 'x' ? 'y' : 'x'));
  expect(await inspectTelegram({ token: wrong, apiUrl }).account()).toMatchObject([
    { status: 'failed', message: 'the token was rejected' },
  ]);
  const [finding] = await inspectTelegram({ token, apiUrl: 'http://127.0.0.1:1' }).account();
  expect(finding).toMatchObject({ status: 'failed' });
  expect(JSON.stringify(finding)).not.toContain(token.split(':')[1]);
});
