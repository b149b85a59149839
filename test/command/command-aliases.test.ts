import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { COMMAND_ALIASES, canonicalName } from '../../src/command/command-aliases.ts';
import { textsFor } from '../../src/i18n/texts.ts';
import { createCommandFixture } from '../commands/command.fixture.ts';
import { toPlainText } from '../commands/plain-text.fixture.ts';

const names = new Set(commands.map(({ name }) => name));

describe.each([...COMMAND_ALIASES])('/%s, now /%s', (former, now) => {
  test('is in no menu by its former name', () => {
    expect(names.has(now)).toBe(true);
    expect(names.has(former)).toBe(false);
  });

  test('is answered as the current command, even if it may be meant for another bot', async () => {
    const { ask } = await createCommandFixture();
    const { logged, handle } = await createCommandFixture();
    for (const isAddressed of [true, false])
      expect(await handle({ type: 'command', command: former, input: { line: '' }, isAddressed })).toEqual(
        await ask(now, { line: '' }),
      );
    expect(logged).toEqual([]);
  });

  test('has working buttons in every token format', async () => {
    const { pressToken } = await createCommandFixture();
    const unknown = textsFor('en').platform.oldButton;
    for (const token of [`1r${former}`, `2a${former}`, `2r${former}?a=b`, `2r${former}~${'0'.repeat(24)}`]) {
      const { document } = await pressToken(token);
      expect(toPlainText(document)).not.toContain(unknown);
      expect(document).toEqual((await pressToken(token.replace(former, now))).document);
    }
  });
});

test('a name that no command ever had is unchanged', () => {
  for (const name of ['latest', 'toString', '']) expect(canonicalName(name)).toBe(name);
});
