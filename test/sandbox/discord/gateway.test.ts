import { type Client, Events, Status } from 'discord.js';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createManualClock } from '../../../sandbox/discord/clock.ts';
import type { FakeDiscord } from '../../../sandbox/discord/discord.ts';
import { createEvents } from '../../../sandbox/discord/events.ts';
import { addTestGuild, call, startClient, startTestDiscord } from './discord.fixture.ts';

const hello = { op: 2, d: { token: 'loopback-token', intents: 1, properties: {} } };

const once = (client: Client, event: Events) =>
  new Promise<unknown>((resolve) => client.once(event as Events.ShardResume, resolve));

test.each([
  ['a cut connection', (gateway: FakeDiscord['gateway']) => gateway.drop()],
  ['a request to reconnect', (gateway: FakeDiscord['gateway']) => gateway.reconnect()],
  ['close code 4000', (gateway: FakeDiscord['gateway']) => gateway.close(4000)],
])('discord.js resumes after %s without loss', async (_name, harm) => {
  const discord = await startTestDiscord();
  const { guild } = addTestGuild(discord);
  const client = await startClient(discord);
  const resumed = discord.next('resume');
  const heard = once(client, Events.ShardResume);
  const created = once(client, Events.ChannelCreate);
  harm(discord.gateway);
  discord.world.addChannel(guild, { name: 'missed' });
  await Promise.all([resumed, heard, created]);
  expect(client.ws.status).toBe(Status.Ready);
  expect(client.guilds.cache.get(guild.id)?.channels.cache.some(({ name }) => name === 'missed')).toBe(true);
});

const sessionIn = (ready: unknown) => (ready as { session_id: string }).session_id;

/** A gateway connection that speaks frames. */
async function connect(discord: FakeDiscord) {
  const socket = new WebSocket(`${discord.apiUrl.replace('http', 'ws')}/`);
  const frames: { op: number; t?: string; d: Record<string, unknown> | boolean | null }[] = [];
  const heard = createEvents<{ frame: undefined }>();
  socket.on('message', (data: Buffer) => {
    frames.push(JSON.parse(data.toString()) as (typeof frames)[number]);
    heard.emit('frame', undefined);
  });
  await heard.until(() => frames.length > 0);
  return {
    frames,
    closed: new Promise<number>((resolve) => socket.on('close', resolve)),
    say: (frame: object) => socket.send(JSON.stringify(frame)),
    until: (op: number) => heard.until(() => frames.some((frame) => frame.op === op)),
  };
}

test('an invalidated session can’t be resumed', async () => {
  const discord = await startTestDiscord();
  const first = await connect(discord);
  first.say(hello);
  await first.until(0);
  const ready = first.frames.find(({ t }) => t === 'READY')?.d;
  discord.gateway.invalidate(false);
  await first.until(9);
  const second = await connect(discord);
  second.say({ op: 6, d: { token: discord.token, session_id: sessionIn(ready), seq: 1 } });
  await second.until(9);
  expect(second.frames.at(-1)).toEqual({ op: 9, d: false });
});

/** What a session is told of, once it has identified as that shard. */
async function identified(discord: FakeDiscord, shard: readonly [number, number]) {
  const connection = await connect(discord);
  connection.say({ op: 2, d: { ...hello.d, shard } });
  await connection.until(0);
  const told = (type: string) => connection.frames.filter(({ t }) => t === type).map(({ d }) => d);
  return { ...connection, told };
}

test('every shard receives its own servers only', async () => {
  const discord = await startTestDiscord();
  // Ids of a world are by turns odd and even as numbers of a shard: one for each between two guilds and their roles.
  const guilds = [1, 2].map((number) => discord.world.addGuild({ name: `Port ${number}` }));
  const shards = [await identified(discord, [0, 2]), await identified(discord, [1, 2])] as const;
  const seen = shards.map(({ told }) =>
    told('READY').flatMap((ready) => (ready as { guilds: object[] }).guilds),
  );
  expect(seen.map((some) => some.length)).toEqual([1, 1]);
  expect(new Set(seen.flat().map((one) => (one as { id: string }).id))).toEqual(
    new Set(guilds.map(({ id }) => id)),
  );
  for (const guild of guilds) discord.world.addChannel(guild, { name: 'quay' });
  for (const { frames, say, until } of shards) {
    say({ op: 1, d: null });
    await until(11);
    expect(frames.filter(({ t }) => t === 'CHANNEL_CREATE')).toHaveLength(1);
  }
});

test('a shard with too many servers is closed', async () => {
  const discord = await startTestDiscord({ guildsPerShard: { most: 1, recommended: 1 } });
  for (const name of ['one', 'two', 'three']) discord.world.addGuild({ name });
  const gateway = await call(discord, 'GET', '/gateway/bot');
  expect(gateway.body['shards']).toBe(3);
  const connection = await connect(discord);
  const closed = connection.closed;
  connection.say(hello);
  expect(await closed).toBe(4011);
});

test('identifies are limited by max_concurrency', async () => {
  const clock = createManualClock();
  const discord = await startTestDiscord({ clock, identifies: { maxConcurrency: 2, everyMs: 5_000 } });
  expect((await call(discord, 'GET', '/gateway/bot')).body['session_start_limit']).toMatchObject({
    max_concurrency: 2,
  });
  await identified(discord, [0, 4]);
  await identified(discord, [1, 4]);
  const early = await connect(discord);
  early.say({ op: 2, d: { ...hello.d, shard: [2, 4] } });
  await early.until(9);
  expect(early.frames.at(-1)).toEqual({ op: 9, d: false });
  clock.advance(5_000);
  expect((await identified(discord, [2, 4])).told('READY')).toHaveLength(1);
});

test('a heartbeat is acknowledged', async () => {
  const discord = await startTestDiscord({ heartbeatMs: 1234 });
  const connection = await connect(discord);
  expect(connection.frames[0]).toEqual({ op: 10, d: { heartbeat_interval: 1234 } });
  connection.say({ op: 1, d: null });
  await connection.until(11);
});

test.each([
  [Events.ChannelDelete, 'deleteChannel'],
  [Events.ChannelUpdate, 'setOverwrites'],
  [Events.GuildRoleUpdate, 'setRole'],
  [Events.GuildDelete, 'remove'],
  [Events.GuildUnavailable, 'setOutage'],
  [Events.GuildCreate, 'install'],
] as const)('a change arrives as %s', async (event, change) => {
  const discord = await startTestDiscord();
  const { guild, channel } = addTestGuild(discord);
  const elsewhere = discord.world.addGuild({ name: 'Elsewhere', installed: false });
  const client = await startClient(discord);
  const heard = once(client, event);
  const role = guild.roles.get(guild.id);
  if (!role) throw new Error('no @everyone');
  const { world } = discord;
  const changes = {
    deleteChannel: () => world.deleteChannel(channel),
    setOverwrites: () => world.setOverwrites(channel, [{ of: role, deny: ['SendMessages'] }]),
    setRole: () => world.setRole(guild, role, ['ViewChannel']),
    remove: () => world.remove(guild),
    setOutage: () => world.setOutage(guild, true),
    install: () => world.install(elsewhere),
  };
  changes[change]();
  expect(await heard).toBeDefined();
});

test('discord.js’s cache follows changed permissions', async () => {
  const discord = await startTestDiscord();
  const { guild, channel } = addTestGuild(discord);
  const client = await startClient(discord);
  const updated = once(client, Events.ChannelUpdate);
  discord.world.setOverwrites(channel, [{ of: discord.world.bot, deny: ['SendMessages'] }]);
  await updated;
  const me = client.guilds.cache.get(guild.id)?.members.me;
  expect(me?.permissionsIn(channel.id).has('SendMessages')).toBe(false);
  expect(me?.permissionsIn(channel.id).has('ViewChannel')).toBe(true);
});

test.each([
  ['no JSON', ['{'], 4002],
  ['an unknown opcode', [hello, { op: 99 }], 4001],
  ['anything before it identified', [{ op: 3, d: {} }], 4003],
  ['a wrong token', [{ op: 2, d: { ...hello.d, token: 'x' } }], 4004],
  ['a second identify', [hello, hello], 4005],
  [
    'a sequence from the future',
    [{ op: 6, d: { token: 'loopback-token', session_id: 'session-1', seq: 99 } }],
    4007,
  ],
  ['a shard beyond the count', [{ op: 2, d: { ...hello.d, shard: [1, 1] } }], 4010],
  ['a shard below nought', [{ op: 2, d: { ...hello.d, shard: [-1, 1] } }], 4010],
  ['a shard of none', [{ op: 2, d: { ...hello.d, shard: [0, 0] } }], 4010],
  ['a shard without a count', [{ op: 2, d: { ...hello.d, shard: [0] } }], 4010],
  ['a shard in words', [{ op: 2, d: { ...hello.d, shard: ['0', '1'] } }], 4010],
  ['half a shard', [{ op: 2, d: { ...hello.d, shard: [0.5, 2] } }], 4010],
  ['intents that do not exist', [{ op: 2, d: { ...hello.d, intents: 2 ** 30 } }], 4013],
  ['a privileged intent', [{ op: 2, d: { ...hello.d, intents: 1 << 15 } }], 4014],
])('a client that sends %s is closed', async (_name, frames, code) => {
  const discord = await startTestDiscord();
  await startClient(discord);
  const socket = new WebSocket(`${discord.apiUrl.replace('http', 'ws')}/`);
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('message', (data: Buffer) => {
    if ((JSON.parse(data.toString()) as { op: number }).op !== 10) return;
    for (const frame of frames) socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  });
  expect(await closed).toBe(code);
});
