import type { Message, Update } from 'grammy/types';
import { expect, test } from 'vitest';
import { parseUpdate } from '../../../../src/platform/telegram/updates/parse-update.ts';

const self = { id: 99, username: 'postrider_bot' };
const group = { id: -100_7, type: 'supergroup', title: 'Salt' } as const;
const wren = { id: 7, is_bot: false, first_name: 'Wren' };
/** The senders that Telegram gives for anonymous administrators and for channels in groups (Bot API, `Message.sender_chat`). */
const hidden = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };
const channelBot = { id: 136_817_688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' };
const gull = { id: 9, is_bot: true, first_name: 'Gull', username: 'gull_bot' };

const asked = (said: Partial<Message>): unknown => {
  const message = { message_id: 1, date: 1, chat: group, from: wren, text: '/status', ...said };
  const incoming = parseUpdate({ update_id: 1, message } as Update, self);
  return (
    incoming?.type === 'command' && { asker: incoming.context.userId, isManager: incoming.context.isManager }
  );
};

test.each<readonly [string, Partial<Message>, unknown]>([
  ['a member', {}, { asker: 7, isManager: 'unknown' }],
  ['an anonymous administrator', { from: hidden, sender_chat: group }, { asker: group.id, isManager: true }],
  [
    'another channel',
    { from: channelBot, sender_chat: { id: -100_8, type: 'channel', title: 'Gulls' } },
    { asker: -100_8, isManager: false },
  ],
  ['another bot', { from: gull }, false],
  ['another bot on a member’s behalf', { via_bot: gull }, false],
  ['a forwarded message', { forward_origin: { type: 'user', sender_user: wren, date: 1 } }, false],
  ['a channel’s post in its discussion group', { is_automatic_forward: true, sender_chat: group }, false],
])('a command by %s', (_, said, expected) => {
  expect(asked(said) || false).toEqual(expected);
});

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
  '/%s is parsed like any other command',
  (name) => {
    const chat = { id: 7, type: 'private', first_name: 'Wren' } as const;
    const message = { message_id: 1, date: 1, chat, from: wren, text: `/${name}` };
    const incoming = parseUpdate({ update_id: 1, message: { ...message, entities: [] } }, self);
    expect(incoming).toMatchObject({ type: 'command', command: name.toLowerCase() });
  },
);
