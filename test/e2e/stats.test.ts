import { expect, test } from 'vitest';
import { startEnvironment } from './environment.fixture.ts';

const isPng = (bytes: Uint8Array): boolean => Buffer.from(bytes).subarray(1, 4).toString() === 'PNG';

/** A program with some posts of the last months, and `/stats` asked on both platforms. */
async function startWithPosts() {
  const world = await startEnvironment();
  const now = Math.floor(Date.now() / 1_000);
  for (let week = 1; week <= 20; week += 1)
    world.relay.publish(world.author.note(`Week ${week} #tides`, { createdAt: now - week * 604_800 }));
  const program = world.start();
  await program.ready();
  return { ...world, program };
}

test('on Discord the chart comes with the answer, and a button shows the other one', async () => {
  const { discord, program } = await startWithPosts();
  const { channel, member } = discord;
  const first = await discord.slash({ user: member, channel, name: 'stats' });
  if (first.status !== 'answered') throw new Error(first.status);
  const [months] = first.message.attachments;
  expect(months && isPng(months.bytes)).toBe(true);
  expect(JSON.stringify(first.message.components)).toContain(`/${months?.filename}`);

  const button = /"custom_id":"([^"]+)","label":"By hour"|"label":"By hour"[^}]*"custom_id":"([^"]+)"/u;
  const [, one, other] = button.exec(JSON.stringify(first.message.components)) ?? [];
  const second = await discord.press({ user: member, message: first.message, customId: one ?? other ?? '' });
  if (second.status !== 'answered') throw new Error(second.status);
  const hours = second.message.attachments;
  expect(hours).toHaveLength(1);
  expect(hours[0]?.filename).not.toBe(months?.filename);
  expect(program.lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
});

test('on Telegram the chart is a photo, which is uploaded once and then sent by its id', async () => {
  const { telegram, program } = await startWithPosts();
  const { reader } = telegram;
  const photos = () =>
    telegram.calls.filter(({ method }) => method === 'sendPhoto').map(({ payload }) => payload['photo']);
  telegram.say({ chat: reader, user: reader, text: '/stats' });
  await telegram.until(() => photos().length === 1, 15_000);
  telegram.say({ chat: reader, user: reader, text: '/stats' });
  await telegram.until(() => photos().length === 2, 15_000);
  const [uploaded, again] = photos();
  expect(String(uploaded)).toMatch(/^attach:\/\//u);
  expect(String(again)).not.toMatch(/^attach/u);
  const messages = telegram.messages(reader).filter(({ byBot }) => byBot);
  expect(messages.at(-1)?.message.caption).toContain('20 posts since');
  expect(program.lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
});
