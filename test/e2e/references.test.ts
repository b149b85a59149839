import { neventEncode } from 'nostr-tools/nip19';
import { expect, test } from 'vitest';
import { authorNamed } from '../../sandbox/relay/fake-author.ts';
import { startEnvironment } from './environment.fixture.ts';

const now = () => Math.floor(Date.now() / 1000);

test('mentioned people and notes are shown by name everywhere, unknown people by key', async () => {
  const world = await startEnvironment();
  const [ida, nobody] = [authorNamed('Ida'), authorNamed('Nobody')];
  const fog = ida.note('Fog until ten, then light.');
  // Display names may contain anything, so we escape them.
  world.relay.publish(ida.note(JSON.stringify({ display_name: '@everyone\n**Ida**' }), { kind: 0 }), fog);
  const program = world.start();
  await program.ready();

  const words = `With nostr:${ida.npub} and nostr:${nobody.npub}:\n\nnostr:${neventEncode({ id: fog.id })}`;
  const note = world.author.note(words, { createdAt: now() + 1 });
  world.relay.publish(note);
  await world.discord.until(() => world.shown().discord.length > 0);
  await world.telegram.until(() => world.shown().telegram.length > 0, 15_000);

  const { discord, telegram } = world.shown();
  const key = `${nobody.npub.slice(0, 12)}…${nobody.npub.slice(-4)}`;
  // Word joiners keep an @ from mentioning anybody.
  expect(telegram[0]?.replaceAll('\u2060', '')).toContain(`With @everyone **Ida** and @${key}:`);
  expect(telegram[0]).toContain('everyone **Ida**\nFog until ten, then light.');
  expect(discord[0]).toContain('Fog until ten, then light.');
  expect(discord[0]).toContain(key);
  expect(world.discord.messages(world.discord.channel)[0]?.pings).toEqual({
    users: [],
    roles: [],
    everyone: false,
  });

  const before = world.relay.frames.length;
  world.telegram.say({ chat: world.telegram.reader, user: world.telegram.reader, text: '/latest 1' });
  const answers = () =>
    world.telegram
      .messages(world.telegram.reader)
      .filter(({ byBot }) => byBot)
      .map(({ message }) => message.text ?? '');
  await world.telegram.until(() => answers().length > 0, 15_000);
  expect(answers()[0]).toContain('everyone **Ida**\nFog until ten, then light.');
  // Everything was cached, so no relay was asked again.
  expect(world.relay.frames.length).toBe(before);
});
