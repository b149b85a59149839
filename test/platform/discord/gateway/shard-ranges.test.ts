import { expect, onTestFinished, test } from 'vitest';
import { createManualClock } from '../../../../sandbox/discord/clock.ts';
import { type DiscordOptions, startDiscord } from '../../../../sandbox/discord/discord.ts';
import type { Guild } from '../../../../sandbox/discord/world/model.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { paragraph, text } from '../../../../src/note/document.ts';
import { createDiscord } from '../../../../src/platform/discord/discord.ts';
import type { IdentifyLeases } from '../../../../src/platform/discord/gateway/identify-throttler.ts';
import type { ShardRange } from '../../../../src/platform/discord/gateway/shard-range.ts';
import { LoginRefusedError } from '../../../../src/platform/platform.ts';
import { answerOf, bodyOf, fakeHost, messageText, recordingLog } from '../discord.fixture.ts';

const { refused, errors } = en.discord;
const AT_ONCE = { maxConcurrency: 16, everyMs: 0 };
const HALVES: readonly ShardRange[] = [
  { first: 0, last: 1, total: 4 },
  { first: 2, last: 3, total: 4 },
];

const shardOf = ({ id }: Guild, total: number): number => Number((BigInt(id) >> 22n) % BigInt(total));

/** A Discord with a server on each shard, and programs that have some of the shards each. */
async function fleet(total: number, options: DiscordOptions = {}) {
  const discord = await startDiscord({ limits: 'off', identifies: AT_ONCE, ...options });
  onTestFinished(() => discord.stop());
  const { world } = discord;
  const owner = world.addUser({ name: 'Owner' });
  const ports = new Map<number, { guild: Guild; channel: ReturnType<typeof world.addChannel> }>();
  while (ports.size < total) {
    const guild = world.addGuild({ name: `Port ${ports.size}`, owner, installed: false });
    const shard = shardOf(guild, total);
    if (ports.has(shard)) continue;
    ports.set(shard, { guild, channel: world.addChannel(guild, { name: 'quay' }) });
    world.install(guild);
  }
  const mira = world.addUser({ name: 'Mira' });
  for (const { guild } of ports.values()) world.addMember(guild, mira);
  const identified: string[] = [];
  discord.on('identify', ({ shard }) => identified.push(shard.join('/')));

  /** Its answers say which shards it has. */
  function program(
    shards: ShardRange,
    { identifyLeases, wait }: Pick<Parameters<typeof createDiscord>[0], 'identifyLeases' | 'wait'> = {},
  ) {
    const { log, lines } = recordingLog();
    const platform = createDiscord({
      token: discord.token,
      apiUrl: discord.apiUrl,
      log,
      shards,
      ...(identifyLeases && { identifyLeases }),
      ...(wait && { wait }),
    });
    onTestFinished(() => platform.stop());
    const name = `${shards.first}-${shards.last}`;
    const { host, told } = fakeHost(() => answerOf(name));
    return { platform, host, told, lines, start: () => platform.start(host) };
  }
  const portOn = (shard: number) => {
    const port = ports.get(shard);
    if (!port) throw new Error(`No server on shard ${shard}`);
    return port;
  };
  const ask = async (channel: (typeof ports extends Map<number, infer Port> ? Port : never)['channel']) => {
    const answer = await discord.slash({ channel, user: mira, name: 'latest' });
    return answer.status === 'answered' && answer.message ? messageText(answer.message) : answer.status;
  };
  return { discord, world, owner, mira, identified, program, portOn, ask };
}

/** Leases as a shared database grants them: one holder at a time. */
function sharedLeases(): IdentifyLeases {
  const held = new Set<string>();
  return {
    async acquire(name) {
      if (held.has(name)) return undefined;
      held.add(name);
      return { release: async () => void held.delete(name) };
    },
  };
}

test('two programs with half of the shards each answer in their own servers', async () => {
  const { discord, world, mira, identified, program, portOn, ask } = await fleet(4);
  const programs = HALVES.map((range) => program(range));
  await Promise.all(programs.map(({ start }) => start()));
  expect([...identified].sort()).toEqual(['0/4', '1/4', '2/4', '3/4']);
  const answers = [];
  for (const shard of [0, 1, 2, 3]) answers.push(await ask(portOn(shard).channel));
  expect(answers).toEqual(['0-1', '0-1', '2-3', '2-3']);
  // Direct messages go to the first shard.
  expect(await ask(world.openDm(mira))).toBe('0-1');
  // Who has the shard hears of the loss.
  world.deleteChannel(portOn(3).channel);
  await expect.poll(() => programs[1]?.told).toEqual([`left discord:${portOn(3).channel.id}`]);
  expect(programs[0]?.told).toEqual([]);
  // One is lost, and named by its place among all of them.
  discord.gateway.close(4013, '', 2);
  await expect.poll(() => programs[1]?.platform.error()).toBe(errors.shards([2], 4, refused.closings[4013]));
  expect(programs[0]?.platform.error()).toBeUndefined();
});

test('whoever delivers reaches servers on the shards of others, and their owners', async () => {
  const { discord, world, owner, program, portOn } = await fleet(4);
  const { platform, start } = program(HALVES[0] as ShardRange);
  await start();
  const { guild, channel } = portOn(3);
  const forum = world.addChannel(guild, { name: 'forum', kind: 'forum' });
  const announcements = world.addChannel(guild, { name: 'announcements', kind: 'announcement' });
  const body = bodyOf(platform, [paragraph(text('Salt'))], 'auto');
  for (const [index, { id }] of [channel, forum, announcements].entries())
    expect(await platform.send(`discord:${id}`, body, `k${index}`)).toMatchObject({ status: 'sent' });
  expect(discord.messages(channel).map(messageText)).toEqual(['Salt']);

  expect(await platform.notifyOwner?.({ destination: `discord:${channel.id}`, fix: 'Let me in.' })).toBe(
    true,
  );
  const [told] = discord.messages(world.openDm(owner));
  expect(told && messageText(told)).toContain(`#quay (${guild.name})`);
});

test('with leases, the shards of all programs log in no faster than Discord allows', async () => {
  const clock = createManualClock();
  const { discord, identified, program } = await fleet(4, {
    clock,
    identifies: { maxConcurrency: 2, everyMs: 5_000 },
  });
  let hasty = 0;
  discord.on('hasty', () => (hasty += 1));
  const times = new Map<string, number>();
  discord.on('identify', ({ shard }) => times.set(shard.join('/'), clock.now()));
  const leases = { identifyLeases: sharedLeases(), wait: waitOn(clock) };
  const programs = HALVES.map((range) => program(range, leases));
  let started = 0;
  const starts = programs.map(async ({ start }) => {
    await start();
    started += 1;
  });
  await expect
    .poll(
      () => {
        clock.advance(500);
        return started;
      },
      { interval: 20, timeout: 20_000 },
    )
    .toBe(2);
  await Promise.all(starts);
  expect(hasty).toBe(0);
  expect(identified).toHaveLength(4);
  const gap = (one: number, other: number) =>
    Math.abs((times.get(`${one}/4`) ?? 0) - (times.get(`${other}/4`) ?? 0));
  expect(gap(0, 2)).toBeGreaterThanOrEqual(5_000);
  expect(gap(1, 3)).toBeGreaterThanOrEqual(5_000);
});

test('without leases, Discord refuses who is too early, and lets it in later', async () => {
  const { discord, program, portOn, ask } = await fleet(2, {
    identifies: { maxConcurrency: 1, everyMs: 300 },
  });
  let hasty = 0;
  discord.on('hasty', () => (hasty += 1));
  const programs = [0, 1].map((shard) => program({ first: shard, last: shard, total: 2 }));
  await Promise.all(programs.map(({ start }) => start()));
  expect(hasty).toBeGreaterThanOrEqual(1);
  expect([await ask(portOn(0).channel), await ask(portOn(1).channel)]).toEqual(['0-0', '1-1']);
});

test('a total that is too small is refused at the start, with what to do', async () => {
  const { program } = await fleet(2, { guildsPerShard: { most: 0, recommended: 1 } });
  const { start } = program({ first: 0, last: 0, total: 2 });
  await expect(start()).rejects.toThrow(new LoginRefusedError(refused.tooFewShards(2)));
});

test('a shard that outgrows its total is reported; the others go on', async () => {
  const { discord, program, portOn, ask } = await fleet(2);
  const { platform, start, lines } = program({ first: 0, last: 1, total: 2 });
  await start();
  discord.gateway.close(4011, 'Sharding required.', 1);
  await expect.poll(() => platform.error()).toBe(errors.shards([1], 2, refused.tooFewShards(2)));
  expect(lines).toContainEqual(expect.stringContaining(refused.tooFewShards(2)));
  expect(await ask(portOn(0).channel)).toBe('0-1');
});

test('logins of the day that are used up are waited for', async () => {
  const clock = createManualClock();
  const { identified, program } = await fleet(2, { clock, sessionStarts: 1 });
  // The pause before the next try; the connected shards are looked after less often.
  const wait = async (ms: number) => {
    if (ms < 5_000) clock.advance(86_400_000);
    else await new Promise(() => {});
  };
  const one = program({ first: 0, last: 0, total: 2 });
  await one.start();
  const other = program({ first: 1, last: 1, total: 2 }, { wait });
  const starting = other.start();
  await expect
    .poll(() => other.lines)
    .toContainEqual(expect.stringMatching(/^gateway\.exhausted .*"needed":1,"remaining":0/u));
  await starting;
  expect(identified).toEqual(['0/2', '1/2']);
});

test.each([
  { first: 0, last: 2, total: 2 },
  { first: 1, last: 0, total: 2 },
  { first: -1, last: 0, total: 2 },
  { first: 0.5, last: 1, total: 2 },
])('there are no shards $first to $last of $total', (shards) => {
  const options = { token: 'x', log: recordingLog().log, shards };
  expect(() => createDiscord(options)).toThrow(RangeError);
});

/** A wait that ends when the clock has been advanced so far. */
function waitOn(clock: ReturnType<typeof createManualClock>) {
  return (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(ms, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });
}
