import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startRelay } from '../../sandbox/relay/relay.ts';
import { startEnvironment } from './environment.fixture.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

test('the first lines say what runs, for whom and where, how to add the bot, and that it is ready', async () => {
  const world = await startEnvironment();
  world.relay.publish(world.author.note(JSON.stringify({ name: 'Mara of the harbour' }), { kind: 0 }));
  const program = world.start();
  expect(await program.logged('program.ready')).toMatchObject({ level: 'info', destinations: 2 });
  expect(program.lines[0]).toMatchObject({
    event: 'program.started',
    version,
    node: process.versions.node,
    platforms: 'discord, telegram',
    store: expect.stringContaining('/data/postrider.db'),
  });
  expect(await program.logged('author.followed')).toMatchObject({ npub: world.author.npub });
  expect(await program.logged('author.named')).toMatchObject({ name: 'Mara of the harbour' });

  const { invite } = await program.logged('gateway.ready');
  const link = new URL(String(invite));
  expect(link.origin + link.pathname).toBe('https://discord.com/oauth2/authorize');
  expect(Object.fromEntries(link.searchParams)).toEqual({
    client_id: world.discord.world.applicationId,
    scope: 'bot applications.commands',
    // View Channels, Send Messages, Embed Links, Attach Files, Read Message History, Send Messages in Threads.
    permissions: String(2 ** 10 + 2 ** 11 + 2 ** 14 + 2 ** 15 + 2 ** 16 + 2 ** 38),
  });
  const { username, link: chat } = await program.logged('login.accepted');
  expect(chat).toBe(`https://t.me/${String(username)}?start=subscribe`);

  program.kill('SIGTERM');
  await program.exit;
  const again = world.start();
  expect(await again.logged('author.followed')).toMatchObject({ name: 'Mara of the harbour' });
});

test('on a terminal these are sentences: what runs and for whom, then how to add the bot', async () => {
  const world = await startEnvironment();
  world.relay.publish(world.author.note(JSON.stringify({ name: 'Mara of the harbour' }), { kind: 0 }));
  const before = world.start();
  expect(await before.logged('author.named')).toMatchObject({ name: 'Mara of the harbour' });
  // This relay has no negentropy, and says so in a NOTICE.
  expect(await before.logged('notice.received')).toMatchObject({ relay: expect.stringContaining('ws://') });
  before.kill('SIGTERM');
  await before.exit;

  const program = world.start({ LOG_FORMAT: 'pretty' });
  await expect.poll(program.plain, { timeout: 20_000 }).toMatch(/ INFO {2}Ready: /u);
  const [first = ''] = program.plain().split('\n');
  const short = `${world.author.npub.slice(0, 12)}…`;
  expect(first.slice('00:00:00 INFO  '.length)).toBe(
    `Postrider ${version}, following Mara of the harbour (${short}), Discord + Telegram, Node ${process.versions.node}  event=author.followed npub=${world.author.npub}`,
  );
  expect(program.plain()).toMatch(
    /Discord ready as \S+#\d{4} in 1 server – invite: https:\/\/discord\.com\//u,
  );
  expect(program.plain()).toMatch(/Telegram ready as @\w+ – https:\/\/t\.me\/\w+\?start=subscribe /u);
  expect(program.plain()).not.toMatch(/\? | undefined/u);
});

test('without subscriptions, the ready message says how to subscribe', async () => {
  const world = await startEnvironment();
  const program = world.start({ DISCORD_CHANNELS: '', TELEGRAM_CHATS: '' });
  expect(await program.logged('program.ready')).toMatchObject({
    destinations: 0,
    hint: expect.stringContaining('/subscribe'),
  });
});

test('with both tokens refused, both are named, and nothing is reported as connected or ready', async () => {
  const world = await startEnvironment();
  const program = world.start({
    DISCORD_TOKEN: 'MTIzNDU2.wrong.token',
    TELEGRAM_TOKEN: '123456:wrong-token',
  });
  expect((await program.exit).code).toBe(2);
  expect(program.plain()).toMatch(/DISCORD_TOKEN: Discord rejected/u);
  expect(program.plain()).toMatch(/TELEGRAM_TOKEN/u);
  expect(JSON.stringify(program.lines)).not.toMatch(
    /platform\.connected|program\.ready|"event":"[^"]*connected/u,
  );
});

test.each([
  ['DISCORD_TOKEN', 'MTIzNDU2.wrong.token', 'telegram'],
  ['TELEGRAM_TOKEN', '123456:wrong-token', 'discord'],
])(
  'with %s refused, the other platform is reported neither as refused nor as ready',
  async (name, token, other) => {
    const world = await startEnvironment();
    const program = world.start({ [name]: token });
    expect((await program.exit).code).toBe(2);
    expect(program.plain().match(/(?:DISCORD|TELEGRAM)_TOKEN/gu)).toEqual([name]);
    const refused = program.lines.filter(({ event }) => event === 'platform.refused');
    expect(refused.map(({ platform }) => platform === other)).toEqual([false]);
    expect(program.lines.filter(({ event }) => event === 'program.ready')).toEqual([]);
  },
);

test('stopped before a platform was reached, it doesn’t claim to be connected', async () => {
  const world = await startEnvironment();
  const away = await startRelay();
  const port = new URL(away.url).port;
  await away.stop();
  const program = world.start({ DISCORD_API_URL: `http://127.0.0.1:${port}` });
  await program.logged('gateway.unreachable');
  program.kill('SIGTERM');
  expect((await program.exit).code).toBe(0);
  const connected = program.lines.filter(({ event }) => event === 'platform.connected');
  expect(connected.filter(({ platform }) => platform === 'discord')).toEqual([]);
});
