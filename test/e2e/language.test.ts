import { expect, test } from 'vitest';
import { zh } from '../../src/i18n/zh/catalogue.ts';
import { startEnvironment } from './environment.fixture.ts';

test('Chinese subscribers are served in Chinese, a channel without a choice in English', async () => {
  const world = await startEnvironment();
  const { telegram, relay, author } = world;
  const reader = telegram.person({ firstName: 'Lan', language: 'zh-hans' });
  const program = world.start();
  await program.ready();
  const toReader = () => telegram.messages(reader).filter(({ byBot, deleted }) => byBot && !deleted);

  telegram.say({ chat: reader, user: reader, text: '/start' });
  await telegram.until(() => toReader().length > 0, 15_000);
  expect(toReader()[0]?.message.text).toContain(zh.subscribe.added.private(author.npub).slice(0, 3));
  const before = toReader().length;
  const now = Math.floor(Date.now() / 1000);
  relay.publish(
    author.note('Which name for the ferry?', {
      kind: 1068,
      createdAt: now,
      tags: [
        ['option', 'a', 'Patience'],
        ['endsAt', String(now + 86_400)],
      ],
    }),
  );
  await telegram.until(() => toReader().length > before, 15_000);
  const post = toReader().at(-1)?.message;
  expect(post?.text).toContain(`${zh.note.pollOfOne} · ${zh.note.pollUntil}`);
  expect(post?.text).toMatch(/\d{4}年\d{1,2}月\d{1,2}日/u);
  expect(post?.reply_markup?.inline_keyboard[0]?.[0]?.text).toBe(zh.note.vote);
  await telegram.until(() => world.shown().telegram.length > 0, 15_000);
  expect(world.shown().telegram[0]).toContain('Poll · pick one');

  program.kill('SIGTERM');
  expect(await program.exit).toEqual({ code: 0, signal: null });
});
