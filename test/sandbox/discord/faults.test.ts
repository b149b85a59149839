import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createManualClock } from '../../../sandbox/discord/clock.ts';
import { addTestGuild, call, startTestDiscord } from './discord.fixture.ts';

const CREATE = 'POST /channels/:channel/messages';
const bucket = { limit: '5', bucket: expect.any(String) as string };
const none = { limit: null, remaining: null, 'reset-after': null, bucket: null };

test.each([
  ['user', { ...bucket, remaining: '0', 'reset-after': '6.400', global: null }, /^You are/u],
  ['shared', { ...bucket, remaining: '4', 'reset-after': '6.400', global: null }, /^The resource/u],
  ['global', { ...none, global: 'true' }, /^You are/u],
] as const)('a rate limit of scope %s has Discord’s headers', async (scope, expected, message) => {
  const discord = await startTestDiscord({ clock: createManualClock() });
  const { channel } = addTestGuild(discord);
  discord.fault({ route: CREATE, effect: { limit: { retryAfter: 6.4, scope } } });
  const { status, headers, body } = await call(discord, 'POST', `/channels/${channel.id}/messages`, {});
  expect(status).toBe(429);
  expect(body).toEqual({
    message: expect.stringMatching(message) as string,
    retry_after: 6.4,
    global: scope === 'global',
  });
  expect([headers.get('retry-after'), headers.get('x-ratelimit-scope')]).toEqual(['7', scope]);
  const said = Object.keys(expected).map((name) => [name, headers.get(`x-ratelimit-${name}`)]);
  expect(Object.fromEntries(said)).toEqual(expected);
  expect(discord.messages(channel)).toEqual([]);
});

test('a page of a proxy has none of Discord’s headers', async () => {
  const discord = await startTestDiscord();
  discord.fault({ effect: { page: 403, retryAfter: 60 } });
  const response = await fetch(`${discord.apiUrl}/v10/users/@me`);
  expect(response.status).toBe(403);
  expect(response.headers.get('content-type')).toBe('text/html');
  expect(response.headers.get('retry-after')).toBe('60');
  expect(response.headers.get('via')).toBeNull();
  expect(await response.text()).toMatch(/^<!DOCTYPE html>/u);
});

test('a reset token is refused, and the new one accepted', async () => {
  const discord = await startTestDiscord();
  const socket = new WebSocket(`${discord.apiUrl.replace('http', 'ws')}/`);
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve) => socket.once('message', resolve));
  const next = discord.resetToken();
  expect(await closed).toBe(4004);
  const asked = (token: string) =>
    fetch(`${discord.apiUrl}/v10/users/@me`, { headers: { authorization: `Bot ${token}` } });
  expect((await asked(discord.token)).status).toBe(401);
  expect((await asked(next)).status).toBe(200);
});

test('identifies are limited per day', async () => {
  const clock = createManualClock();
  const discord = await startTestDiscord({ clock, sessionStarts: 1 });
  const left = async () => (await call(discord, 'GET', '/gateway/bot')).body['session_start_limit'];
  expect(await left()).toMatchObject({ remaining: 1, reset_after: 86_400_000 });
  const ready = discord.next('ready');
  const socket = new WebSocket(`${discord.apiUrl.replace('http', 'ws')}/`);
  socket.once('message', () =>
    socket.send(JSON.stringify({ op: 2, d: { token: discord.token, intents: 1, properties: {} } })),
  );
  await ready;
  clock.advance(60_000);
  expect(await left()).toMatchObject({ remaining: 0, reset_after: 86_340_000 });
  clock.advance(86_340_000);
  expect(await left()).toMatchObject({ remaining: 1 });
});

test('AutoMod blocks new messages and edits', async () => {
  const discord = await startTestDiscord();
  const { guild, channel } = addTestGuild(discord);
  const path = `/channels/${channel.id}/messages`;
  const { body: posted } = await call(discord, 'POST', path, { content: 'https://a.example' });
  discord.world.block(guild, /a\.example/u);
  const linked = { content: 'again https://a.example' };
  const blocked = { status: 400, body: { code: 200000 } };
  expect(await call(discord, 'POST', path, linked)).toMatchObject(blocked);
  expect(await call(discord, 'PATCH', `${path}/${String(posted['id'])}`, linked)).toMatchObject(blocked);
  expect(await call(discord, 'POST', path, { content: 'again' })).toMatchObject({ status: 200 });
});

test('only Create Message returns the nonce', async () => {
  const discord = await startTestDiscord();
  const { channel } = addTestGuild(discord);
  const path = `/channels/${channel.id}/messages`;
  const { body } = await call(discord, 'POST', path, { content: 'a', nonce: 'n' });
  expect(body['nonce']).toBe('n');
  expect((await call(discord, 'GET', path)).body).not.toHaveProperty('0.nonce');
  expect((await call(discord, 'GET', `${path}/${String(body['id'])}`)).body).not.toHaveProperty('nonce');
});

test('a thread leaves the archive unless it is locked', async () => {
  const discord = await startTestDiscord();
  const { guild, channel } = addTestGuild(discord);
  const thread = discord.world.addChannel(guild, {
    name: 'old',
    kind: 'thread',
    parent: channel,
    archived: true,
    locked: true,
  });
  const reopen = () => call(discord, 'PATCH', `/channels/${thread.id}`, { archived: false });
  expect(await reopen()).toMatchObject({ status: 403, body: { code: 50013 } });
  discord.world.changeChannel(thread, { locked: false });
  expect(await reopen()).toMatchObject({ status: 200, body: { thread_metadata: { archived: false } } });
  expect(await call(discord, 'PATCH', `/channels/${channel.id}`, { archived: false })).toMatchObject({
    status: 400,
  });
});
