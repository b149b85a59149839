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

async function start() {
  const { discord, channel, mira, platform } = await startBot();
  const { host, invocations } = fakeHost(undefined, [], {
    prompt: ({ input }) => ('named' in input && input.named['words'] ? undefined : FORM),
  });
  await platform.start(host);
  const openForm = async () => {
    const seen = await discord.slash({ user: mira, channel, name: 'latest' });
    if (seen.status !== 'form') throw new Error(seen.status);
    return seen.form;
  };
  return { discord, channel, mira, invocations, openForm };
}

test('a form fits Discord’s limits, and its text arrives as the option', async () => {
  const { discord, invocations, openForm } = await start();
  const form = await openForm();
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

test('a button can open a form', async () => {
  const { discord, channel, mira } = await start();
  const message = await postButton(discord, channel, '1alatest');
  expect(await discord.press({ user: mira, message, customId: '1alatest' })).toMatchObject({
    status: 'form',
  });
});

test.each([
  ['of an older release', '0alatest', en.platform.oldButton],
  ['for an unknown command', '1anonsense', en.platform.oldButton],
  ['for a managers’ command', '1asubscribe', en.byPlatform.discord.managersOnly],
])('a forged form %s is refused', async (_what, customId, expected) => {
  const { discord, invocations, openForm } = await start();
  const seen = await discord.submitModal({ ...(await openForm()), customId }, { words: 'x' });
  if (seen.status !== 'answered') throw new Error(seen.status);
  expect(messageText(seen.message)).toContain(expected);
  expect(seen.ephemeral).toBe(true);
  expect(invocations).toEqual([]);
});

test('an empty form gets an answer, not another form', async () => {
  const { discord, invocations, openForm } = await start();
  const form = await openForm();
  const seen = await discord.submitModal({ ...form, fields: [] }, {});
  expect(seen.status).toBe('answered');
  expect(invocations).toMatchObject([{ input: { named: {} } }]);
});
