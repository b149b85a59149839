import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Chat, DiscordMessage } from '../../../sandbox/demo/change.ts';
import { type Demo, startDemo } from '../../../sandbox/demo/demo.ts';
import { discordMessageView } from '../../../sandbox/demo/page/view/discord-message.ts';
import { wordsOf } from '../../../sandbox/demo/page/view/view.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { zh } from '../../../src/i18n/zh/catalogue.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { openPage, type PageReader } from './page-reader.fixture.ts';
import { tokenOf } from './view.fixture.ts';

let demo: Demo;
let page: PageReader;

beforeAll(async () => {
  demo = await startDemo({ port: 0, log: silentLog });
  page = openPage(demo.url);
  await page.until(() => page.changes.find((change) => change.type === 'progress' && change.progress.ready));
});

afterAll(async () => {
  page.close();
  await demo.stop();
});

/** One's own chat with the app. */
function ownChat(): Chat {
  const chat = page.changes.find((change) => change.type === 'scene')?.scene.discord.at(-1);
  if (!chat) throw new Error('There is no own chat');
  return chat;
}
const words = (message: DiscordMessage): string => wordsOf(discordMessageView(message, Date.now()));
const saying = (some: string) =>
  page.until(() => [...page.discord.values()].find((one) => words(one).includes(some)));
const ask = (text: string) => page.post('/discord/say', { chat: ownChat().id, text });

test('two taps to a digest a day; a day passes, and it comes', async () => {
  await ask('/settings');
  const { digest } = en.settings.presets;
  const invited = await saying(digest);
  const token = tokenOf(discordMessageView(invited, 0), digest) ?? '';
  await page.post('/discord/press', { chat: ownChat().id, message: invited.id, token });
  await saying('08:00');
  await page.post('/author/publish', { text: 'First light over the lock.' });
  await page.post('/author/publish', { text: 'Ore is dear, says the lock keeper.' });
  await page.until(
    () =>
      page.changes.filter((change) => change.type === 'note' && /lock/u.test(change.note.headline)).length >
      1,
  );
  await page.post('/time/skip', {});
  const came = await saying(en.digest.heading.daily(2));
  expect(came.channel).toBe(ownChat().id);
  // Both were written within a second, so either may be the newer one.
  for (const line of ['Ore is dear', 'First light']) expect(words(came)).toContain(line);
});

test('in an app that speaks Chinese menu and answers are Chinese', async () => {
  await page.post('/readers/speak', { language: 'zh' });
  const menu = await page.until(() =>
    page.changes
      .filter((change) => change.type === 'menu' && change.pane === 'discord')
      .flatMap((change) => (change.type === 'menu' ? change.commands : []))
      .find(({ description }) => description === zh.commands.latest.description),
  );
  expect(menu.name).toBe('latest');
  await ask('/privacy');
  expect(words(await saying(zh.privacy.heading))).toContain(zh.privacy.kept);
});

test('a channel that is set up in Chinese gets Chinese answers', async () => {
  await page.post('/readers/speak', { language: 'zh' });
  const lounge = page.changes
    .find((change) => change.type === 'scene')
    ?.scene.discord.find(({ name }) => name === '# lounge');
  await page.post('/discord/say', { chat: lounge?.id ?? '', text: '/subscribe' });
  await saying(zh.subscribe.added.group('Mara Lindqvist'));
  await page.post('/author/publish', { text: '# Slack Water\n\nNothing moves but the gulls.' });
  const post = await page.until(() =>
    [...page.discord.values()].find(
      (one) => one.channel === lounge?.id && !one.onlyYou && words(one).includes('Slack Water'),
    ),
  );
  expect(words(post)).toContain(zh.note.open);
});

test('a suggestion reaches the author, and the reply the reader', async () => {
  await page.post('/readers/speak', { language: 'en' });
  await ask('/suggest');
  await page.until(() => page.changes.find((change) => change.type === 'form' && change.form !== undefined));
  await page.post('/discord/fill', { text: 'How do tides know when to turn?' });
  const letter = await page.until(
    () => page.changes.flatMap((change) => (change.type === 'letter' ? [change.letter] : []))[0],
  );
  expect(letter.words).toContain('> How do tides know when to turn?');
  await page.post('/author/answer', { id: letter.id, text: 'They have a timetable.' });
  expect((await saying('They have a timetable.')).channel).toBe(ownChat().id);
});

test('a note becomes a tagged post in a forum', async () => {
  const scene = page.changes.find((change) => change.type === 'scene')?.scene.discord ?? [];
  const [home] = scene;
  const forum = scene.find(({ about }) => about.startsWith('forum'));
  await page.post('/discord/say', { chat: home?.id ?? '', text: '/settings where' });
  const asked = await saying(en.servers.where.here.channel);
  const [, token = ''] = /"custom_id":"([^"]*subscribe[^"]*)"/u.exec(JSON.stringify(asked.payload)) ?? [];
  const press = { chat: home?.id ?? '', message: asked.id, token, value: forum?.id ?? '' };
  expect(await page.post('/discord/press', press)).toMatchObject({ status: 200 });
  await saying('#reading-room');
  await page.post('/author/publish', { text: '# Harbour Letter\n\nThe lamps are lit.' });
  const post = await page.until(() =>
    [...page.discord.values()].find(({ channel }) => channel === forum?.id),
  );
  expect(post.post).toEqual({ name: 'Harbour Letter', tags: ['Missive'] });
});

test('a new server is greeted, and subscribes by a button', async () => {
  const reception = page.changes
    .find((change) => change.type === 'scene')
    ?.scene.discord.find(({ chips }) => chips.includes('Add Postrider to this server'));
  const chat = reception?.id ?? '';
  await page.post('/discord/say', { chat, text: 'Add Postrider to this server' });
  const greeting = await saying(en.servers.welcome.explained);
  const token = tokenOf(discordMessageView(greeting, 0), en.servers.welcome.here) ?? '';
  await page.post('/discord/press', { chat, message: greeting.id, token });
  await page.post('/author/publish', { text: 'News for the reading public.' });
  expect(
    await page.until(() =>
      [...page.discord.values()].find((one) => one.channel === chat && words(one).includes('reading public')),
    ),
  ).toBeDefined();
});
