import { GatewayIntentBits, MessageFlags, Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { intents } from '../../../sandbox/discord/world/flags.ts';
import {
  addTestGuild,
  display,
  LATEST,
  onCommand,
  startClient,
  startTestDiscord,
  V2,
} from './discord.fixture.ts';

test('discord.js logs in and sees guilds, channels and its own permissions', async () => {
  const discord = await startTestDiscord();
  const { guild, channel } = addTestGuild(discord);
  const client = await startClient(discord);
  const seen = client.guilds.cache.get(guild.id);
  expect(seen?.name).toBe('Harbour');
  expect(seen?.channels.cache.get(channel.id)?.name).toBe('news');
  const me = seen?.members.me;
  expect(me && seen.channels.cache.get(channel.id)?.permissionsFor(me).has('SendMessages')).toBe(true);
  expect(discord.unknownRequests()).toEqual([]);
});

test('a message sent with discord.js is in the channel', async () => {
  const discord = await startTestDiscord();
  const { channel } = addTestGuild(discord);
  const client = await startClient(discord);
  const sent = await client.rest.post(Routes.channelMessages(channel.id), {
    body: { flags: V2, components: [display('Good morning')], nonce: 'a', enforce_nonce: true },
  });
  expect(sent).toMatchObject({ channel_id: channel.id, flags: V2, components: [{ id: 1, type: 10 }] });
  expect(discord.messages(channel)).toMatchObject([{ components: [{ content: 'Good morning' }] }]);
});

test('a slash command is deferred, answered and followed up', async () => {
  const discord = await startTestDiscord();
  const { channel, mira } = addTestGuild(discord);
  const client = await startClient(discord);
  await client.application.commands.set([LATEST]);
  expect(discord.commandWrites()).toBe(1);
  onCommand(client, async (command) => {
    await command.deferReply({ flags: MessageFlags.Ephemeral });
    await command.editReply({ content: `${command.options.getInteger('count')} notes` });
    await command.followUp({ content: 'and more' });
  });
  const followup = discord.next('followup');
  const seen = await discord.slash({ user: mira, channel, name: 'latest', options: { count: 3 } });
  expect(seen).toMatchObject({ status: 'answered', ephemeral: true, deferred: true, how: 'reply' });
  expect(await followup).toMatchObject({ content: 'and more' });
  expect(discord.messages(channel).map(({ content }) => content)).toEqual(['and more']);
});

test('a wrong token is refused over REST and by the gateway', async () => {
  const discord = await startTestDiscord();
  discord.world.addGuild({ name: 'Harbour' });
  const { token } = discord;
  await expect(startClient({ ...discord, token: 'another' })).rejects.toThrow(/token/i);
  expect(token).not.toBe('another');
});

test('a privileged intent that is not enabled is refused', async () => {
  const discord = await startTestDiscord();
  const wanted = { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers] };
  await expect(startClient(discord, wanted)).rejects.toThrow(/disallowed intents/i);
  const allowing = await startTestDiscord({ privilegedIntents: intents.guildMembers });
  await expect(startClient(allowing, wanted)).resolves.toBeDefined();
});
