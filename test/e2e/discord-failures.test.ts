import { expect, test } from 'vitest';
import { startEnvironment } from './environment.fixture.ts';

const soon = (seconds: number) => ({ createdAt: Math.floor(Date.now() / 1000) + seconds });

test('a revoked Discord token halts only Discord; a start with a new one delivers what is waiting', async () => {
  const world = await startEnvironment();
  const program = world.start();
  await program.ready();
  const next = world.discord.resetToken();
  world.relay.publish(world.author.note('After the token.', soon(1)));
  await program.logged('platform.halted', ({ destination }) => String(destination).startsWith('discord:'));
  await program.logged('message.sent', ({ destination }) => String(destination).startsWith('telegram:'));
  const health = await fetch(`${await program.statusUrl()}/healthz`);
  expect([health.status, await health.json()]).toEqual([
    503,
    { status: 'failing', failing: { discord: expect.stringContaining('token') as string } },
  ]);
  program.kill('SIGTERM');
  expect(await program.exit).toMatchObject({ code: 0 });

  world.start({ DISCORD_TOKEN: next });
  await world.discord.until(() => world.shown().discord.length === 1);
  expect(world.shown().discord[0]).toContain('After the token.');
  expect(world.shown().telegram).toHaveLength(1);
});

test('a Discord server that removes the bot and adds it again gets what it missed', async () => {
  const world = await startEnvironment();
  const program = world.start();
  await program.ready();
  world.discord.world.remove(world.discord.guild);
  await program.logged('destination.gone');
  world.relay.publish(world.author.note('While away.', soon(1)));
  await program.logged('message.sent', ({ destination }) => String(destination).startsWith('telegram:'));
  expect(world.shown().discord).toEqual([]);
  world.discord.world.install(world.discord.guild);
  await world.discord.until(() => world.shown().discord.length === 1);
  expect(world.shown().discord[0]).toContain('While away.');
});
