import { expect, test } from 'vitest';
import { startEnvironment } from './environment.fixture.ts';

const nowS = () => Math.floor(Date.now() / 1000);
const expiresIn = (seconds: number): { tags: string[][] } => ({
  tags: [['expiration', String(nowS() + seconds)]],
});

test('posts of an expired note are deleted, while the program runs and after downtime', async () => {
  const world = await startEnvironment();
  const { author, relay, discord, telegram, shown } = world;
  const standing = () =>
    [...shown().discord, ...shown().telegram].map((text) => /Brief|Long|Lasting/u.exec(text)?.[0]);
  const first = world.start();
  await first.ready();
  const base = nowS();
  relay.publish(author.note('Lasting, as ropes are.', { createdAt: base + 1 }));
  relay.publish(author.note('Brief, as foam is.', { createdAt: base + 2, ...expiresIn(6) }));
  relay.publish(author.note('Long, but not for ever.', { createdAt: base + 3, ...expiresIn(14) }));
  const all = ['Lasting', 'Brief', 'Long'];
  async function are(words: readonly string[]): Promise<void> {
    await expect.poll(standing, { timeout: 20_000 }).toEqual([...words, ...words]);
  }
  await are(all);
  await are(['Lasting', 'Long']);
  first.kill('SIGTERM');
  await first.exit;
  expect(standing()).toContain('Long');
  await expect.poll(() => nowS() >= base + 15, { timeout: 20_000 }).toBe(true);
  world.start();
  await discord.until(() => shown().discord.length === 1);
  await telegram.until(() => shown().telegram.length === 1, 15_000);
  await are(['Lasting']);
}, 60_000);
