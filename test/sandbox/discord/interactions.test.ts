import { MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { createManualClock } from '../../../sandbox/discord/clock.ts';
import type { FakeDiscord } from '../../../sandbox/discord/discord.ts';
import type { OptionValues } from '../../../sandbox/discord/users/fill-options.ts';
import { FIRST_RESPONSE_MS, TOKEN_MS } from '../../../sandbox/discord/users/interactions.ts';
import {
  addTestGuild,
  call,
  display,
  LATEST,
  onButton,
  onCommand,
  startClient,
  startTestDiscord,
  V2,
} from './discord.fixture.ts';

const register = (discord: FakeDiscord, ...commands: unknown[]) =>
  call(discord, 'PUT', `/applications/${discord.world.applicationId}/commands`, commands);

test('a response after three seconds is too late', async () => {
  const clock = createManualClock();
  const discord = await startTestDiscord({ clock });
  const { channel, mira } = addTestGuild(discord);
  await register(discord, LATEST);
  const client = await startClient(discord);
  const refused = new Promise<unknown>((resolve) =>
    onCommand(client, async (command) => {
      clock.advance(FIRST_RESPONSE_MS + 1);
      await command.reply('late').catch(resolve);
    }),
  );
  const seen = discord.slash({ user: mira, channel, name: 'latest' });
  expect(await seen).toMatchObject({ status: 'failed', reason: 'The application did not respond' });
  expect(await refused).toMatchObject({ status: 404, code: 10062 });
});

test('an interaction’s token is valid for 15 minutes', async () => {
  const clock = createManualClock();
  const discord = await startTestDiscord({ clock });
  const { channel, mira } = addTestGuild(discord);
  await register(discord, LATEST);
  const client = await startClient(discord);
  const refused = new Promise<unknown>((resolve) =>
    onCommand(client, async (command) => {
      await command.deferReply();
      clock.advance(TOKEN_MS + 1);
      await command.editReply('late').catch(resolve);
    }),
  );
  const seen = discord.slash({ user: mira, channel, name: 'latest' });
  expect(await refused).toMatchObject({ status: 401, code: 50027 });
  expect(await seen).toMatchObject({ status: 'failed' });
});

test('an interaction is acknowledged once', async () => {
  const discord = await startTestDiscord();
  const { channel, mira } = addTestGuild(discord);
  await register(discord, LATEST);
  const client = await startClient(discord);
  const second = new Promise<unknown>((resolve) =>
    onCommand(client, async (command) => {
      await command.reply('once');
      await call(discord, 'POST', `/interactions/${command.id}/${command.token}/callback`, {
        type: 4,
        data: { content: 'twice' },
      }).then(resolve);
    }),
  );
  await discord.slash({ user: mira, channel, name: 'latest' });
  expect(await second).toMatchObject({ status: 400, body: { code: 40060 } });
  expect(discord.messages(channel)).toHaveLength(1);
});

test('deferring fixes the ephemeral flag; Components V2 comes with the edit', async () => {
  const discord = await startTestDiscord();
  const { channel, mira } = addTestGuild(discord);
  await register(discord, LATEST);
  const client = await startClient(discord);
  onCommand(client, async (command) => {
    await call(discord, 'POST', `/interactions/${command.id}/${command.token}/callback`, {
      type: 5,
      data: { flags: V2 },
    });
    await call(
      discord,
      'PATCH',
      `/webhooks/${discord.world.applicationId}/${command.token}/messages/@original`,
      { flags: V2 | MessageFlags.Ephemeral, components: [display('card')] },
    );
  });
  const seen = await discord.slash({ user: mira, channel, name: 'latest' });
  expect(seen).toMatchObject({ ephemeral: false, deferred: true, message: { flags: V2 } });
  expect(discord.messages(channel)).toHaveLength(1);
});

test('a button updates its message', async () => {
  const discord = await startTestDiscord();
  const { channel, mira } = addTestGuild(discord);
  const { body } = await call(discord, 'POST', `/channels/${channel.id}/messages`, {
    content: 'page 1',
    components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Next', custom_id: 'next' }] }],
  });
  const client = await startClient(discord);
  onButton(client, async (button) => {
    await button.deferUpdate();
    await button.editReply({ content: `${button.customId} of ${button.message.content}` });
  });
  const [message] = discord.messages(channel);
  if (!message) throw new Error('no message');
  const seen = await discord.press({ user: mira, message, customId: 'next' });
  expect(seen).toMatchObject({ how: 'update', message: { id: body['id'], content: 'next of page 1' } });
  expect(message.earlier).toMatchObject([{ content: 'page 1' }]);
  await expect(discord.press({ user: mira, message, customId: 'other' })).rejects.toThrow('Nothing to press');
});

test('an ephemeral response is visible to one user, and to no channel route', async () => {
  const discord = await startTestDiscord();
  const { channel, mira } = addTestGuild(discord);
  await register(discord, LATEST);
  const client = await startClient(discord);
  onCommand(client, (command) => command.reply({ content: '<@1>', flags: MessageFlags.Ephemeral }));
  const seen = await discord.slash({ user: mira, channel, name: 'latest' });
  if (seen.status !== 'answered') throw new Error(seen.status);
  expect(seen.ephemeral).toBe(true);
  expect(discord.messages(channel)).toEqual([]);
  const answer = await call(discord, 'GET', `/channels/${channel.id}/messages/${seen.message.id}`);
  expect(answer.body).toMatchObject({ code: 10008 });
});

test.each<[string, OptionValues, RegExp]>([
  ['an unknown option', { what: 1 }, /no option/],
  ['a value out of range', { count: 11 }, /out of range/],
  ['a fraction', { count: 1.5 }, /whole/],
  ['a text', { count: 'many' }, /wrong type/],
])('the client refuses %s', async (_name, options, why) => {
  const discord = await startTestDiscord();
  const { channel, mira } = addTestGuild(discord);
  await register(discord, LATEST);
  await expect(discord.slash({ user: mira, channel, name: 'latest', options })).rejects.toThrow(why);
});

test('commands are offered by permission, context and install', async () => {
  const discord = await startTestDiscord();
  const { guild, channel, mira } = addTestGuild(discord);
  const [subscribe, about] = [
    { name: 'subscribe', description: 'd', default_member_permissions: '32', contexts: [0] },
    { name: 'about', description: 'd', contexts: [0, 1, 2], integration_types: [0, 1] },
  ];
  await register(discord, subscribe, about);
  const names = (...where: Parameters<typeof discord.visibleCommands>) =>
    discord.visibleCommands(...where).map(({ name }) => name);
  const elsewhere = discord.world.addGuild({ name: 'Elsewhere', installed: false });
  const far = discord.world.addChannel(elsewhere, { name: 'far' });
  expect(names(channel, mira)).toEqual(['about']);
  expect(names(channel, guild.owner)).toEqual(['subscribe', 'about']);
  expect(names(discord.world.openDm(mira), mira)).toEqual(['about']);
  expect(names(far, elsewhere.owner)).toEqual([]);
  elsewhere.owner.installed = true;
  expect(names(far, elsewhere.owner)).toEqual(['about']);
});

test('an interaction contains its context and permissions', async () => {
  const discord = await startTestDiscord();
  const { guild, channel, mira } = addTestGuild(discord);
  const hidden = discord.world.addChannel(guild, {
    name: 'hidden',
    overwrites: [{ of: discord.world.bot, deny: ['SendMessages'] }],
  });
  const where = { type: 7, name: 'channel', description: 'd', channel_types: [0] };
  await register(discord, { name: 'test', description: 'd', options: [where] });
  const client = await startClient(discord);
  onCommand(client, (command) => {
    const chosen = command.options.getChannel('channel');
    const rights = chosen && 'appPermissions' in chosen ? chosen.appPermissions : undefined;
    return command.reply(
      JSON.stringify({
        may: command.appPermissions.has('SendMessages'),
        mayThere: rights?.has('SendMessages'),
        isManager: command.memberPermissions?.has('ManageGuild'),
        owners: command.authorizingIntegrationOwners,
        context: command.context,
        locale: command.locale,
        limit: command.attachmentSizeLimit,
      }),
    );
  });
  const options = { channel: hidden.id };
  const seen = await discord.slash({ user: mira, channel, name: 'test', options, locale: 'de' });
  if (seen.status !== 'answered') throw new Error(seen.status);
  expect(JSON.parse(seen.message.content)).toEqual({
    may: true,
    mayThere: false,
    isManager: false,
    owners: { 0: guild.id },
    context: 0,
    locale: 'de',
    limit: 10 * 1024 * 1024,
  });
});

test('registered commands keep their ids', async () => {
  const discord = await startTestDiscord();
  const path = `/applications/${discord.world.applicationId}/commands`;
  await register(discord, LATEST);
  const [first] = discord.commands.list(undefined);
  await register(discord, LATEST, { ...LATEST, name: 'search' });
  await call(discord, 'GET', path);
  expect(discord.commands.list(undefined)[0]?.id).toBe(first?.id);
  expect(discord.commandWrites()).toBe(2);
});

test('a select returns valid options only', async () => {
  const discord = await startTestDiscord();
  const { channel, mira } = addTestGuild(discord);
  const client = await startClient(discord);
  const options = ['missive', 'photo', 'video'].map((value) => ({ label: value, value }));
  const select = { type: 3, custom_id: 'types', min_values: 0, max_values: 2, options };
  await call(discord, 'POST', `/channels/${channel.id}/messages`, {
    content: 'Which?',
    components: [{ type: 1, components: [select] }],
  });
  const [message] = discord.messages(channel);
  if (!message) throw new Error('Nothing was posted');
  const heard: (readonly string[])[] = [];
  client.on('interactionCreate', (interaction) => {
    if (!interaction.isStringSelectMenu()) return;
    heard.push(interaction.values);
    void interaction.reply('Thank you');
  });
  const choose = (...values: string[]) => discord.press({ user: mira, message, customId: 'types', values });
  await choose('photo', 'missive');
  await choose();
  expect(heard).toEqual([['photo', 'missive'], []]);
  for (const values of [['poem'], ['photo', 'photo'], ['photo', 'missive', 'video']])
    await expect(choose(...values)).rejects.toThrow(/has the value|are to be chosen/u);
});
