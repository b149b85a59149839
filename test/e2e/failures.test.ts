import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nsecEncode } from 'nostr-tools/nip19';
import { expect, test } from 'vitest';
import { startRelay } from '../../sandbox/relay/relay.ts';
import { discordText, startEnvironment } from './environment.fixture.ts';
import { startProgram } from './program.fixture.ts';

test.each([
  [
    'nothing at all',
    {},
    [/AUTHOR is required: the author's npub/u, /DISCORD_TOKEN, TELEGRAM_TOKEN: set at least one/u],
  ],
  [
    'several mistakes',
    {
      AUTHOR: 'nobody',
      RELAYS: 'http://x.example',
      DISCORD_TOKEN: 'token of two',
      BOT_KEY: 'nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe6',
      PORT: '99999',
      LOG_LEVEL: 'loud',
      TELEGRAM_CHATS: '12',
    },
    [
      /AUTHOR: "nobody"/u,
      /RELAYS: "http:\/\/x\.example"/u,
      /DISCORD_TOKEN/u,
      /BOT_KEY: not a secret key/u,
      /PORT: "99999"/u,
      /LOG_LEVEL: "loud"/u,
      /TELEGRAM_CHATS/u,
    ],
  ],
  [
    'a private key',
    { AUTHOR: 'nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5', DISCORD_TOKEN: 'x' },
    [/AUTHOR:.*secret/u],
  ],
  [
    'an unknown engine',
    { AUTHOR: '0'.repeat(64), DISCORD_TOKEN: 'x', DATABASE_URL: 'mysql://x' },
    [/DATABASE_URL/u],
  ],
])('%s is reported by name, all at once, and the program ends with 2', async (_, env, problems) => {
  const program = startProgram(env);
  expect(await program.exit).toMatchObject({ code: 2 });
  for (const problem of problems) expect(program.plain()).toMatch(problem);
  expect(program.plain()).not.toMatch(/ {4}at |nsec1vl029|token of two/u);
});

test.each([
  ['DISCORD_TOKEN', 'MTIzNDU2Nzg5MDEyMzQ1Njc4.wrong.token'],
  ['TELEGRAM_TOKEN', '123456:wrong-token'],
])('a refused %s is reported by name without its value, and the program ends', async (name, token) => {
  const world = await startEnvironment();
  const program = world.start({ [name]: token });
  expect((await program.exit).code).toBe(2);
  expect(program.plain()).toContain(name);
  // All problems are listed, and nothing else.
  expect(program.plain()).not.toContain('.env.example');
  expect(program.plain()).not.toMatch(/ {4}at /u);
  expect(`${program.plain()}${JSON.stringify(program.lines)}`).not.toContain(token);
});

test('a data folder that can’t be used is reported by name', async () => {
  const world = await startEnvironment();
  const blocked = join(world.folder, 'blocked');
  writeFileSync(blocked, '');
  const program = world.start({ DATABASE_URL: `sqlite:${join(blocked, 'data', 'x.db')}` });
  expect((await program.exit).code).toBe(2);
  expect(program.plain()).toMatch(/DATABASE_URL:.*blocked/u);
  expect(program.plain()).not.toMatch(/ {4}at /u);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  'started by npm and told to stop by %s, it ends with 0',
  async (signal) => {
    const world = await startEnvironment();
    const program = world.start({}, ['npm', 'start']);
    await program.ready();
    program.kill(signal);
    expect(await program.exit).toEqual({ code: 0, signal: null });
  },
);

test('a port in use is reported by name', async () => {
  const world = await startEnvironment();
  const program = world.start({ PORT: new URL(world.relay.url).port });
  expect((await program.exit).code).toBe(2);
  expect(program.plain()).toContain('PORT');
});

test('an archive is not filled with another author’s notes', async () => {
  const world = await startEnvironment();
  const first = world.start();
  await first.ready();
  first.kill('SIGTERM');
  await first.exit;
  const program = world.start({ AUTHOR: 'ab'.repeat(32) });
  expect((await program.exit).code).toBe(2);
  expect(program.plain()).toMatch(/AUTHOR: .*another author/u);
});

test('an unreachable relay is reported and retried, and stops nothing', async () => {
  const world = await startEnvironment();
  const away = await startRelay();
  const port = Number(new URL(away.url).port);
  await away.stop();
  const program = world.start({ RELAYS: away.url });
  const status = await program.statusUrl();
  await program.logged('platform.connected', ({ platform }) => platform === 'telegram');
  const failing = await fetch(`${status}/healthz`);
  expect(failing.status).toBe(503);
  expect(await failing.json()).toMatchObject({
    failing: { relays: expect.stringContaining('not connected to any relay') },
  });

  const back = await startRelay({ port });
  try {
    back.publish(world.author.note('Back again.', { createdAt: Math.floor(Date.now() / 1000) + 1 }));
    await world.discord.until(() => world.shown().discord.some((text) => text.includes('Back again.')));
    expect((await fetch(`${status}/healthz`)).status).toBe(200);
  } finally {
    await back.stop();
  }
});

test('a Telegram token revoked at run time is reported, and Discord still gets notes', async () => {
  const world = await startEnvironment();
  const program = world.start();
  await program.ready();
  const status = await program.statusUrl();
  world.telegram.revoke();
  world.relay.publish(world.author.note('After that.', { createdAt: Math.floor(Date.now() / 1000) + 1 }));
  await program.logged('platform.halted');
  await world.discord.until(() => world.shown().discord.some((text) => text.includes('After that.')));
  const health = await fetch(`${status}/healthz`);
  expect(health.status).toBe(503);
  expect(await health.json()).toEqual({ status: 'failing', failing: { telegram: 'the token was rejected' } });
  const { discord } = world;
  const seen = await discord.slash({ user: discord.member, channel: discord.channel, name: 'status' });
  expect(seen.status === 'answered' && discordText(seen.message)).toContain(
    'Telegram: the token was rejected.',
  );
});

test('metrics and health report the state, and reveal no token', async () => {
  const world = await startEnvironment();
  const program = world.start();
  await program.ready();
  const status = await program.statusUrl();
  world.relay.publish(world.author.note('Counted.', { createdAt: Math.floor(Date.now() / 1000) + 1 }));
  await program.logged('message.sent', ({ destination }) => String(destination).startsWith('telegram:'));
  await program.logged('message.sent', ({ destination }) => String(destination).startsWith('discord:'));
  const metrics = await (await fetch(`${status}/metrics`)).text();
  expect(metrics).toMatch(/^postrider_messages_sent_total\{platform="discord",action="post"\} 1$/mu);
  expect(metrics).toMatch(/^postrider_destinations\{state="active"\} 2$/mu);
  expect(metrics).toMatch(/^postrider_notes 1$/mu);
  for (const platform of ['discord', 'telegram'])
    for (const timed of [
      `relay_to_reader_seconds_count{platform="${platform}"}`,
      `queue_wait_seconds_count{platform="${platform}"}`,
      `api_call_seconds_count{platform="${platform}",call="send",result="sent"}`,
    ])
      expect(metrics.split('\n')).toContain(`postrider_${timed} 1`);
  expect(await (await fetch(`${status}/healthz`)).json()).toEqual({ status: 'ok', failing: {} });
  expect((await fetch(`${status}/nothing`)).status).toBe(404);
  const page = await (await fetch(`${status}/`)).text();
  expect(page).toContain('Everything is working.');
  for (const platform of [world.discord, world.telegram]) expect(page).not.toContain(platform.token);

  world.telegram.fault({ method: 'sendMessage', times: 3, effect: { kind: 'reset', when: 'before' } });
  world.relay.publish(
    world.author.note('Through a reset.', { createdAt: Math.floor(Date.now() / 1000) + 2 }),
  );
  await program.logged(
    'message.retrying',
    ({ platform, destination }) => platform === 'telegram' || String(destination).startsWith('telegram:'),
  );
  const said = `${program.plain()}${JSON.stringify(program.lines)}${metrics}`;
  expect(said).not.toContain(world.discord.token);
  expect(said).not.toContain(world.telegram.token);
});

test('the bot authenticates with BOT_KEY where a relay demands it, and no log shows the key', async () => {
  const hex = '5f'.repeat(32);
  const nsec = nsecEncode(Uint8Array.from(Buffer.from(hex, 'hex')));
  const world = await startEnvironment({ relay: { admission: {} } });
  const program = world.start({ BOT_KEY: nsec });
  await program.ready();
  world.relay.publish(
    world.author.note('Behind the door.', { createdAt: Math.floor(Date.now() / 1000) + 1 }),
  );
  await world.discord.until(() => world.shown().discord.length === 1);
  expect(world.shown().discord[0]).toContain('Behind the door.');
  const challenges = world.relay.frames
    .filter(([type]) => type === 'AUTH')
    .map(([, proof]) => (proof as { tags: string[][] }).tags.find(([name]) => name === 'challenge')?.[1]);
  // Once per connection: for following the author, and for direct messages.
  expect(new Set(challenges).size).toBe(challenges.length);
  expect(challenges.length).toBeLessThanOrEqual(2);
  program.kill('SIGTERM');
  await program.exit;
  const written = `${program.plain()}${JSON.stringify(program.lines)}`.toLowerCase();
  expect(written).not.toContain(hex);
  expect(written).not.toContain(nsec);
});

test('without a key, the status names a relay that demands one', async () => {
  const world = await startEnvironment({ relay: { admission: {} } });
  const program = world.start();
  await world.relay.received(([type]) => type === 'REQ');
  await program.logged('relay.interrupted');
  const metrics = await (await fetch(`${await program.statusUrl()}/metrics`)).text();
  expect(metrics).toMatch(/relay_state\{relay="[^"]+",state="waiting",trouble="needs-key"\} 1/u);
});
