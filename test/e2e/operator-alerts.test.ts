import { expect, test } from 'vitest';
import { startRelay } from '../../sandbox/relay/relay.ts';
import type { DiskUse } from '../../src/status/disk.ts';
import { eventually, operatorIn, startHere } from './alerts.fixture.ts';
import { startEnvironment } from './environment.fixture.ts';

const GIBIBYTE = 2 ** 30;
const soon = (seconds: number) => ({ createdAt: Math.floor(Date.now() / 1000) + seconds });

test('a token that is revoked is told through the other platform, and so is that the new one works', async () => {
  const world = await startEnvironment();
  const operator = operatorIn(world);
  const env = { OPERATOR: `${operator.discord},${operator.telegram}` };
  const first = await startHere(world, env);
  await first.ready();
  const next = world.discord.resetToken();
  await first.passUntil(() => operator.told('telegram').length > 0);
  expect(operator.headlines('telegram')).toEqual(['⚠️ Discord no longer accepts the bot.']);
  expect(operator.told('telegram')[0]).toContain('DISCORD_TOKEN');
  await first.stop();

  // With the old token it doesn't stay, and says nothing new.
  const second = await startHere(world, env);
  await expect(second.failed).rejects.toThrow('DISCORD_TOKEN');
  await second.stop();

  const third = await startHere(world, { ...env, DISCORD_TOKEN: next });
  await eventually(() => third.has('alert.sent'));
  expect(operator.headlines('telegram')).toEqual([
    '⚠️ Discord no longer accepts the bot.',
    '✅ Discord accepts the bot again.',
  ]);
  expect(operator.told('discord')).toEqual([]);
  expect(JSON.stringify([first.lines, third.lines, operator.told('telegram')])).not.toContain(next);
});

test('a token that is refused at the start is told through the other platform before the program ends', async () => {
  const world = await startEnvironment();
  const operator = operatorIn(world);
  const env = { OPERATOR: `${operator.telegram},${operator.discord}` };
  const program = world.start({ ...env, TELEGRAM_TOKEN: '123456:wrong-token' });
  expect((await program.exit).code).toBe(2);
  expect(operator.headlines('discord')).toEqual(['⚠️ Telegram no longer accepts the bot.']);
  const next = await startHere(world, env);
  await eventually(() => next.has('alert.sent'));
  expect(operator.headlines('discord')[1]).toBe('✅ Telegram accepts the bot again.');
});

test('no relay for ten minutes, and one again', async () => {
  const world = await startEnvironment();
  const relay = await startRelay();
  const operator = operatorIn(world);
  const program = await startHere(world, { OPERATOR: operator.telegram, RELAYS: relay.url });
  await program.ready();
  await relay.stop();
  await eventually(() => program.has('relay.interrupted'));
  await program.passUntil(() => operator.told('telegram').length > 0);
  expect(operator.headlines('telegram')).toEqual(['⚠️ Not connected to any relay.']);
  const back = await startRelay({ port: Number(new URL(relay.url).port) });
  try {
    await program.passUntil(() => operator.headlines('telegram').includes('✅ Connected to a relay again.'));
  } finally {
    await back.stop();
  }
});

test('a disk that is nearly full, in the operator’s language, and one that has room again', async () => {
  const world = await startEnvironment();
  const reader = world.telegram.person({ firstName: 'Lin', language: 'zh-hans' });
  const told = () =>
    world.telegram
      .messages(reader)
      .filter(({ byBot }) => byBot)
      .map(({ message }) => message.text ?? '');
  let freeBytes = 100 * GIBIBYTE;
  const readDiskUse = async (): Promise<DiskUse> => ({
    freeBytes,
    totalBytes: 200 * GIBIBYTE,
    databaseBytes: 1,
  });
  const program = await startHere(world, { OPERATOR: `telegram:${reader.id}` }, { readDiskUse });
  await program.ready();
  // Whoever presses Start gets posts, in the language of their app.
  world.telegram.say({ chat: reader, user: reader, text: '/start' });
  await eventually(() => told().length === 1);
  freeBytes = GIBIBYTE / 8;
  await program.passUntil(() => told().some((text) => text.startsWith('⚠️ 磁盘快满了，还剩 128 MB。')));
  const metrics = await (await fetch(`${program.statusUrl}/metrics`)).text();
  expect(metrics).toContain(`postrider_disk_free_bytes ${freeBytes}\n`);
  expect(metrics).toContain('postrider_alerts_sent_total{alert="disk"} 1\n');
  freeBytes = 100 * GIBIBYTE;
  await program.passUntil(() => told().some((text) => text.startsWith('✅ 磁盘又有空间了')));
});

test('a channel that can’t be posted to, and that it can again', async () => {
  const world = await startEnvironment();
  const operator = operatorIn(world);
  const program = await startHere(world, { OPERATOR: operator.discord });
  await program.ready();
  const { telegram, relay, author } = world;
  telegram.setStatus(telegram.chat, telegram.bot, 'administrator', { rights: { can_post_messages: false } });
  relay.publish(author.note('Nobody reads this yet.', soon(1)));
  await eventually(() => program.has('destination.suspended'));
  await program.passUntil(() => operator.told('discord').length > 0);
  expect(operator.headlines('discord')).toEqual(["⚠️ I can't post in 1 channel or chat."]);
  expect(operator.told('discord')[0]).toContain('make me an admin with “Post Messages”');
  telegram.setStatus(telegram.chat, telegram.bot, 'administrator', { rights: { can_post_messages: true } });
  await program.passUntil(() =>
    operator.headlines('discord').includes('✅ No channel or chat is blocked any more.'),
  );
});

test('another program with the same Telegram token: the one that stands by says so, on Telegram, too', async () => {
  const world = await startEnvironment();
  const operator = operatorIn(world);
  const first = await startHere(world, {});
  await first.ready();
  const second = await startHere(world, {
    OPERATOR: operator.telegram,
    DATABASE_URL: `sqlite:${world.folder}/other/postrider.db`,
    DISCORD_TOKEN: '',
    DISCORD_CHANNELS: '',
  });
  await eventually(() => second.has('token.standby') || second.has('token.shared'));
  await second.passUntil(() => operator.told('telegram').length > 0);
  expect(operator.headlines('telegram')[0]).toMatch(
    /^⚠️ Another program (?:is|was) using the bot's Telegram token/u,
  );
});

test('an operator who can’t be written to is named at the start, and the alert goes to the other address', async () => {
  const world = await startEnvironment();
  const operator = operatorIn(world);
  const stranger = world.telegram.person({ firstName: 'Nils', started: false });
  const program = await startHere(world, {
    OPERATOR: `telegram:${stranger.id},discord:7,${operator.discord}`,
  });
  await program.ready();
  await eventually(
    () =>
      program.has('operator.unreachable', { operator: `telegram:${stranger.id}` }) &&
      program.has('operator.unreachable', { operator: 'discord:7' }) &&
      program.has('operator.reachable', { operator: operator.discord }),
  );
  world.telegram.revoke();
  await program.passUntil(() => operator.told('discord').length > 0);
  expect(operator.headlines('discord')).toEqual(['⚠️ Telegram no longer accepts the bot.']);
});

test('an operator who takes no direct messages is told once they do', async () => {
  const world = await startEnvironment();
  const operator = operatorIn(world);
  const program = await startHere(world, { OPERATOR: operator.discord });
  await program.ready();
  world.discord.owner.closed = true;
  world.telegram.revoke();
  await program.passUntil(() =>
    program.lines.some(
      ({ event, reason, remedy }) =>
        event === 'alert.undelivered' &&
        String(reason).includes('50007') &&
        String(remedy).includes("I can't DM this person"),
    ),
  );
  // Readers don't notice.
  world.relay.publish(world.author.note('As always.', soon(1)));
  await world.discord.until(() => world.shown().discord.some((text) => text.includes('As always.')));
  world.discord.owner.closed = false;
  await program.passUntil(() => operator.told('discord').length > 0);
  expect(operator.headlines('discord')).toEqual(['⚠️ Telegram no longer accepts the bot.']);
});

test('a program that keeps being killed says so', async () => {
  const world = await startEnvironment();
  const operator = operatorIn(world);
  const env = { OPERATOR: operator.telegram };
  for (let run = 0; run < 3; run += 1) {
    const program = world.start(env);
    await program.logged('operator.reachable');
    program.kill('SIGKILL');
    await program.exit;
    expect(operator.told('telegram')).toEqual([]);
  }
  await world.start(env).logged('alert.sent');
  expect(operator.headlines('telegram')).toEqual(['⚠️ Postrider ended unexpectedly 3 times within an hour.']);
}, 60_000);

test('a clock that is two hours ahead of both platforms', async () => {
  const world = await startEnvironment();
  const operator = operatorIn(world);
  const program = await startHere(world, { OPERATOR: operator.telegram });
  program.skip(2 * 60 * 60_000);
  await program.ready();
  await program.passUntil(() => {
    world.telegram.endPoll();
    return operator.told('telegram').length > 0;
  });
  expect(operator.headlines('telegram')[0]).toMatch(/^⚠️ This machine's clock is .* ahead\.$/u);
});

test.each([
  ['telegram:1', { TELEGRAM_TOKEN: '', TELEGRAM_CHATS: '' }, 'OPERATOR: needs TELEGRAM_TOKEN'],
  ['telegram:1,discord:2', { DISCORD_TOKEN: '', DISCORD_CHANNELS: '' }, 'OPERATOR: needs DISCORD_TOKEN'],
  ['@mara', {}, 'OPERATOR: "@mara" is not telegram:<user ID> or discord:<user ID>'],
  [
    'telegram:-1001234567890',
    {},
    'OPERATOR: entry 1 (not shown, it may be secret) is not telegram:<user ID>',
  ],
  ['telegram:7000000001:AAfakeTokenOfTheSandboxServer_0123456', {}, 'OPERATOR: contains a Telegram token'],
  ['matrix:1', {}, 'is not telegram:<user ID> or discord:<user ID>'],
])('OPERATOR=%s is a clear error', async (OPERATOR, env, problem) => {
  const world = await startEnvironment();
  const program = world.start({ ...env, OPERATOR });
  expect((await program.exit).code).toBe(2);
  expect(program.plain()).toContain(problem);
  expect(program.plain()).not.toContain('AAfakeToken');
});
