import { expect, test } from 'vitest';
import { startEnvironment } from './environment.fixture.ts';

test('a picture comes from the author’s other media server, and later from Telegram’s cache', async () => {
  const world = await startEnvironment();
  const path = `/${'5e'.repeat(32)}.jpg`;
  const url = `https://pictures.example${path}`;
  world.telegram.setUrl(url, { error: 'WEBPAGE_CURL_FAILED' });
  const now = Math.floor(Date.now() / 1000);
  const tags = [['server', 'https://mirror.example/']];
  world.relay.publish(world.author.note('', { kind: 10_063, createdAt: now - 60, tags }));

  const asked = () =>
    world.telegram.calls
      .filter(({ method }) => method === 'sendPhoto')
      .map(({ payload }) => String(payload['photo']));

  const first = world.start();
  await first.ready();
  world.relay.publish(world.author.note(`The pier ${url}`, { createdAt: now + 1 }));
  await world.telegram.until(() => asked().length === 2, 15_000);
  expect(asked()).toEqual([url, `https://mirror.example${path}`]);
  first.kill('SIGTERM');
  await first.exit;

  const second = world.start();
  await second.ready();
  world.relay.publish(world.author.note(`The pier again ${url}`, { createdAt: now + 2 }));
  await world.telegram.until(() => asked().length === 3, 15_000);
  expect(asked()[2]).not.toMatch(/^http|^attach/);
  expect(world.shown().telegram).toHaveLength(2);
});
