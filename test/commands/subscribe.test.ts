import { expect, test } from 'vitest';
import { linkCommands } from '../../src/command/views/command-links.ts';
import { MAX_DESTINATIONS } from '../../src/delivery/quota.ts';
import { en } from '../../src/i18n/en/catalogue.ts';
import { paragraph } from '../../src/note/document.ts';
import { DEFAULT_PREFERENCES } from '../../src/preferences/preferences.ts';
import { defaultPosts } from '../post-types.fixture.ts';
import { createCommandFixture } from './command.fixture.ts';
import { toPlainText } from './plain-text.fixture.ts';
import { sampleNotes } from './sample-notes.fixture.ts';

const latest = `Latest post:
# On tides
The sea is the slower clock, and the louder one.
# Why
Because of the moon.
[Open in browser→njump.me]`;
const usual = `You get: ${defaultPosts(en)}, as they're published.`;
const ways = `[Everything→settings preset everything] [Missives only→settings preset missives]
[Photos & videos→settings preset pictures] [Daily digest→settings preset digest]
[Settings→settings]`;

test.each([
  [
    'discord',
    'private',
    `👋 Welcome! New posts by Wren will arrive here.\n${usual}\n(Stop any time with /unsubscribe)`,
  ],
  [
    'telegram',
    'private',
    `👋 Welcome! New posts by Wren will arrive here.\n${usual}\n(Stop any time with /stop)`,
  ],
  [
    'discord',
    'group',
    `✅ Done – new posts by Wren will arrive here.\n${usual}\n(Stop any time with /unsubscribe)`,
  ],
  [
    'telegram',
    'group',
    `✅ Done – new posts by Wren will arrive here.\n${usual}\n(Stop any time with /unsubscribe)`,
  ],
  [
    'telegram',
    'channel',
    `✅ Done – new posts by Wren will arrive here.\n${usual}\n(Stop any time with /unsubscribe)`,
  ],
] as const)(
  'on %s, /subscribe in a %s chat confirms and shows the latest post',
  async (platform, kind, said) => {
    const { answer, store } = await createCommandFixture({ platform, chat: { kind } });
    expect(await answer('/subscribe')).toBe(`${said}\n${latest}\n${ways}`);
    expect(await store.destinations.get(`${platform}:1`)).toMatchObject({
      state: 'active',
      source: 'command',
    });
  },
);

test('without a missive the newest post is shown, and without posts nothing', async () => {
  const photo = await createCommandFixture({ events: [...sampleNotes.values()].slice(2, 3) });
  expect(await photo.answer('/subscribe')).toContain('Latest post:\nDawn over the pier.');
  const empty = await createCommandFixture({ events: [] });
  expect(await empty.answer('/subscribe')).toBe(
    `✅ Done – new posts by Wren will arrive here.\n${usual}\n(Stop any time with /unsubscribe)\n${ways}`,
  );
});

test('repeated in a private chat, it sums up the settings and offers to change them', async () => {
  const { answer } = await createCommandFixture({ platform: 'telegram', chat: { kind: 'private' } });
  await answer('/subscribe');
  expect(await answer('/subscribe')).toBe(
    `👋 Welcome back! You're subscribed to Wren.\n${usual}\n(Stop any time with /stop)\n[Settings→settings]`,
  );
});

test('repeated in a group, it speaks of the group and greets nobody', async () => {
  const { answer } = await createCommandFixture();
  await answer('/subscribe');
  expect(await answer('/subscribe')).toBe(
    `You're already subscribed here.\n${usual}\n(Stop any time with /unsubscribe)\n[Settings→settings]`,
  );
});

test.each(['subscribe', 'unsubscribe', 'settings', 'forgetme', 'privacy', 'help'])(
  'the answer to /%s is visible only to the user',
  async (name) => {
    const { ask } = await createCommandFixture();
    expect((await ask(name, { line: '' })).to).toBe('user');
  },
);

test('a suspended subscription is resumed', async () => {
  const { answer, store } = await createCommandFixture();
  await answer('/subscribe');
  await store.destinations.suspend('discord:1', 'No permission.', false);
  expect(await answer('/subscribe')).toMatch(/^✅ Done/u);
  expect(await store.destinations.get('discord:1')).toMatchObject({ state: 'active' });
});

test('missing permissions are listed, and nothing is subscribed', async () => {
  const missingPermissions = async () => ['View Channel', 'Send Messages'];
  const { answer, store } = await createCommandFixture({ chat: { missingPermissions } });
  expect(await answer('/subscribe')).toBe(`I can't post here yet. Missing: View Channel, Send Messages. \
Fix that and try again.
[Check again→subscribe]`);
  expect(await store.destinations.get('discord:1')).toBeUndefined();
});

test('says where to use it if nothing can be delivered here', async () => {
  const { answer } = await createCommandFixture({ chat: { subscribable: false } });
  expect(await answer('/subscribe')).toBe(
    "I can't deliver posts here. Use /subscribe in a private chat with me, or in a server or group that has added me.",
  );
});

test('/unsubscribe ends it, once', async () => {
  const { answer, store } = await createCommandFixture();
  await answer('/subscribe');
  expect(await answer('/unsubscribe')).toBe('Done – no more new posts here. /latest and /search still work.');
  expect(await store.destinations.get('discord:1')).toBeUndefined();
  expect(await answer('/unsubscribe')).toBe("You're not subscribed here.");
});

test.each([['/subscribe'], ['/unsubscribe']])('%s is for managers only', async (line) => {
  const { answer, store } = await createCommandFixture({ user: { isManager: false } });
  expect(await answer(line)).toBe('Only server managers can do that.');
  expect(await store.destinations.list()).toEqual([]);
});

test('a server’s limit is enforced, and unsubscribing makes room again', async () => {
  const { ask, store } = await createCommandFixture();
  const inChannel = (command: string, n: number) =>
    ask(command, { line: '' }, { destination: `discord:${n}`, home: 'discord:guild' });
  for (let n = 0; n < MAX_DESTINATIONS.home; n += 1) await inChannel('subscribe', n);
  const refused = {
    document: [paragraph(...linkCommands(en.subscribe.full(MAX_DESTINATIONS.home, MAX_DESTINATIONS.user)))],
    language: 'en',
    to: 'user',
  };
  expect(await inChannel('subscribe', 1_000)).toEqual(refused);
  expect(await store.destinations.list()).toHaveLength(MAX_DESTINATIONS.home);
  expect(toPlainText((await inChannel('subscribe', 3)).document)).toContain(
    en.subscribe.already.group('Wren'),
  );
  await inChannel('unsubscribe', 3);
  expect(toPlainText((await inChannel('subscribe', 1_000)).document)).toContain('✅ Done');
});

test('a private chat starts with the user’s language and time zone, and keeps later choices', async () => {
  const { ask, answer, store } = await createCommandFixture({
    platform: 'telegram',
    chat: { kind: 'private' },
    user: { language: 'zh-hans' },
  });
  await store.values.keyv('reader').set('telegram:7', { timeZone: 'Asia/Shanghai' });
  await answer('/subscribe');
  const begun = await store.destinations.get('telegram:1');
  expect(begun?.preferences).toEqual({
    ...DEFAULT_PREFERENCES,
    reportedLanguage: 'zh',
    timeZone: 'Asia/Shanghai',
  });
  await store.destinations.setPreferences('telegram:1', {
    ...DEFAULT_PREFERENCES,
    silent: true,
    language: 'en',
  });
  await store.destinations.suspend('telegram:1', 'blocked', false);
  await ask('subscribe', { line: '' });
  expect((await store.destinations.get('telegram:1'))?.preferences).toMatchObject({
    silent: true,
    language: 'en',
  });
});

test('a group starts with the defaults, whoever subscribes it', async () => {
  const { answer, store } = await createCommandFixture({ user: { language: 'zh-CN' } });
  await answer('/subscribe');
  expect((await store.destinations.get('discord:1'))?.preferences).toEqual(DEFAULT_PREFERENCES);
});
