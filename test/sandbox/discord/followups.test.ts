import { expect, test } from 'vitest';
import type { FakeDiscord } from '../../../sandbox/discord/discord.ts';
import { addTestGuild, call, LATEST, onCommand, startClient, startTestDiscord } from './discord.fixture.ts';

const register = (discord: FakeDiscord, command: object) =>
  call(discord, 'PUT', `/applications/${discord.world.applicationId}/commands`, [command]);

test('the first follow-up replaces a pending response', async () => {
  const discord = await startTestDiscord();
  const { channel, mira } = addTestGuild(discord);
  await register(discord, LATEST);
  const client = await startClient(discord);
  onCommand(client, async (command) => {
    await command.deferReply();
    await command.followUp('first');
    await command.followUp('second');
  });
  const second = discord.next('followup');
  const seen = await discord.slash({ user: mira, channel, name: 'latest' });
  await second;
  expect(seen).toMatchObject({ message: { content: 'first' }, followups: [{ content: 'second' }] });
  expect(discord.messages(channel).map(({ content }) => content)).toEqual(['first', 'second']);
});

test('a user install responds ephemerally without Use External Apps, five follow-ups at most', async () => {
  const discord = await startTestDiscord();
  await register(discord, { ...LATEST, integration_types: [0, 1] });
  const guild = discord.world.addGuild({
    name: 'Elsewhere',
    installed: false,
    everyone: ['ViewChannel', 'SendMessages', 'UseApplicationCommands'],
  });
  const channel = discord.world.addChannel(guild, { name: 'talk' });
  const mira = discord.world.addUser({ name: 'Mira' });
  discord.world.addMember(guild, mira);
  mira.installed = true;
  const client = await startClient(discord);
  const refused = new Promise<unknown>((resolve) =>
    onCommand(client, async (command) => {
      await command.reply('for all?');
      for (const content of ['1', '2', '3', '4', '5']) await command.followUp(content);
      await command.followUp('6').catch(resolve);
    }),
  );
  const seen = await discord.slash({ user: mira, channel, name: 'latest' });
  expect(seen).toMatchObject({ status: 'answered', ephemeral: true });
  expect(await refused).toMatchObject({ code: 40094 });
  expect(discord.messages(channel)).toEqual([]);
  const direct = await call(discord, 'POST', `/channels/${channel.id}/messages`, { content: 'x' });
  expect(direct).toMatchObject({ status: 403, body: { code: 50001 } });
});

test('responses notify users only, ephemeral ones nobody', async () => {
  const discord = await startTestDiscord();
  const { channel, mira } = addTestGuild(discord);
  await register(discord, LATEST);
  const client = await startClient(discord);
  onCommand(client, async (command) => {
    await command.reply(`@everyone <@${mira.id}>`);
    await command.followUp({ content: `<@${mira.id}>`, flags: 'Ephemeral' });
  });
  const followup = discord.next('followup');
  const seen = await discord.slash({ user: mira, channel, name: 'latest' });
  expect(seen).toMatchObject({ message: { pings: { everyone: false, users: [{ name: 'Mira' }] } } });
  expect(await followup).toMatchObject({ onlyFor: { name: 'Mira' }, pings: { users: [] } });
});

test('follow-ups can be edited and deleted', async () => {
  const discord = await startTestDiscord();
  const { channel, mira } = addTestGuild(discord);
  await register(discord, LATEST);
  const client = await startClient(discord);
  onCommand(client, async (command) => {
    await command.reply('answer');
    const { id } = await command.followUp('more');
    await command.editReply({ message: id, content: 'other' });
    await command.deleteReply(id);
    await command.deleteReply();
  });
  const edited = discord.next('edit');
  await discord.slash({ user: mira, channel, name: 'latest' });
  expect(await edited).toMatchObject({ content: 'other', earlier: [{ content: 'more' }] });
  await discord.until(() => discord.messages(channel).length === 0);
  expect(discord.history(channel).map(({ deleted }) => deleted)).toEqual([true, true]);
});

test.each([
  ['one message', 1, 400, 50016],
  ['a hundred and one', 101, 400, 50016],
  ['two without Manage Messages', 2, 403, 50013],
])('bulk deletion of %s is refused', async (name, count, status, code) => {
  const discord = await startTestDiscord();
  const { guild, channel } = addTestGuild(discord);
  if (!name.includes('without'))
    discord.world.setOverwrites(channel, [{ of: discord.world.bot, allow: ['ManageMessages'] }]);
  const messages = Array.from({ length: count }, () => discord.say(channel, guild.owner, 'x').id);
  const answer = await call(discord, 'POST', `/channels/${channel.id}/messages/bulk-delete`, { messages });
  expect(answer).toMatchObject({ status, body: { code } });
  expect(discord.messages(channel)).toHaveLength(count);
});

test('bulk deletion ignores missing messages', async () => {
  const discord = await startTestDiscord();
  const { guild, channel } = addTestGuild(discord);
  discord.world.setOverwrites(channel, [{ of: discord.world.bot, allow: ['ManageMessages'] }]);
  const messages = ['a', 'b'].map((text) => discord.say(channel, guild.owner, text).id);
  const answer = await call(discord, 'POST', `/channels/${channel.id}/messages/bulk-delete`, {
    messages: [...messages, String(BigInt(messages[1] ?? 0) + 1n)],
  });
  expect(answer.status).toBe(204);
  expect(discord.messages(channel)).toEqual([]);
});
