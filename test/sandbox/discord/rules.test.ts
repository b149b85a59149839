import { Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { createManualClock } from '../../../sandbox/discord/clock.ts';
import { OBSERVED_LIMITS } from '../../../sandbox/discord/http/rate-limits.ts';
import type { PermissionName } from '../../../sandbox/discord/world/flags.ts';
import type { ChannelOptions } from '../../../sandbox/discord/world/world-options.ts';
import { addTestGuild, call, display, startClient, startTestDiscord, V2 } from './discord.fixture.ts';

const TEXT = { content: 'x' };
const EMBED = { embeds: [{ title: 'x' }] };

test.each<[string, ChannelOptions, readonly PermissionName[], object, number, number]>([
  ['without View Channel', { name: 'c' }, ['ViewChannel'], TEXT, 403, 50001],
  ['without Send Messages', { name: 'c' }, ['SendMessages'], TEXT, 403, 50013],
  ['with an embed alone and no Embed Links', { name: 'c' }, ['EmbedLinks'], EMBED, 403, 50013],
  [
    'with a reference and no Read Message History',
    { name: 'c' },
    ['ReadMessageHistory'],
    { ...TEXT, message_reference: { message_id: '1212912443513110528' } },
    403,
    160002,
  ],
  ['into a forum', { name: 'c', kind: 'forum' }, [], TEXT, 400, 40058],
  ['into a category', { name: 'c', kind: 'category' }, [], TEXT, 400, 50008],
])('a message %s is refused', async (_name, options, deny, body, status, code) => {
  const discord = await startTestDiscord();
  const { guild } = addTestGuild(discord);
  const overwrites = [{ of: discord.world.bot, deny }];
  const channel = discord.world.addChannel(guild, { ...options, overwrites });
  const answer = await call(discord, 'POST', `/channels/${channel.id}/messages`, body);
  expect(answer).toMatchObject({ status, body: { code } });
});

test('threads have rules of their own', async () => {
  const discord = await startTestDiscord();
  const { guild, channel } = addTestGuild(discord);
  const thread = (state: object) =>
    discord.world.addChannel(guild, { name: 't', kind: 'thread', parent: channel, ...state });
  const send = (id: string) => call(discord, 'POST', `/channels/${id}/messages`, TEXT);
  const archived = thread({ archived: true });
  expect(await send(archived.id)).toMatchObject({ status: 200 });
  expect(archived.archived).toBe(false);
  expect(await send(thread({ archived: true, locked: true }).id)).toMatchObject({ body: { code: 160005 } });
  discord.world.setOverwrites(channel, [{ of: discord.world.bot, deny: ['SendMessages'] }]);
  expect(await send(archived.id)).toMatchObject({ status: 200 });
  discord.world.setOverwrites(channel, [{ of: discord.world.bot, deny: ['SendMessagesInThreads'] }]);
  expect(await send(archived.id)).toMatchObject({ body: { code: 50013 } });
});

test('direct messages require a common guild and consent', async () => {
  const discord = await startTestDiscord();
  const { mira } = addTestGuild(discord);
  const stranger = discord.world.addUser({ name: 'Stranger' });
  const write = async (id: string) => {
    const { body } = await call(discord, 'POST', '/users/@me/channels', { recipient_id: id });
    return call(discord, 'POST', `/channels/${String(body['id'])}/messages`, TEXT);
  };
  expect(await write(mira.id)).toMatchObject({ status: 200 });
  expect(await write(stranger.id)).toMatchObject({ status: 403, body: { code: 50278 } });
  mira.closed = true;
  expect(await write(mira.id)).toMatchObject({ status: 403, body: { code: 50007 } });
});

test('only the author can edit and delete messages', async () => {
  const discord = await startTestDiscord();
  const { guild, channel, mira } = addTestGuild(discord);
  const theirs = discord.say(channel, mira, 'hello');
  const path = `/channels/${channel.id}/messages`;
  expect(await call(discord, 'PATCH', `${path}/${theirs.id}`, TEXT)).toMatchObject({ body: { code: 50005 } });
  expect(await call(discord, 'DELETE', `${path}/${theirs.id}`)).toMatchObject({ body: { code: 50013 } });
  const own = await call(discord, 'POST', path, TEXT);
  const one = `${path}/${String(own.body['id'])}`;
  expect(await call(discord, 'PATCH', one, { content: 'y' })).toMatchObject({ body: { content: 'y' } });
  expect(await call(discord, 'PATCH', one, { content: '' })).toMatchObject({ body: { code: 50006 } });
  expect(await call(discord, 'DELETE', one)).toMatchObject({ status: 204 });
  expect(await call(discord, 'DELETE', one)).toMatchObject({ status: 404, body: { code: 10008 } });
  discord.world.deleteChannel(channel);
  expect(await call(discord, 'POST', path, TEXT)).toMatchObject({ status: 404, body: { code: 10003 } });
  discord.world.remove(guild);
  expect(await call(discord, 'GET', `/guilds/${guild.id}`)).toMatchObject({ body: { code: 50001 } });
});

test('an edit can add Components V2 but not remove it', async () => {
  const discord = await startTestDiscord();
  const { channel } = addTestGuild(discord);
  const path = `/channels/${channel.id}/messages`;
  const one = `${path}/${String((await call(discord, 'POST', path, TEXT)).body['id'])}`;
  const layout = { flags: V2, components: [display('card')] };
  expect(await call(discord, 'PATCH', one, layout)).toMatchObject({ body: { code: 50035 } });
  const turned = await call(discord, 'PATCH', one, { ...layout, content: null });
  expect(turned.body).toMatchObject({ content: '', flags: V2 });
  expect(await call(discord, 'PATCH', one, { flags: 0, ...TEXT })).toMatchObject({ body: { code: 50035 } });
});

test.each<[string, object, object]>([
  ['no word on mentions', {}, { users: ['Mira'], roles: ['crew'], everyone: true }],
  ['nothing allowed', { allowed_mentions: { parse: [] } }, { users: [], roles: [], everyone: false }],
  [
    'users allowed',
    { allowed_mentions: { parse: ['users'] } },
    { users: ['Mira'], roles: [], everyone: false },
  ],
])('a message with %s notifies accordingly, and so does an edit', async (_name, more, expected) => {
  const discord = await startTestDiscord();
  const { guild, channel, mira } = addTestGuild(discord);
  const crew = discord.world.addRole(guild, { name: 'crew', mentionable: true });
  const content = `<@${mira.id}> <@&${crew.id}> @everyone`;
  const whom = () =>
    discord.messages(channel).map(({ pings: { users, roles, everyone } }) => ({
      users: users.map(({ name }) => name),
      roles: roles.map(({ name }) => name),
      everyone,
    }));
  const path = `/channels/${channel.id}/messages`;
  const layout = { flags: V2, components: [{ type: 17, components: [display(content)] }], ...more };
  const sent = await call(discord, 'POST', path, layout);
  expect(whom()).toEqual([expected]);
  const quiet = { content: `\`${content}\`` };
  await call(discord, 'POST', path, quiet);
  expect(whom()[1]).toEqual({ users: [], roles: [], everyone: false });
  await call(discord, 'PATCH', `${path}/${String(sent.body['id'])}`, {
    components: [display(content)],
    ...more,
  });
  expect(whom()[0]).toEqual(expected);
});

test('an enforced nonce returns the same message for some minutes', async () => {
  const clock = createManualClock();
  const discord = await startTestDiscord({ clock, nonceWindowMs: 60_000 });
  const { channel } = addTestGuild(discord);
  const send = (more: object) =>
    call(discord, 'POST', `/channels/${channel.id}/messages`, { ...TEXT, ...more });
  const first = await send({ nonce: 'n', enforce_nonce: true });
  const again = await send({ nonce: 'n', enforce_nonce: true });
  expect(again.body['id']).toBe(first.body['id']);
  await send({ nonce: 'n' });
  expect(discord.messages(channel)).toHaveLength(2);
  clock.advance(60_001);
  await send({ nonce: 'n', enforce_nonce: true });
  expect(discord.messages(channel)).toHaveLength(3);
});

test('the sixth message within five seconds is limited', async () => {
  const clock = createManualClock();
  const discord = await startTestDiscord({ clock, limits: OBSERVED_LIMITS });
  const { channel } = addTestGuild(discord);
  const send = () => call(discord, 'POST', `/channels/${channel.id}/messages`, TEXT);
  for (const left of [4, 3, 2, 1, 0])
    expect((await send()).headers.get('x-ratelimit-remaining')).toBe(String(left));
  clock.advance(1000);
  const refused = await send();
  expect(refused).toMatchObject({ status: 429, body: { retry_after: 4, global: false } });
  expect(refused.headers.get('x-ratelimit-scope')).toBe('user');
  clock.advance(4000);
  expect(await send()).toMatchObject({ status: 200 });
});

test('faults apply to matching requests only', async () => {
  const discord = await startTestDiscord();
  const { channel } = addTestGuild(discord);
  const route = 'POST /channels/:channel/messages';
  const send = () => call(discord, 'POST', `/channels/${channel.id}/messages`, TEXT);
  discord.fault({ route, times: 2, effect: { status: 503 } });
  discord.fault({ route, effect: { limit: { retryAfter: 0.5, scope: 'global' } } });
  expect(await call(discord, 'GET', '/users/@me')).toMatchObject({ status: 200 });
  expect([(await send()).status, (await send()).status]).toEqual([503, 503]);
  expect(await send()).toMatchObject({ status: 429, body: { retry_after: 0.5, global: true } });
  discord.fault({ route, effect: 'reset before' });
  await expect(send()).rejects.toThrow('fetch failed');
  expect(discord.messages(channel)).toHaveLength(0);
  discord.fault({ route, effect: 'reset after' });
  await expect(send()).rejects.toThrow('fetch failed');
  expect(discord.messages(channel)).toHaveLength(1);
  discord.fault({ route, effect: 'lost' });
  const carriedOut = discord.next('message');
  const given = new AbortController();
  const lost = fetch(`${discord.apiUrl}/v10/channels/${channel.id}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(TEXT),
    signal: given.signal,
  });
  await carriedOut;
  given.abort();
  await expect(lost).rejects.toThrow('aborted');
  expect(discord.messages(channel)).toHaveLength(2);
});

test('with a nonce, discord.js sends no duplicate after a cut connection', async () => {
  const discord = await startTestDiscord();
  const { channel } = addTestGuild(discord);
  const client = await startClient(discord, { rest: { api: discord.apiUrl, retries: 1 } });
  discord.fault({ route: 'POST /channels/:channel/messages', effect: { status: 500 } });
  discord.fault({ route: 'POST /channels/:channel/messages', effect: 'reset after' });
  const post = () =>
    client.rest.post(Routes.channelMessages(channel.id), {
      body: { ...TEXT, nonce: 'n', enforce_nonce: true },
    });
  await post().catch(() => undefined);
  await post();
  expect(discord.messages(channel)).toHaveLength(1);
});

test('an uploaded file is stored, referenced and served', async () => {
  const discord = await startTestDiscord();
  const { channel } = addTestGuild(discord);
  const client = await startClient(discord);
  await client.rest.post(Routes.channelMessages(channel.id), {
    body: {
      flags: V2,
      components: [{ type: 12, items: [{ media: { url: 'attachment://sea.png' } }] }],
      attachments: [{ id: 0, description: 'the sea' }],
    },
    files: [{ name: 'sea.png', data: Buffer.from('picture'), contentType: 'image/png' }],
  });
  const [message] = discord.messages(channel);
  const [file] = message?.attachments ?? [];
  expect(file).toMatchObject({ filename: 'sea.png', description: 'the sea' });
  expect(message?.components).toMatchObject([{ items: [{ media: { url: file?.url } }] }]);
  expect(await (await fetch(file?.url ?? '')).text()).toBe('picture');
});

test('a message is crossposted once', async () => {
  const discord = await startTestDiscord();
  const { guild, channel } = addTestGuild(discord);
  const news = discord.world.addChannel(guild, { name: 'wire', kind: 'announcement' });
  const publish = async (id: string) => {
    const { body } = await call(discord, 'POST', `/channels/${id}/messages`, TEXT);
    return `/channels/${id}/messages/${String(body['id'])}/crosspost`;
  };
  const path = await publish(news.id);
  expect(await call(discord, 'POST', path)).toMatchObject({ status: 200, body: { flags: 1 } });
  expect(await call(discord, 'POST', path)).toMatchObject({ body: { code: 40033 } });
  expect(await call(discord, 'POST', await publish(channel.id))).toMatchObject({ body: { code: 50024 } });
});

test('recorded requests contain no token', async () => {
  const discord = await startTestDiscord();
  await call(discord, 'POST', `/webhooks/${discord.world.applicationId}/secret-token`, TEXT);
  expect(discord.requests.at(-1)?.path).toBe(`/webhooks/${discord.world.applicationId}/:token`);
  expect(JSON.stringify(discord.requests)).not.toMatch(/secret-token|loopback-token/);
});
