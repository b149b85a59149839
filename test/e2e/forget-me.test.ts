import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDmClient } from '../../sandbox/relay/fake-dm-client.ts';
import { en } from '../../src/i18n/en/catalogue.ts';
import { discordText, startEnvironment, type TestEnvironment } from './environment.fixture.ts';

const BOT_KEY = '3'.repeat(64);
/** As a button's options are stored. */
const BEHIND_A_BUTTON = '"line":"~';
/** Longer than a button holds. */
const SEARCH = 'quokka marmalade lighthouse accordion umbrella saxophone pelican';
const { privacy } = en;

/** Which of the words occur in any file of a folder. */
function found(folder: string, words: readonly string[]): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const bytes = readFileSync(join(folder, name));
    return words.filter((word) => bytes.includes(word)).map((word) => `${word} in ${name}`);
  });
}

/** Somebody who writes to the bot in private. */
interface Reader {
  /** Ids under which files may refer to them. */
  readonly names: readonly string[];
  /** Resolves when it is answered. */
  ask(command: string, words?: string): Promise<void>;
  forgetMe(): Promise<void>;
  /** The bot's messages to them that are still in the chat. */
  got(): readonly string[];
  /** Makes sends with these words fail; returns a function that ends this. */
  refuse(words: string): () => void;
}

function onTelegram({ telegram }: TestEnvironment): Reader {
  const reader = telegram.person({ firstName: 'Ines', language: 'en', id: 7_081_234_567 });
  const got = () =>
    telegram
      .messages(reader)
      .filter(({ byBot }) => byBot)
      .map(({ message }) => message.text ?? '');
  async function ask(command: string, words = ''): Promise<void> {
    const before = got().length;
    telegram.say({ chat: reader, user: reader, text: `/${command} ${words}`.trim() });
    await telegram.until(() => got().length > before, 15_000);
  }
  return {
    names: [String(reader.id)],
    got,
    ask,
    async forgetMe() {
      await ask('forgetme', 'sure:yes');
      expect(got().at(-1)).toContain(privacy.forgetme.done);
    },
    refuse: (words) =>
      telegram.fault({
        method: 'sendMessage',
        when: ({ text = '' }) => text.includes(words),
        times: 1_000,
        effect: { kind: 'page', status: 502, body: '<html>' },
      }),
  };
}

function onDiscord({ discord }: TestEnvironment): Reader {
  const { member } = discord;
  const dm = discord.world.openDm(member);
  const slash = (name: string, options: Readonly<Record<string, string>> = {}) =>
    discord.slash({ user: member, channel: dm, name, options });
  return {
    names: [member.id, dm.id],
    got: () => discord.messages(dm).map(discordText),
    async ask(command, words = '') {
      const option = { settings: 'change', search: 'query' }[command];
      const seen = await slash(command, option === undefined ? {} : { [option]: words });
      if (seen.status === 'form') await discord.submitModal(seen.form, { topic: words });
    },
    async forgetMe() {
      const asked = await slash('forgetme');
      if (asked.status !== 'answered') throw new Error(asked.status);
      const done = await discord.press({
        user: member,
        message: asked.message,
        customId: '2rforgetme?sure=yes',
      });
      expect(done.status === 'answered' && discordText(done.message)).toContain(privacy.forgetme.done);
    },
    refuse() {
      discord.fault({
        route: 'POST /channels/:channel/messages',
        containing: dm.id,
        times: 1_000,
        effect: { page: 502 },
      });
      return discord.clearFaults;
    },
  };
}

test.each([
  ['Telegram', onTelegram],
  ['Discord', onDiscord],
])(
  'who asks on %s to be forgotten is in no file any more, and what waited is sent to nobody',
  async (_, on) => {
    const world = await startEnvironment();
    const { relay, author, telegram, folder } = world;
    const data = join(folder, 'data');
    const inbox = await openDmClient(author, relay.url);
    onTestFinished(inbox.stop);
    relay.publish(author.note('', { kind: 10_050, tags: [['relay', relay.url]] }));
    for (let n = 0; n < 20; n += 1) relay.publish(author.note(`${SEARCH}, told for the ${n}th time.`));
    const program = world.start({ BOT_KEY });
    await program.ready();
    const reader = on(world);
    await reader.ask('subscribe');
    await reader.ask('settings', 'zone Asia/Shanghai');
    await reader.ask('search', SEARCH);
    await reader.ask('suggest', 'how tides are reckoned');
    const letter = await inbox.next(({ words }) => words.includes('tides'));
    const mended = reader.refuse('spring issue');
    await inbox.reply(letter, 'In the spring issue.');
    await expect.poll(() => found(data, ['In the spring issue.'])).not.toEqual([]);
    relay.faults.set({ connect: 'refuse' });
    await reader.ask('suggest', 'whether gulls dream');
    const gone = [...reader.names, 'tides are reckoned', 'gulls dream', 'Shanghai', BEHIND_A_BUTTON];
    for (const one of gone) expect(found(data, [one])).not.toEqual([]);

    await reader.forgetMe();
    expect(found(data, gone)).toEqual([]);
    program.kill('SIGTERM');
    await program.exit;
    expect(found(data, gone)).toEqual([]);

    const got = reader.got().length;
    mended();
    relay.faults.clear();
    const again = world.start({ BOT_KEY });
    await again.ready();
    // The author is told that the answer couldn't be delivered, and gets other suggestions as before.
    await inbox.next(({ words: said }) => said === en.inbox.forgotten(1));
    telegram.say({ chat: telegram.reader, user: telegram.reader, text: '/suggest why ropes creak' });
    await inbox.next(({ words: said }) => said.includes('ropes creak'));
    expect(inbox.messages.some(({ words: said }) => said.includes('gulls'))).toBe(false);
    expect(reader.got()).toHaveLength(got);
    expect(found(data, gone)).toEqual([]);
  },
  90_000,
);
