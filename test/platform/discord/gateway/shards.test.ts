import { expect, test } from 'vitest';
import type { DiscordOptions } from '../../../../sandbox/discord/discord.ts';
import type { Guild } from '../../../../sandbox/discord/world/model.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { fakeHost, recordingLog, startBot } from '../discord.fixture.ts';

const { refused, errors } = en.discord;
const AT_ONCE = { maxConcurrency: 16, everyMs: 0 };

const shardOf = ({ id }: Guild, count: number): number => Number((BigInt(id) >> 22n) % BigInt(count));

/** A bot in more servers than one shard should serve, with at least one on each of two shards. */
async function fleet(guildsPerShard: DiscordOptions['guildsPerShard'], log = recordingLog()) {
  const all = await startBot({ guildsPerShard, identifies: AT_ONCE, log: log.log });
  const { discord, guild } = all;
  const { world } = discord;
  const identified: (readonly [number, number])[] = [];
  discord.on('identify', ({ shard }) => identified.push(shard));
  const { host, told, hears } = fakeHost();

  /** A server on this shard, with a member and a channel. */
  function port(shard: number, count = 2) {
    const user = world.addUser({ name: 'Pilot' });
    // The ids of a world alternate between two shards.
    const owners = [0, 1].map(() => world.addUser({ name: 'Owner' }));
    const there = owners
      .map((owner) => world.addGuild({ name: `Port ${owner.id}`, owner, installed: false }))
      .find((one) => shardOf(one, count) === shard);
    if (!there) throw new Error(`No server of two belongs to shard ${shard}`);
    const channel = world.addChannel(there, { name: 'quay' });
    world.addMember(there, user);
    world.install(there);
    return { guild: there, channel, user };
  }
  const ask = ({ channel, user }: Pick<ReturnType<typeof port>, 'channel' | 'user'>) =>
    discord.slash({ channel, user, name: 'latest' });
  return {
    ...all,
    world,
    host,
    told,
    hears,
    identified,
    port,
    ask,
    lines: log.lines,
    first: shardOf(guild, 2),
  };
}

test('uses the recommended number of shards, and serves all of them', async () => {
  const { discord, mira, platform, host, hears, identified, port, ask, lines, first } = await fleet({
    most: 2,
    recommended: 1,
  });
  const other = port(1 - first);
  await platform.start(host);
  expect(identified).toHaveLength(2);
  expect(identified).toEqual(
    expect.arrayContaining([
      [0, 2],
      [1, 2],
    ]),
  );
  expect(platform.error()).toBeUndefined();
  expect(lines).toContainEqual(expect.stringMatching(/^gateway\.ready .*"guilds":2,"shards":2/u));
  const places = [
    other,
    { channel: [...discord.world.guilds.values()][0]!.channels.values().next().value!, user: mira },
    { channel: discord.world.openDm(mira), user: mira },
  ];
  for (const place of places) expect(await ask(place)).toMatchObject({ status: 'answered' });
  discord.world.deleteChannel(other.channel);
  await hears(`left discord:${other.channel.id}`);
});

test('a lost shard is reported and resumed, while others continue', async () => {
  const { discord, platform, host, port, ask, first } = await fleet({ most: 2, recommended: 1 });
  const [one, two] = [port(1 - first), port(first)];
  await platform.start(host);
  const count = 3;
  const lost = shardOf(one.guild, count);
  const resumed = discord.next('resume');
  discord.gateway.drop(lost);
  await expect.poll(() => platform.error()).toBe(errors.shards([lost], count, errors.lost));
  expect((await resumed).shard).toEqual([lost, count]);
  await expect.poll(() => platform.error()).toBeUndefined();
  for (const place of [one, two]) expect(await ask(place)).toMatchObject({ status: 'answered' });
});

test('a shard closed for good is reported, while others continue', async () => {
  const { discord, platform, host, port, ask, first } = await fleet({ most: 2, recommended: 1 });
  const other = port(1 - first);
  await platform.start(host);
  discord.gateway.close(4013, '', first);
  await expect.poll(() => platform.error()).toBe(errors.shards([first], 2, refused.closings[4013]));
  expect(await ask(other)).toMatchObject({ status: 'answered' });
});

test('retries with more shards if the recommended number is too small', async () => {
  const { platform, host, identified, port, ask, lines, first } = await fleet({ most: 1, recommended: 9 });
  const other = port(1 - first);
  await platform.start(host);
  expect(identified.map(([, count]) => count)).toEqual([2, 2]);
  expect(lines).toContainEqual(expect.stringContaining(refused.closings[4011]));
  expect(platform.error()).toBeUndefined();
  expect(await ask(other)).toMatchObject({ status: 'answered' });
});

test('logs in with more shards when the bot has outgrown its shards', async () => {
  const { discord, mira, channel, platform, host, identified, port, ask, hears, lines, first } = await fleet({
    most: 1,
    recommended: 1,
  });
  await platform.start(host);
  expect(identified).toEqual([[0, 1]]);
  const other = port(1 - first);
  const ready = new Promise<void>((resolve) => {
    let count = 0;
    discord.on('ready', () => (count += 1) === 2 && resolve());
  });
  discord.gateway.drop();
  await expect
    .poll(() => lines)
    .toContainEqual(expect.stringMatching(/^gateway\.sharding_required .*"shards":1/u));
  await ready;
  await expect.poll(() => platform.error()).toBeUndefined();
  expect(identified.slice(1).map(([, count]) => count)).toEqual([2, 2]);
  for (const place of [other, { channel, user: mira }])
    expect(await ask(place)).toMatchObject({ status: 'answered' });
  discord.world.deleteChannel(channel);
  await hears(`left discord:${channel.id}`);
});
