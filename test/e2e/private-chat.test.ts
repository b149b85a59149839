import { expect, test } from 'vitest';
import { en } from '../../src/i18n/en/catalogue.ts';
import { componentsOf } from '../platform/discord/guild.fixture.ts';
import { discordText, startEnvironment } from './environment.fixture.ts';

const now = () => Math.floor(Date.now() / 1000);
const { settings } = en;
const words = 'The cranes stood still all morning, and the ships waited outside in a long grey row. '.repeat(
  3,
);

test('readers change settings in private on both platforms, and they survive a restart', async () => {
  const world = await startEnvironment();
  const { discord, telegram, author, relay } = world;
  const dm = discord.world.openDm(discord.member);
  const onDiscord = () => discord.messages(dm).map(discordText);
  const onTelegram = () =>
    telegram
      .messages(telegram.reader)
      .filter(({ byBot, deleted }) => byBot && !deleted)
      .map(({ message }) => message.text ?? '');
  const first = world.start();
  await first.ready();

  // On Telegram /start and one button, on Discord a command and one button.
  telegram.say({ chat: telegram.reader, user: telegram.reader, text: '/start' });
  await telegram.until(() => onTelegram().length === 1);
  const welcome = telegram.messages(telegram.reader).find(({ byBot }) => byBot)!.message;
  const missives = welcome.reply_markup?.inline_keyboard
    .flat()
    .find((button) => button.text === settings.presets.missives);
  await telegram.press({ message: welcome, user: telegram.reader, data: missives?.callback_data ?? '' })
    .answered;
  await telegram.until(() => onTelegram().length === 2);
  expect(onTelegram()[1]).toContain("You get: missives, as they're published.");
  const asked = await discord.slash({ user: discord.member, channel: dm, name: 'subscribe' });
  if (asked.status !== 'answered') throw new Error('Not answered');
  const chosen = await discord.press({
    user: discord.member,
    message: asked.message,
    customId:
      componentsOf(asked.message).find(({ label }) => label === settings.presets.missives)?.custom_id ?? '',
  });
  expect(chosen.status === 'answered' && discordText(chosen.message)).toContain(
    "You get: missives, as they're published.",
  );

  const before = { discord: onDiscord().length, telegram: onTelegram().length };
  first.kill('SIGTERM');
  await first.exit;
  const base = now();
  relay.publish(author.note('Just a word.', { createdAt: base + 1 }));
  relay.publish(author.note(`Harbour Letter\n\n${words}`, { createdAt: base + 2 }));
  world.start();
  await discord.until(() => onDiscord().length > before.discord);
  await telegram.until(() => onTelegram().length > before.telegram, 15_000);
  for (const [shown, count] of [
    [onDiscord(), before.discord],
    [onTelegram(), before.telegram],
  ] as const) {
    const delivered = shown.slice(count);
    expect(delivered).toHaveLength(1);
    expect(delivered[0]).toContain('Harbour Letter');
  }
});
