import { expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { messageText } from '../discord.fixture.ts';
import { startDelivery } from './delivery.fixture.ts';

/** A channel that Mira has subscribed; the bot's permission to write changes. */
async function harbour(asker: 'Mira' | 'nobody' = 'Mira') {
  const all = await startDelivery();
  const { discord, guild, channel, mira, destination, subscriptions, platform, host } = all;
  await subscriptions.unsubscribe(destination);
  await subscriptions.subscribe(destination, asker === 'Mira' ? `discord:${mira.id}` : 'discord:1');
  await platform.start(host);
  const chatWith = (user: typeof mira) => discord.world.openDm(user);
  return {
    ...all,
    forbid: () => discord.world.setOverwrites(channel, [{ of: discord.world.bot, deny: ['SendMessages'] }]),
    allow: () => discord.world.setOverwrites(channel, []),
    told: (user = mira) => discord.messages(chatWith(user)).map((message) => JSON.stringify(message)),
    owner: guild.owner,
  };
}

test('the subscriber is notified once per failure', async () => {
  const { clock, discord, publish, shown, state, forbid, allow, told } = await harbour();
  forbid();
  await publish('one');
  await discord.until(() => told().length === 1);
  expect(told()[0]).toContain(en.discord.permissions.write);
  expect(told()[0]).toContain('#news (Harbour)');
  await expect.poll(() => state()).toBe('suspended');
  allow();
  await discord.until(() => shown().length === 1);
  await expect.poll(() => state()).toBe('active');
  clock.advance(1_000);
  forbid();
  await publish('two');
  await discord.until(() => told().length === 2);
  expect(told()).toHaveLength(2);
});

test('no repeated notice before a success', async () => {
  const { discord, publish, state, subscriptions, forbid, told, shown, allow } = await harbour();
  forbid();
  await publish('one');
  await discord.until(() => told().length === 1);
  await expect.poll(() => state()).toBe('suspended');
  await subscriptions.probe();
  await expect.poll(() => state()).toBe('suspended');
  expect(told()).toHaveLength(1);
  allow();
  await discord.until(() => shown().length === 1);
  expect(told()).toHaveLength(1);
});

test('falls back to the owner, then to the server', async () => {
  const { discord, mira, owner, publish, forbid, told } = await harbour();
  mira.closed = true;
  forbid();
  await publish('one');
  await discord.until(() => told(owner).length === 1);
  expect(told()).toEqual([]);
});

test('without a reachable person, the system channel is used', async () => {
  const { discord, guild, owner, publish, forbid } = await harbour('nobody');
  const notices = discord.world.addChannel(guild, { name: 'notices' });
  guild.systemChannel = notices;
  discord.world.setOutage(guild, true);
  discord.world.setOutage(guild, false);
  owner.closed = true;
  forbid();
  await publish('one');
  await discord.until(() => discord.messages(notices).length === 1);
  expect(messageText(discord.messages(notices)[0]!)).toContain(en.discord.permissions.write);
});

test('no notice about a deleted channel', async () => {
  const { discord, channel, publish, state, told, owner } = await harbour();
  discord.world.deleteChannel(channel);
  await publish('one');
  await expect.poll(() => state()).toBe('gone');
  expect([...told(), ...told(owner)]).toEqual([]);
});
