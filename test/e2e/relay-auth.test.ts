import { expect, test } from 'vitest';
import { discordText, startEnvironment } from './environment.fixture.ts';

const STRFRY = { restricted: { kinds: [1, 6, 30_023] }, wording: 'strfry' } as const;
const nowS = (): number => Math.floor(Date.now() / 1000);

test('a relay that silently withholds posts from strangers is named, with what it demands', async () => {
  const world = await startEnvironment({ relay: STRFRY });
  world.relay.publish(world.author.note('Unseen.'));
  const program = world.start();
  await program.ready();
  const { relay, trouble, reason } = await program.logged('relay.withholding');
  expect({ relay, trouble }).toEqual({ relay: world.relay.url, trouble: 'needs-key' });
  expect(reason).toContain('BOT_KEY');
  const health = await fetch(`${await program.statusUrl()}/healthz`);
  expect(health.status).toBe(503);
  expect(await health.json()).toMatchObject({
    failing: { relays: expect.stringContaining('shows the posts') },
  });
  const { discord } = world;
  const seen = await discord.slash({ user: discord.member, channel: discord.channel, name: 'status' });
  const said = seen.status === 'answered' ? discordText(seen.message) : '';
  expect(said).toContain('requires a registered key');
  expect(said).not.toContain('Everything is working');
});

test('with a bot key it serves everything, old and new', async () => {
  const world = await startEnvironment({ relay: STRFRY });
  for (let index = 0; index < 20; index += 1) world.relay.publish(world.author.note(`Old ${index}.`));
  const program = world.start({ BOT_KEY: '3c'.repeat(32) });
  await program.ready();
  await program.logged('relay.completed', ({ received }) => Number(received) >= 20);
  const status = await program.statusUrl();
  expect((await fetch(`${status}/healthz`)).status).toBe(200);
  expect(await (await fetch(`${status}/metrics`)).text()).toMatch(/^postrider_notes 20$/mu);
  world.relay.publish(world.author.note('Live.', { createdAt: nowS() + 1 }));
  await world.discord.until(() => world.shown().discord.some((text) => text.includes('Live.')));
});
