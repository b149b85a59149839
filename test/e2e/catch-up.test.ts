import { expect, test } from 'vitest';
import { startEnvironment } from './environment.fixture.ts';

const now = () => Math.floor(Date.now() / 1000);

test('after downtime forty notes arrive as one digest, which is edited when a note is deleted', async () => {
  const world = await startEnvironment();
  const first = world.start();
  await first.ready();
  first.kill('SIGTERM');
  await first.exit;
  const base = now();
  const notes = Array.from({ length: 40 }, (_, n) =>
    world.author.note(`Word of day ${n + 1}.`, { createdAt: base + n + 1 }),
  );
  world.relay.publish(...notes);

  world.start();
  const both = (holds: (texts: readonly string[]) => boolean) =>
    Promise.all([
      world.discord.until(() => holds(world.shown().discord)),
      world.telegram.until(() => holds(world.shown().telegram), 15_000),
    ]);
  await both((texts) => texts.length === 1);
  for (const [digest] of Object.values(world.shown())) {
    expect(digest).toMatch(/While I was away: 40 posts[\s\S]*Word of day 40[\s\S]*Word of day 3\d/u);
    expect(digest).toMatch(/earlier posts/u);
  }

  world.relay.publish(world.author.deletion(notes.slice(38), { createdAt: base + 50 }));
  await both((texts) => texts.some((text) => text.includes('While I was away: 38 posts')));
  world.relay.publish(world.author.note('And on we go.', { createdAt: base + 60 }));
  await both((texts) => texts.length === 2);
  for (const [digest, next] of Object.values(world.shown())) {
    expect(digest).not.toContain('Word of day 40');
    expect(next).toContain('And on we go.');
  }
});
