import { expect, test } from 'vitest';
import { en } from '../../src/i18n/en/catalogue.ts';
import { startEnvironment } from './environment.fixture.ts';

test('/about on either platform links to the bot on both, as the log does', async () => {
  const { discord, telegram, start } = await startEnvironment();
  const program = start();
  await program.ready();
  const { invite } = await program.logged('gateway.ready');
  const { link } = await program.logged('login.accepted');

  const onDiscord = await discord.slash({
    user: discord.member,
    channel: discord.channel,
    name: 'about',
  });
  if (onDiscord.status !== 'answered') throw new Error(onDiscord.status);
  const shown = JSON.stringify(onDiscord.message.components);
  expect(shown).toContain(JSON.stringify(invite));
  expect(shown).toContain(JSON.stringify(link));

  const { reader } = telegram;
  telegram.say({ chat: reader, user: reader, text: '/about' });
  const said = () => telegram.messages(reader).filter(({ byBot }) => byBot);
  const buttonsOf = (nth: number) => (said()[nth]?.message.reply_markup?.inline_keyboard ?? []).flat();
  await telegram.until(() => said().length === 1);
  expect(buttonsOf(0).map(({ url }) => url)).toEqual(expect.arrayContaining([invite, link]));

  // The URL works unchanged.
  const payload = new URL(String(link)).searchParams.get('start');
  telegram.say({ chat: reader, user: reader, text: `/start ${payload}` });
  await telegram.until(() => said().length > 1);
  expect(said().flatMap((_, nth) => buttonsOf(nth).map(({ text }) => text))).toContain(en.settings.open);
});
