import type { Message, Update } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { COMMAND_ALIASES, canonicalName } from '../../src/command/command-aliases.ts';
import { decodeCallback } from '../../src/platform/callback-codec.ts';
import { parseUpdate } from '../../src/platform/telegram/updates/parse-update.ts';
import { createCommandFixture } from '../commands/command.fixture.ts';

const names = new Set(commands.map(({ name }) => name));
const wren = { id: 7, is_bot: false, first_name: 'Wren' };
const chats = {
  private: { id: 7, type: 'private', first_name: 'Wren' },
  group: { id: -100_7, type: 'supergroup', title: 'Salt' },
} as const;

/** What somebody types on Telegram, as a command. */
function typed(text: string, chat: Message['chat']): unknown {
  const update = { update_id: 1, message: { message_id: 1, date: 1, chat, from: wren, text } } as Update;
  const incoming = parseUpdate(update, { id: 99, username: 'postrider_bot', commands: names });
  return incoming?.type === 'command' && incoming.asked.command;
}

describe.each([...COMMAND_ALIASES])('/%s, now /%s', (former, now) => {
  test('stands in no menu by its former name', () => {
    expect(names.has(now)).toBe(true);
    expect(names.has(former)).toBe(false);
  });

  test('can be typed, in private and in company', () => {
    expect(typed(`/${former}`, chats.private)).toBe(now);
    expect(typed(`/${former}`, chats.group)).toBe(now);
    expect(typed(`/${former}@postrider_bot word`, chats.group)).toBe(now);
  });

  test('has buttons that work, of every form that a program gave them', () => {
    for (const token of [
      `1r${former} word`,
      `2a${former}`,
      `2r${former}?a=b`,
      `2r${former}~${'0'.repeat(24)}`,
    ])
      expect(decodeCallback(token)?.command).toBe(now);
  });

  test('is answered where a menu still shows it', async () => {
    const { ask } = await createCommandFixture();
    const { logged, ...bench } = await createCommandFixture();
    expect(await bench.ask(former, { line: '' })).toEqual(await ask(now, { line: '' }));
    expect(logged).toEqual([]);
  });
});

test('a name that no command had is itself', () => {
  for (const name of ['latest', 'toString', '']) expect(canonicalName(name)).toBe(name);
});
