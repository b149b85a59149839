import { expect, test } from 'vitest';
import { DEFAULT_CHOICES } from '../../src/choices/choices.ts';
import { sentence } from '../../src/command/sentence.ts';
import { paragraph } from '../../src/note/document.ts';
import { MOST } from '../../src/pipeline/quota.ts';
import { en } from '../../src/text/en.ts';
import { createBench } from './bench.ts';
import { library } from './library.ts';
import { written } from './written.ts';

const latest = `Here is the latest:
(📜 2025-03-10 06:30 · <tides>)
# On tides
The sea is the slower clock, and the louder one.
# Why
Because of the moon.
[Open on the web→njump.me]`;
const usual = "You get: missives, notes, links, photos and videos, as they're published.";
const ways = `[Everything→settings preset everything] [Missives only→settings preset missives]
[Photos & videos only→settings preset pictures] [Daily digest→settings preset digest]
[Settings→settings]`;

test.each([
  [
    'discord',
    'private',
    `Welcome! From now on, what Wren publishes arrives here:\n${usual}\n(To end it: /unsubscribe)`,
  ],
  [
    'telegram',
    'private',
    `Welcome! From now on, what Wren publishes arrives here:\n${usual}\n(To end it: /stop)`,
  ],
  [
    'discord',
    'group',
    `Done. From now on, what Wren publishes arrives here:\n${usual}\n(To end it: /unsubscribe)`,
  ],
  [
    'telegram',
    'group',
    `Done. From now on, what Wren publishes arrives here:\n${usual}\n(To end it: /unsubscribe)`,
  ],
  [
    'telegram',
    'channel',
    `Done. From now on, what Wren publishes arrives here:\n${usual}\n(To end it: /unsubscribe)`,
  ],
] as const)(
  'on %s, /subscribe in a %s place says so and shows the latest piece',
  async (platform, kind, said) => {
    const { answer, store } = await createBench({ platform, place: { kind } });
    expect(await answer('/subscribe')).toBe(`${said}\n${latest}\n${ways}`);
    expect(await store.destination(`${platform}:1`)).toMatchObject({ state: 'active', source: 'command' });
  },
);

test('without a missive the newest post is shown, and without any nothing', async () => {
  const photo = await createBench({ events: [...library.values()].slice(2, 3) });
  expect(await photo.answer('/subscribe')).toContain('<dawn>)\nDawn over the pier.');
  const empty = await createBench({ events: [] });
  expect(await empty.answer('/subscribe')).toBe(
    `Done. From now on, what Wren publishes arrives here:\n${usual}\n(To end it: /unsubscribe)\n${ways}`,
  );
});

test('asked again, it says that there is nothing to do', async () => {
  const { answer } = await createBench({ platform: 'telegram', place: { kind: 'private' } });
  await answer('/subscribe');
  expect(await answer('/subscribe')).toBe(
    `New posts already arrive here. Nothing to do.\n${usual}\n(To end it: /stop)\n${ways}`,
  );
});

test('what was suspended goes on', async () => {
  const { answer, store } = await createBench();
  await answer('/subscribe');
  await store.suspend('discord:1', 'No permission.', false);
  expect(await answer('/subscribe')).toMatch(/^Done\./u);
  expect(await store.destination('discord:1')).toMatchObject({ state: 'active' });
});

test('where permissions are missing they are named, and nothing is subscribed', async () => {
  const missing = async () => ['View Channel', 'Send Messages'];
  const { answer, store } = await createBench({ place: { missing } });
  expect(
    await answer('/subscribe'),
  ).toBe(`I can't post here yet. What is missing: View Channel, Send Messages. \
Grant that to me, then ask again.
[Check again→subscribe]`);
  expect(await store.destination('discord:1')).toBeUndefined();
});

test('where nothing can be delivered it says where to ask', async () => {
  const { answer } = await createBench({ place: { subscribable: false } });
  expect(await answer('/subscribe')).toBe(
    'New posts can’t be delivered to this place. Ask in our private chat, or in a channel of a server that has added me.',
  );
});

test('/unsubscribe ends it, once', async () => {
  const { answer, store } = await createBench();
  await answer('/subscribe');
  expect(await answer('/unsubscribe')).toBe(
    'Done. No more new posts here. You can still ask me: /latest and /search go on working.',
  );
  expect(await store.destination('discord:1')).toBeUndefined();
  expect(await answer('/unsubscribe')).toBe('No posts were arriving here, so there is nothing to end.');
});

test.each([['/subscribe'], ['/unsubscribe']])('%s is for those who manage the place', async (line) => {
  const { answer, store } = await createBench({ asker: { manages: false } });
  expect(await answer(line)).toBe('Only people who manage this place can do that.');
  expect(await store.destinations()).toEqual([]);
});

test('one place too many in a server is refused, and there is room again when one is given up', async () => {
  const { ask, store } = await createBench();
  const inChannel = (command: string, n: number) =>
    ask(command, { line: '' }, { destination: `discord:${n}`, home: 'discord:guild' });
  for (let n = 0; n < MOST.home; n += 1) await inChannel('subscribe', n);
  const refused = { document: [paragraph(...sentence(en.subscribe.full))], to: 'asker' };
  expect(await inChannel('subscribe', 1_000)).toEqual(refused);
  expect(await store.destinations()).toHaveLength(MOST.home);
  expect(written((await inChannel('subscribe', 3)).document)).toContain(en.subscribe.already);
  await inChannel('unsubscribe', 3);
  expect(written((await inChannel('subscribe', 1_000)).document)).toContain('Done.');
});

test('a reader’s own chat begins in the language and the zone of the reader, and keeps what was chosen', async () => {
  const { ask, answer, store } = await createBench({
    platform: 'telegram',
    place: { kind: 'private' },
    asker: { language: 'zh-hans' },
  });
  await store.keyv('reader').set('telegram:7', { timeZone: 'Asia/Shanghai' });
  await answer('/subscribe');
  const begun = await store.destination('telegram:1');
  expect(begun?.choices).toEqual({
    ...DEFAULT_CHOICES,
    reportedLanguage: 'zh',
    timeZone: 'Asia/Shanghai',
  });
  await store.choose('telegram:1', { ...DEFAULT_CHOICES, silent: true, language: 'en' });
  await store.suspend('telegram:1', 'blocked', false);
  await ask('subscribe', { line: '' });
  expect((await store.destination('telegram:1'))?.choices).toMatchObject({ silent: true, language: 'en' });
});

test('a group begins as where nobody chose, whoever asks for it', async () => {
  const { answer, store } = await createBench({ asker: { language: 'zh-CN' } });
  await answer('/subscribe');
  expect((await store.destination('discord:1'))?.choices).toEqual(DEFAULT_CHOICES);
});
