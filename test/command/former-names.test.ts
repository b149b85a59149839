import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { currentName, FORMER_NAMES } from '../../src/command/former-names.ts';
import { decodePress } from '../../src/platform/press.ts';
import { incomingOf } from '../../src/platform/telegram/incoming.ts';

const names = commands.map(({ name }) => name);

test.each([...FORMER_NAMES])('/%s is /%s now, typed and on buttons that stand in chats', (then, now) => {
  expect(names).toContain(now);
  expect(names).not.toContain(then);
  expect(decodePress(`2a${then}?type=missive`)).toEqual({
    command: now,
    input: { named: { type: 'missive' } },
    manner: 'add',
  });
  expect(decodePress(`2r${then}~0123`)).toMatchObject({ command: now, input: { kept: '0123' } });
  expect(decodePress(`1a${then} missive`)).toMatchObject({ command: now, input: { line: 'missive' } });
  const chat = { id: 7, type: 'private', first_name: 'Mira' } as const;
  const from = { id: 7, is_bot: false, first_name: 'Mira' } as const;
  const message = { message_id: 1, date: 1, chat, from, text: `/${then} missive` };
  expect(
    incomingOf({ update_id: 1, message }, { id: 1, username: 'bot', commands: new Set(names) }),
  ).toMatchObject({ type: 'command', asked: { command: now, input: { line: 'missive' } } });
});

test('a name that no command had is itself', () => {
  for (const name of ['latest', 'toString', '']) expect(currentName(name)).toBe(name);
});
