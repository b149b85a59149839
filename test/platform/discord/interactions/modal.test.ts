import { expect, test } from 'vitest';
import type { PromptForm } from '../../../../src/command/request.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { fakeHost, messageText, postButton, startBot } from '../discord.fixture.ts';

const FORM: PromptForm = {
  command: 'latest',
  option: 'words',
  title: 'A form with a title that is far too long for Discord',
  label: 'A label that is longer than the forty-five characters of a label',
  hint: 'So few words',
  question: 'What?',
  maxLength: 9_000,
};

async function stage() {
  const { discord, channel, mira, platform } = await startBot();
  const { host, invocations } = fakeHost(undefined, [], {
    prompt: ({ input }) => ('named' in input && input.named['words'] ? undefined : FORM),
  });
  await platform.start(host);
  const shown = async () => {
    const seen = await discord.slash({ user: mira, channel, name: 'latest' });
    if (seen.status !== 'form') throw new Error(seen.status);
    return seen.form;
  };
  return { discord, channel, mira, invocations, shown };
}

test('a form fits what Discord takes, and comes back as the option that it asked for', async () => {
  const { discord, invocations, shown } = await stage();
  const form = await shown();
  expect(form.title).toBe('A form with a title that is far too long for…');
  expect(form.fields).toEqual([
    {
      customId: 'words',
      label: 'A label that is longer than the forty-five…',
      hint: 'So few words',
      minLength: 1,
      maxLength: 4_000,
    },
  ]);
  const seen = await discord.submitModal(form, { words: 'Two\nlines' });
  expect(seen).toMatchObject({ status: 'answered', how: 'reply' });
  expect(invocations).toMatchObject([{ command: 'latest', input: { named: { words: 'Two\nlines' } } }]);
});

test('a button opens a form, too', async () => {
  const { discord, channel, mira } = await stage();
  const message = await postButton(discord, channel, '1alatest');
  expect(await discord.press({ user: mira, message, customId: '1alatest' })).toMatchObject({
    status: 'form',
  });
});

test.each([
  ['of an older program', '0alatest', en.platform.oldButton],
  ['for what is no command', '1anonsense', en.platform.oldButton],
  ['for those who manage the place', '1asubscribe', en.byPlatform.discord.managersOnly],
])('a forged form %s is turned away', async (_what, customId, expected) => {
  const { discord, invocations, shown } = await stage();
  const seen = await discord.submitModal({ ...(await shown()), customId }, { words: 'x' });
  if (seen.status !== 'answered') throw new Error(seen.status);
  expect(messageText(seen.message)).toContain(expected);
  expect(seen.ephemeral).toBe(true);
  expect(invocations).toEqual([]);
});

test('a form that says nothing is answered, and not with another form', async () => {
  const { discord, invocations, shown } = await stage();
  const form = await shown();
  const seen = await discord.submitModal({ ...form, fields: [] }, {});
  expect(seen.status).toBe('answered');
  expect(invocations).toMatchObject([{ input: { named: {} } }]);
});
