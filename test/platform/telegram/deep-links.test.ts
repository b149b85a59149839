import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { startTelegram } from '../../../sandbox/telegram/telegram.ts';
import type { StoredMessage } from '../../../sandbox/telegram/world/world.ts';
import { DEEP_LINKS, resolveDeepLink } from '../../../src/command/deep-links.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { postLink, subscribeLink } from '../../../src/platform/telegram/deep-links.ts';
import { createTelegram } from '../../../src/platform/telegram/telegram.ts';
import { notes, startProgram } from '../../contract/platform/program.fixture.ts';

const pier = notes.find(({ event }) => event.content.startsWith('The pier'))!;
const { links } = en;

/** A user who has never written to the bot, and the program behind it. */
async function stage() {
  const telegram = await startTelegram();
  const program = await startProgram();
  const { token, apiUrl } = telegram;
  const platform = createTelegram({ token, apiUrl, log: silentLog });
  onTestFinished(async () => {
    await platform.stop();
    await program.stop();
    await telegram.stop();
  });
  await platform.start(program.host);
  const tam = telegram.person({ firstName: 'Tam', language: 'en' });
  const said = () => telegram.messages(tam).filter(({ byBot, deleted }) => byBot && !deleted);
  const all = async (acting: () => unknown): Promise<readonly StoredMessage[]> => {
    const before = said().length;
    acting();
    await telegram.until(() => said().length > before);
    return said().slice(before);
  };
  return {
    telegram,
    platform,
    program,
    tam,
    /** Opens a link and returns the bot's answers. */
    open: (link: string) => {
      const payload = new URL(link).searchParams.get('start');
      return all(() => telegram.say({ chat: tam, user: tam, text: `/start ${payload}` }));
    },
    say: (text: string) => all(() => telegram.say({ chat: tam, user: tam, text })),
    press: (message: StoredMessage['message'], label: string) => {
      const data = keysOf(message).find(({ text }) => text === label)?.callback_data ?? '';
      return all(() => telegram.press({ message, user: tam, data }));
    },
    isSubscribed: async () =>
      (await program.store.destinations.get(`telegram:${tam.id}`))?.state === 'active',
  };
}

const keysOf = ({ reply_markup: markup }: StoredMessage['message']) =>
  (markup?.inline_keyboard ?? []).flat() as readonly {
    readonly text: string;
    readonly callback_data?: string;
    readonly url?: string;
  }[];
const labels = (said: readonly StoredMessage[]) =>
  said.flatMap(({ message }) => keysOf(message).map(({ text }) => text));
const words = (said: readonly StoredMessage[]) =>
  said.map(({ message }) => message.text ?? message.caption ?? '').join('\n');

test('a link to a post shows it, and subscribes only users who ask for that', async () => {
  const { open, press, isSubscribed, telegram } = await stage();
  const shown = await open(postLink(telegram.bot.username!, pier.id));
  expect(words(shown)).toContain('The pier at dawn');
  expect(await isSubscribed()).toBe(false);
  await press(shown.at(-1)!.message, links.getPosts);
  expect(await isSubscribed()).toBe(true);
  expect(labels(await open(postLink(telegram.bot.username!, pier.id)))).not.toContain(links.getPosts);
});

test.each([
  ['8 digits, as in old lists', pier.id.slice(0, 8)],
  ['capital letters', pier.id.slice(0, 59).toUpperCase()],
])('a link to a post works with %s', async (_, id) => {
  const { say } = await stage();
  expect(words(await say(`/start post_${id}`))).toContain('The pier at dawn');
});

test('a link to a missing post says so, and offers the latest', async () => {
  const { say, press, isSubscribed } = await stage();
  const sorry = await say(`/start post_${'0'.repeat(59)}`);
  expect(words(sorry)).toContain(links.notFound.slice(0, 12));
  expect(words(await press(sorry[0]!.message, links.latest))).toContain('Good night from the pier.');
  expect(await isSubscribed()).toBe(false);
});

test('a link to the settings shows the presets to users who get no posts yet', async () => {
  const { say, isSubscribed } = await stage();
  expect(labels(await say('/start settings'))).toEqual(Object.values(en.settings.presets));
  expect(await isSubscribed()).toBe(false);
});

test('the link that is logged and shown subscribes the user', async () => {
  const { open, platform, telegram, isSubscribed } = await stage();
  expect(platform.installLink?.()).toBe(subscribeLink(telegram.bot.username!));
  await open(platform.installLink?.() ?? '');
  expect(await isSubscribed()).toBe(true);
});

test.each([
  'nonsense',
  'post_',
  'post_1a2b',
  'post_not-a-hex-id',
  `post_${'a'.repeat(60)}`,
  'subscribe_',
  'SETTINGS; DROP',
  '💥',
  'x'.repeat(4_000),
  'settings\nimport types: none',
])('an unknown payload works like plain Start: %j', async (payload) => {
  const [linked, plain] = [await stage(), await stage()];
  expect(words(await linked.say(`/start ${payload}`))).toBe(words(await plain.say('/start')));
});

test('in a group only managers can use a link', async () => {
  const { telegram, program, tam } = await stage();
  const owner = telegram.person({ firstName: 'Ada' });
  const group = telegram.supergroup({ title: 'Harbour', owner, bot: 'member' });
  telegram.setStatus(group, tam, 'member');
  const said = () => telegram.messages(group).filter(({ byBot }) => byBot);
  const text = `/start@${telegram.bot.username} subscribe`;
  telegram.say({ chat: group, user: tam, text });
  await telegram.until(() => said().length === 1);
  expect(await program.store.destinations.get(`telegram:${group.id}`)).toBeUndefined();
  telegram.say({ chat: group, user: owner, text });
  await telegram.until(() => said().length > 1);
  expect((await program.store.destinations.get(`telegram:${group.id}`))?.state).toBe('active');
});

test('unknown payloads of /start are ignored, and ours always fit', () => {
  const commands = [undefined, 'subscribe', 'settings', 'read'];
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^post_[0-9a-f]*$/)),
      (payload) => {
        expect(commands).toContain(resolveDeepLink(payload)?.command);
      },
    ),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9a-f]{64}$/), (id) => {
      const payload = new URL(postLink('a_bot', id)).searchParams.get('start') ?? '';
      expect(payload).toMatch(/^[A-Za-z0-9_-]{1,64}$/u);
      expect(id.startsWith(resolveDeepLink(payload)?.options['note'] ?? '-')).toBe(true);
    }),
  );
  for (const { example, pattern } of DEEP_LINKS)
    expect(pattern.test(example.replace('<id>', pier.id.slice(0, 59)))).toBe(true);
});
