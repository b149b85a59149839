import { expect, test } from 'vitest';
import type { NewServer } from '../../../../src/command/views/greeting.ts';
import { createGreeting } from '../../../../src/command/views/greeting.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import type { ReadyDocument } from '../../../../src/note/present/finish.ts';
import { author, notes } from '../../../contract/platform/program.fixture.ts';
import { testPresenter } from '../../../ready.fixture.ts';
import { fakeHost, messageText, startBot } from '../discord.fixture.ts';

const { welcome: said } = en.servers;

/** An adapter whose host greets every server once, even across restarts. `served`: subscribed destinations. */
async function port(served: readonly string[] = []) {
  const all = await startBot();
  const { discord, platform } = all;
  const greeted = new Map<string, true>();
  const asked: string[] = [];
  const greet = createGreeting({
    archive: { latest: async ({ count }) => notes.slice(0, count) },
    subscriptions: { preferencesOf: async (id) => (served.includes(id) ? ({} as never) : undefined) },
    author: () => author,
    finish: testPresenter().finish,
    greeted: { get: async (home) => greeted.get(home), set: async (home) => greeted.set(home, true) },
  });
  const { host } = fakeHost();
  const greetingFor = async (newcomer: NewServer): Promise<ReadyDocument | undefined> => {
    asked.push(newcomer.home);
    return greet(newcomer);
  };
  const island = discord.world.addGuild({ name: 'Island', installed: false });
  const [first, second] = ['first', 'second'].map((name) => discord.world.addChannel(island, { name }));
  const start = () => platform.start({ ...host, greetingFor });
  return { ...all, island, first: first!, second: second!, asked, greeted, start };
}

test('greets a new server once, in the first writable channel', async () => {
  const { discord, island, first, second, asked, start } = await port();
  discord.world.setOverwrites(first, [{ of: island.roles.get(island.id)!, deny: ['SendMessages'] }]);
  await start();
  discord.world.install(island);
  await discord.until(() => discord.messages(second).length === 1);
  const [message] = discord.messages(second);
  expect(messageText(message!)).toContain('Mara Lindqvist');
  expect(messageText(message!)).toContain('Good night from the pier');
  expect(JSON.stringify(message?.components)).toContain(said.choose);
  discord.world.remove(island);
  discord.world.install(island);
  await expect.poll(() => asked.length).toBe(2);
  expect(discord.messages(second)).toHaveLength(1);
  expect(discord.messages(first)).toEqual([]);
});

test('prefers the system channel', async () => {
  const { discord, island, second, start } = await port();
  island.systemChannel = second;
  await start();
  discord.world.install(island);
  await discord.until(() => discord.messages(second).length === 1);
  expect(discord.messages(second)).toHaveLength(1);
});

test('greets servers that joined while offline, but not old ones', async () => {
  const { discord, channel, guild, island, first, asked, start } = await port();
  discord.world.install(island);
  await start();
  await discord.until(() => discord.messages(first).length === 1);
  expect(asked).toEqual([`discord:${island.id}`]);
  expect(discord.messages(channel)).toEqual([]);
  discord.world.setOutage(guild, true);
  discord.world.setOutage(guild, false);
  await discord.until(() => asked.length === 1);
  expect(discord.messages(channel)).toEqual([]);
});

test('skips servers that are subscribed or have no writable channel', async () => {
  const silentPort = await port();
  const { island } = silentPort;
  for (const channel of [silentPort.first, silentPort.second])
    silentPort.discord.world.setOverwrites(channel, [
      { of: island.roles.get(island.id)!, deny: ['SendMessages'] },
    ]);
  await silentPort.start();
  silentPort.discord.world.install(island);
  const served: string[] = [];
  const busy = await port(served);
  served.push(`discord:${busy.second.id}`);
  await busy.start();
  busy.discord.world.install(busy.island);
  await expect.poll(() => busy.asked.length).toBe(1);
  await expect.poll(() => busy.greeted.size).toBe(1);
  expect(busy.discord.messages(busy.first)).toEqual([]);
  expect(silentPort.asked).toEqual([]);
});
