import { expect, test } from 'vitest';
import { addTestGuild, call, LATEST, onCommand, startClient, startTestDiscord } from './discord.fixture.ts';

const input = { type: 4, custom_id: 'topic', style: 2 };
const label = { type: 18, label: 'Topic', component: input };
const form = { custom_id: 'suggest', title: 'Suggest', components: [label] };

/** What a form in answer to a command is answered with. */
async function answerTo(data: object): Promise<number> {
  const discord = await startTestDiscord();
  const { channel, mira } = addTestGuild(discord);
  await call(discord, 'PUT', `/applications/${discord.world.applicationId}/commands`, [LATEST]);
  const client = await startClient(discord);
  const answered = new Promise<number>((resolve) =>
    onCommand(client, async ({ id, token }) => {
      const { status } = await call(discord, 'POST', `/interactions/${id}/${token}/callback`, {
        type: 9,
        data,
      });
      resolve(status);
    }),
  );
  void discord.slash({ user: mira, channel, name: 'latest' });
  return answered;
}

test.each([
  ['as it should be', form, 204],
  ['without a title', { ...form, title: '' }, 400],
  ['with a long title', { ...form, title: 'x'.repeat(46) }, 400],
  ['without fields', { ...form, components: [] }, 400],
  ['with six fields', { ...form, components: Array.from({ length: 6 }, () => label) }, 400],
  ['with a long label', { ...form, components: [{ ...label, label: 'x'.repeat(46) }] }, 400],
  [
    'with two labels on a field',
    { ...form, components: [{ ...label, component: { ...input, label: 'x' } }] },
    400,
  ],
  ['with a bare text input', { ...form, components: [input] }, 400],
  [
    'with room for too much',
    { ...form, components: [{ ...label, component: { ...input, max_length: 4_001 } }] },
    400,
  ],
])('a form %s', async (_what, data, status) => {
  expect(await answerTo(data)).toBe(status);
});
