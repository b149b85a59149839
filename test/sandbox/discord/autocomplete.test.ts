import { type AutocompleteInteraction, type Client, Events, type Interaction } from 'discord.js';
import { expect, test } from 'vitest';
import { createManualClock } from '../../../sandbox/discord/clock.ts';
import { FIRST_RESPONSE_MS } from '../../../sandbox/discord/users/interactions.ts';
import { addTestGuild, call, errorLeaves, startClient, startTestDiscord } from './discord.fixture.ts';

const SEARCH = {
  name: 'search',
  description: 'Find posts',
  options: [
    { type: 3, name: 'query', description: 'What', required: true, autocomplete: true },
    { type: 4, name: 'count', description: 'How many', max_value: 10 },
  ],
};

async function stage(options = {}) {
  const discord = await startTestDiscord(options);
  const { channel, mira } = addTestGuild(discord);
  await call(discord, 'PUT', `/applications/${discord.world.applicationId}/commands`, [SEARCH]);
  const client = await startClient(discord);
  const complete = (typed: string, more = {}) =>
    discord.autocomplete({ user: mira, channel, name: 'search', focused: ['query', typed], ...more });
  return { discord, channel, mira, client, complete };
}

function onTyping(client: Client, answer: (typing: AutocompleteInteraction) => Promise<unknown>): void {
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isAutocomplete()) void answer(interaction);
  });
}

test('the app receives the text being typed, and its choices are shown', async () => {
  const { client, complete } = await stage();
  onTyping(client, async (typing) => {
    const { name, value } = typing.options.getFocused(true);
    const count = typing.options.getInteger('count');
    await typing.respond([{ name: `${typing.commandName} ${name} ${value} ${count}`, value: 'v' }]);
  });
  expect(await complete('lith', { options: { count: 99 } })).toEqual([
    { name: 'search query lith 99', value: 'v' },
  ]);
});

test('no answer within three seconds means no suggestions', async () => {
  const clock = createManualClock();
  const { client, complete } = await stage({ clock });
  const refused = new Promise<unknown>((resolve) =>
    onTyping(client, async (typing) => {
      clock.advance(FIRST_RESPONSE_MS + 1);
      await typing.respond([]).catch(resolve);
    }),
  );
  expect(await complete('lith')).toBeUndefined();
  expect(await refused).toMatchObject({ status: 404, code: 10062 });
});

test.each<[string, unknown, string]>([
  [
    '26 choices',
    Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })),
    'data.choices: BASE_TYPE_MAX_LENGTH',
  ],
  ['a blank name', [{ name: ' ', value: 'v' }], 'data.choices.0.name: BASE_TYPE_BAD_LENGTH'],
  ['a name of 101', [{ name: 'x'.repeat(101), value: 'v' }], 'data.choices.0.name: BASE_TYPE_BAD_LENGTH'],
  ['a value of 101', [{ name: 'x', value: 'x'.repeat(101) }], 'data.choices.0.value: BASE_TYPE_MAX_LENGTH'],
  ['a number for a text', [{ name: 'x', value: 1 }], 'data.choices.0.value: STRING_TYPE_CONVERT'],
  ['no choices at all', undefined, 'data.choices: BASE_TYPE_REQUIRED'],
])('%s are refused', async (_, choices, error) => {
  const { discord, client, complete } = await stage();
  const refused = new Promise<{ body: Record<string, unknown> }>((resolve) =>
    onTyping(client, async ({ id, token }) => {
      const path = `/interactions/${id}/${token}/callback`;
      resolve(await call(discord, 'POST', path, { type: 8, data: { choices } }));
      await call(discord, 'POST', path, { type: 8, data: { choices: [] } });
    }),
  );
  expect(await complete('x')).toEqual([]);
  const { body } = await refused;
  expect(body).toMatchObject({ code: 50035 });
  expect(errorLeaves(body['errors'])).toEqual([error]);
});

test('autocomplete takes choices only, and nothing else does', async () => {
  const { discord, channel, mira, client, complete } = await stage();
  const answers: unknown[] = [];
  const answer = async (interaction: Interaction): Promise<void> => {
    if (!interaction.isAutocomplete() && !interaction.isChatInputCommand()) return;
    const path = `/interactions/${interaction.id}/${interaction.token}/callback`;
    const wrong = interaction.isAutocomplete()
      ? { type: 4, data: { content: 'x' } }
      : { type: 8, data: { choices: [] } };
    answers.push((await call(discord, 'POST', path, wrong)).body['code']);
    const right = interaction.isAutocomplete()
      ? { type: 8, data: { choices: [] } }
      : { type: 4, data: { content: 'x' } };
    await call(discord, 'POST', path, right);
  };
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction));
  expect(await complete('x')).toEqual([]);
  await discord.slash({ user: mira, channel, name: 'search', options: { query: 'x' } });
  expect(answers).toEqual([50035, 50035]);
});

test('the client asks only for autocomplete options of visible commands', async () => {
  const { discord, channel, mira, complete } = await stage();
  await expect(complete('x', { focused: ['count', '1'] })).rejects.toThrow('Nothing is suggested');
  await expect(
    discord.autocomplete({ user: mira, channel, name: 'nothing', focused: ['query', 'x'] }),
  ).rejects.toThrow('not offered');
});
