import { describe, expect, test } from 'vitest';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { startDelivery } from './delivery.fixture.ts';

/** A note was sent before the server removes the bot; another is published afterwards. */
async function removed() {
  const stage = await startDelivery();
  const { discord, guild, platform, host, publish, shown, state } = stage;
  await platform.start(host);
  const [first] = await publish('one');
  await discord.until(() => shown().length === 1);
  discord.world.remove(guild);
  await expect.poll(() => state()).toBe('gone');
  await publish('two', 'three');
  return { ...stage, first: first! };
}

describe('a server that removes the bot', () => {
  test('receives nothing, and causes no requests', async () => {
    const stage = await startDelivery();
    const {
      discord,
      guild,
      channel,
      platform,
      host,
      subscriptions,
      publish,
      state,
      answers,
      answered,
      shown,
    } = stage;
    const other = discord.world.addChannel(guild, { name: 'other' });
    const thread = discord.world.addChannel(guild, { name: 'thread', kind: 'thread', parent: other });
    const ids = [other, thread].map(({ id }) => `discord:${id}`);
    for (const id of ids) await subscriptions.subscribe(id);
    const elsewhere = discord.world.addGuild({ name: 'Elsewhere' });
    const kept = discord.world.addChannel(elsewhere, { name: 'kept' });
    await subscriptions.subscribe(`discord:${kept.id}`);
    await platform.start(host);
    discord.world.remove(guild);
    for (const id of [`discord:${channel.id}`, ...ids]) await expect.poll(() => state(id)).toBe('gone');
    await publish('one');
    await answered(1);
    expect([shown(kept), answers()]).toEqual([['one'], [200]]);
  });

  test('and adds it again gets the missed notes, once and in order', async () => {
    const { discord, guild, shown, state } = await removed();
    discord.world.install(guild);
    await discord.until(() => shown().length === 3);
    expect(shown()).toEqual(['one', 'two', 'three']);
    expect(await state()).toBe('active');
  });

  test('and adds it again doesn’t get notes deleted meanwhile', async () => {
    const { discord, guild, first, takeBack, publish, shown } = await removed();
    await takeBack(first.id);
    discord.world.install(guild);
    await publish('four');
    await discord.until(() => shown().includes('four'));
    expect(shown()).toEqual(['two', 'three', 'four']);
  });

  test('and adds it again while the bot is offline resumes at startup', async () => {
    const stage = await startDelivery();
    const { discord, guild, platform, host, publish, shown, subscriptions, state } = stage;
    await subscriptions.destinationLost(stage.destination, 'the server has removed the bot');
    discord.world.remove(guild);
    await publish('one');
    discord.world.install(guild);
    expect(await state()).toBe('gone');
    await platform.start(host);
    await discord.until(() => shown().length === 1);
  });

  test('and does not add it again stays removed after a restart', async () => {
    const { discord, guild, platform, host, mira, publish, subscriptions, state } = await startDelivery();
    const elsewhere = discord.world.addGuild({ name: 'Elsewhere' });
    const channel = discord.world.addChannel(elsewhere, { name: 'kept' });
    discord.world.addMember(elsewhere, mira);
    await subscriptions.destinationLost(
      `discord:${[...guild.channels.keys()][0]}`,
      'the server has removed the bot',
    );
    discord.world.remove(guild);
    await publish('one');
    await platform.start(host);
    await discord.slash({ user: mira, channel, name: 'latest' });
    expect(await state()).toBe('gone');
  });

  test('while the bot is offline is noticed at the first refusal, and can add it again', async () => {
    const { discord, guild, platform, host, publish, shown, state, store, destination } =
      await startDelivery();
    discord.world.remove(guild);
    await platform.start(host);
    await publish('one');
    await expect.poll(() => state()).toBe('suspended');
    expect((await store.destinations.get(destination))?.reason).toBe(en.discord.fixes.view);
    discord.world.install(guild);
    await discord.until(() => shown().length === 1);
  });
});

describe('a deleted channel', () => {
  test('receives nothing, nor do its threads', async () => {
    const { discord, guild, channel, platform, host, subscriptions, publish, state, answers } =
      await startDelivery();
    const thread = discord.world.addChannel(guild, { name: 'thread', kind: 'thread', parent: channel });
    await subscriptions.subscribe(`discord:${thread.id}`);
    await platform.start(host);
    discord.world.deleteChannel(channel);
    for (const { id } of [channel, thread]) await expect.poll(() => state(`discord:${id}`)).toBe('gone');
    await publish('one');
    await subscriptions.probe();
    expect(answers()).toEqual([]);
  });

  test('while the bot is offline is noticed at the first refusal', async () => {
    const { discord, channel, publish, state } = await startDelivery();
    discord.world.deleteChannel(channel);
    await publish('one');
    await expect.poll(() => state()).toBe('gone');
  });
});

describe('an unavailable server', () => {
  test('keeps its channels and receives notes', async () => {
    const { discord, guild, mira, platform, host, publish, shown, state } = await startDelivery();
    const elsewhere = discord.world.addGuild({ name: 'Elsewhere' });
    const channel = discord.world.addChannel(elsewhere, { name: 'kept' });
    discord.world.addMember(elsewhere, mira);
    await platform.start(host);
    discord.world.setOutage(guild, true);
    await discord.slash({ user: mira, channel, name: 'latest' });
    await publish('one');
    await discord.until(() => shown().length === 1);
    expect(await state()).toBe('active');
  });
});
