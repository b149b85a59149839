import { expect, onTestFinished, test } from 'vitest';
import { openDmClient } from '../../sandbox/relay/fake-dm-client.ts';
import { en } from '../../src/i18n/en/catalogue.ts';
import { botKeyFrom } from '../../src/relays/bot-key.ts';
import { startEnvironment } from './environment.fixture.ts';

const BOT_KEY = '3'.repeat(64);
const bot = botKeyFrom(BOT_KEY);

async function startWithInbox(relay: Parameters<typeof startEnvironment>[0] = {}) {
  const world = await startEnvironment(relay);
  const inbox = await openDmClient(world.author, world.relay.url);
  onTestFinished(inbox.stop);
  world.relay.publish(world.author.note('', { kind: 10_050, tags: [['relay', world.relay.url]] }));
  const { telegram } = world;
  const answers = () =>
    telegram
      .messages(telegram.reader)
      .filter(({ byBot }) => byBot)
      .map(({ message }) => message.text ?? '');
  const say = (text: string) => telegram.say({ chat: telegram.reader, user: telegram.reader, text });
  return { ...world, inbox, answers, say };
}

test('suggestions from both platforms reach the author’s client, and answers the readers', async () => {
  const { inbox, answers, say, start, telegram, discord, relay } = await startWithInbox({
    relay: { directMessages: 'left-out', knownWriters: true },
  });
  const program = start({ BOT_KEY });
  await program.ready();

  say('/suggest how tides are predicted');
  const tides = await inbox.next();
  expect(tides.from).toBe(bot.pubkey);
  expect(tides.words).toContain('> how tides are predicted');
  await telegram.until(() => answers().length === 1, 15_000);
  expect(answers()[0]).toContain("won't see who you are.");

  const { channel, member } = discord;
  const form = await discord.slash({ user: member, channel, name: 'suggest' });
  if (form.status !== 'form') throw new Error(form.status);
  const thanks = await discord.submitModal(form.form, { topic: 'Where gulls sleep' });
  expect(thanks).toMatchObject({ status: 'answered', ephemeral: true });
  const gulls = await inbox.next(({ words }) => words.includes('> Where gulls sleep'));

  await inbox.reply(gulls, 'On the roof of the salt works.');
  const dm = discord.world.openDm(member);
  await discord.until(() => discord.messages(dm).length > 0);
  const { content, embeds } = discord.messages(dm)[0]!;
  expect(content).toContain('replied to your suggestion');
  expect(JSON.stringify(embeds)).toContain('On the roof of the salt works.');
  await inbox.reply(tides, 'In the spring issue.');
  await telegram.until(() => answers().length === 2, 15_000);
  expect(answers()[1]).toContain('In the spring issue.');

  // Where the author's client looks up the bot's inbox relays.
  const list = relay.events().find(({ kind, pubkey }) => kind === 10_050 && pubkey === bot.pubkey);
  expect(list?.tags).toEqual([['relay', relay.url]]);
  // Messages from others aren't read, and no message is in the log.
  expect(JSON.stringify(program.lines)).not.toMatch(/gulls sleep|salt works|spring issue|predicted/iu);
});

test('an acknowledged suggestion survives a crash and arrives once', async () => {
  const { author, inbox, answers, say, start, telegram, relay } = await startWithInbox();
  relay.faults.set({ mute: true });
  const first = start({ BOT_KEY });
  await first.logged('platform.connected', ({ platform }) => platform === 'telegram');
  say('/suggest how tides are predicted');
  await telegram.until(() => answers().length === 1, 15_000);
  expect(answers()[0]).toContain('Thanks!');
  await relay.received(([type, event]) => type === 'EVENT' && (event as { kind: number }).kind === 1_059);
  first.kill('SIGKILL');
  await first.exit;
  relay.faults.clear();
  relay.drop();

  const again = await openDmClient(author, relay.url);
  onTestFinished(again.stop);
  const second = start({ BOT_KEY });
  await second.logged('dm.sent');
  const letter = await again.next();
  expect(letter.words).toContain('> how tides are predicted');
  expect(again.messages).toHaveLength(1);
  // The relay had stored it before, too: two wraps, one message.
  await expect.poll(() => again.wrapCount()).toBe(2);
  await again.reply(letter, 'Soon.');
  await telegram.until(() => answers().length === 2, 15_000);
  expect(inbox.messages.length).toBeLessThan(2);
});

test('without a key there is no /suggest, and the author’s own key is refused', async () => {
  const { say, answers, start, telegram, relay } = await startWithInbox();
  const program = start();
  await program.ready();
  say('/suggest tides');
  await telegram.until(() => answers().length === 1, 15_000);
  expect(answers()[0]?.replaceAll('\u2060', '')).toBe(en.problem.unknownCommand('suggest'));
  expect(relay.frames.some(([type]) => type === 'EVENT')).toBe(false);

  program.kill('SIGTERM');
  await program.exit;
  const wrong = start({ BOT_KEY, AUTHOR: bot.pubkey, DATABASE_URL: 'sqlite::memory:' });
  expect(await wrong.exit).toMatchObject({ code: 2 });
  expect(wrong.plain()).toContain("BOT_KEY: this is the author's own key");
});
