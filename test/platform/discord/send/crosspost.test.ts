import { expect, test } from 'vitest';
import { paragraph, text } from '../../../../src/note/document.ts';
import { DEFAULT_PREFERENCES } from '../../../../src/preferences/preferences.ts';
import { bodyOf, receiptOf, startBot } from '../discord.fixture.ts';
import { startDelivery } from '../failures/delivery.fixture.ts';

const CROSSPOST = 'POST /channels/:channel/messages/:message/crosspost';
const words = [paragraph(text('The port is quiet.'))];

/** A subscribed announcement channel, and the crossposted messages. */
async function wire(options: Parameters<typeof startDelivery>[0] = {}) {
  const all = await startDelivery(options);
  const { discord, channel, store, destination } = all;
  discord.world.changeChannel(channel, { kind: 'announcement' });
  await store.destinations.setPreferences(destination, { ...DEFAULT_PREFERENCES, publish: true });
  const published = () => discord.messages(channel).filter(({ crossposted }) => crossposted).length;
  return { ...all, published };
}

test('posts are crossposted if that is enabled', async () => {
  const { discord, store, destination, publish, published, shown, answered } = await wire();
  await publish('one');
  await discord.until(() => published() === 1);
  await store.destinations.setPreferences(destination, DEFAULT_PREFERENCES);
  await publish('two');
  await discord.until(() => shown().length === 2);
  await store.destinations.setPreferences(destination, { ...DEFAULT_PREFERENCES, publish: true });
  await publish('three');
  await answered(2, CROSSPOST);
  expect(published()).toBe(2);
});

test('crossposting requires only Send Messages', async () => {
  const { discord, channel, publish, published } = await wire();
  discord.world.setOverwrites(channel, [{ of: discord.world.bot, deny: ['ManageMessages'] }]);
  await publish('one');
  await discord.until(() => published() === 1);
  expect(discord.messages(channel)).toHaveLength(1);
});

test('a rate limit delays crossposts, not posts', async () => {
  const { discord, publish, published, shown, answers, until } = await wire();
  discord.fault({ route: CROSSPOST, effect: { limit: { retryAfter: 60 } } });
  await publish('one');
  await discord.until(() => answers(CROSSPOST).length === 1);
  await publish('two', 'three');
  await discord.until(() => shown().length === 3);
  expect(published()).toBe(0);
  await until(() => published() === 3);
});

test('published or deleted messages count as done', async () => {
  const { discord, channel, platform, destination } = await startBot();
  discord.world.changeChannel(channel, { kind: 'announcement' });
  const receipt = receiptOf(await platform.send(destination, bodyOf(platform, words), 'n1:0'));
  const asked = async () => (await platform.publish?.(destination, receipt))?.status;
  expect([await asked(), await asked()]).toEqual(['sent', 'sent']);
  await platform.remove(destination, receipt);
  expect(await asked()).toBe('sent');
});

test('other channel types are reported', async () => {
  const { platform, destination } = await startBot();
  const receipt = receiptOf(await platform.send(destination, bodyOf(platform, words), 'n1:0'));
  expect(await platform.publish?.(destination, receipt)).toMatchObject({
    status: 'unreachable',
    gone: false,
  });
});
