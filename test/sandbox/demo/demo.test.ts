import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Chat, DiscordMessage, TelegramMessage } from '../../../sandbox/demo/change.ts';
import { type Demo, startDemo } from '../../../sandbox/demo/demo.ts';
import { discordMessageView } from '../../../sandbox/demo/page/view/discord-message.ts';
import { telegramMessageView } from '../../../sandbox/demo/page/view/telegram-message.ts';
import { type View, wordsOf } from '../../../sandbox/demo/page/view/view.ts';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { openPage, type PageReader } from './page-reader.fixture.ts';
import { tokenOf } from './view.fixture.ts';

let demo: Demo;
let page: PageReader;

beforeAll(async () => {
  demo = await startDemo({ port: 0, log: silentLog });
  page = openPage(demo.url);
});

afterAll(async () => {
  page.close();
  await demo.stop();
});

const last = <T>(all: Iterable<T>): T | undefined => [...all].at(-1);
const onDiscord = (message: DiscordMessage): string => wordsOf(discordMessageView(message, Date.now()));
const onTelegram = (message: TelegramMessage): string => wordsOf(telegramMessageView([message]));
const discordSaying = (words: string) => () =>
  [...page.discord.values()].find((one) => onDiscord(one).includes(words));
const telegramSaying = (words: string) => () =>
  [...page.telegram.values()].find((one) => onTelegram(one).includes(words));
/** The first chat of each pane, which gets every note. */
async function homes(): Promise<{ readonly discord: Chat; readonly telegram: Chat }> {
  return page.until(() => {
    const scene = page.changes.find((change) => change.type === 'scene')?.scene;
    const [discord] = scene?.discord ?? [];
    const [telegram] = scene?.telegram ?? [];
    return discord && telegram && { discord, telegram };
  });
}
const published = (headline: string) =>
  page.until(() =>
    page.changes
      .flatMap((change) => (change.type === 'note' && change.note.headline === headline ? [change.note] : []))
      .at(-1),
  );

test('the archive is filled, and the first note reaches both chats', async () => {
  const words = 'Good morning from Lanwan';
  await Promise.all([page.until(discordSaying(words)), page.until(telegramSaying(words))]);
  const progress = await page.until(() => {
    const told = last(page.changes.filter((change) => change.type === 'progress'))?.progress;
    return told?.ready ? told : undefined;
  });
  expect(progress.archived).toBe(progress.of);
  expect(progress.of).toBeGreaterThan(40);
  // Old notes go into the archive only.
  expect([...page.discord.values()]).toHaveLength(1);
});

test('both chats answer /latest, and a press on a button leafs on', async () => {
  const { discord, telegram } = await homes();
  await page.post('/discord/say', { chat: discord.id, text: '/latest 2' });
  await page.post('/telegram/say', { chat: telegram.id, text: '/latest 2' });
  const there = await page.until(discordSaying('Latest from Mara Lindqvist'));
  const here = await page.until(telegramSaying('Latest from Mara Lindqvist'));
  expect(there.asked).toBe('/latest 2');
  expect(onDiscord(there)).toContain('1. China Morning Missive');

  const older = (view: View) => tokenOf(view, 'Next ›') ?? '';
  const pressed = await Promise.all([
    page.post('/discord/press', {
      chat: discord.id,
      message: there.id,
      token: older(discordMessageView(there, 0)),
    }),
    page.post('/telegram/press', {
      chat: telegram.id,
      message: here.id,
      token: older(telegramMessageView([here])),
    }),
  ]);
  expect(pressed.map(({ status }) => status)).toEqual([200, 200]);
  await page.until(discordSaying('3. '));
  await page.until(telegramSaying('3. '));
  expect(page.discord.get(there.id)).toMatchObject({ asked: '/latest 2' });
});

test('what only the asker may see is marked so', async () => {
  const { discord } = await homes();
  await page.post('/discord/say', { chat: discord.id, text: '/help' });
  const answer = await page.until(discordSaying('help you find it again'));
  expect(answer.onlyYou).toBe(true);
});

test('one tap deletes all setup messages in a Telegram group', async () => {
  await homes();
  const scene = page.changes.find((change) => change.type === 'scene')?.scene;
  const club = scene?.telegram[1]?.id ?? '';
  const inClub = () => [...page.telegram.values()].filter(({ chat }) => chat === club);
  const before = inClub().length;
  await page.post('/telegram/say', { chat: club, text: '/test' });
  const report = await page.until(() =>
    inClub().find((one) => tokenOf(telegramMessageView([one]), en.telegram.cleanUp.button) !== undefined),
  );
  expect(inClub().length).toBeGreaterThan(before + 5);
  const token = tokenOf(telegramMessageView([report]), en.telegram.cleanUp.button) ?? '';
  await page.post('/telegram/press', { chat: club, message: report.id, token });
  await page.until(() => (inClub().length === before ? true : undefined));
}, 30_000);

test('Discord completes commands, and Telegram offers inline results', async () => {
  await homes();
  const scene = page.changes.find((change) => change.type === 'scene')?.scene;
  const [lounge, club] = [scene?.discord[1]?.id ?? '', scene?.telegram[1]?.id ?? ''];
  const typed = await page.post('/discord/complete', { chat: lounge, text: '/series led' });
  expect(typed.offers).toEqual([{ label: 'The Barge Ledger', line: '/series The Barge Ledger' }]);
  expect((await page.post('/discord/complete', { chat: lounge, text: '/about x' })).offers).toEqual([]);
  expect((await page.post('/telegram/complete', { chat: club, text: '@other_bot x' })).offers).toEqual([]);
  const found = await page.post('/telegram/complete', { chat: club, text: '@postrider_bot piano' });
  expect(found.offers).toMatchObject([{ label: 'The Barge Ledger – Year Two' }]);
  const [offer] = found.offers ?? [];
  await page.post('/telegram/share', { chat: club, share: offer && 'share' in offer ? offer.share : '' });
  const shared = await page.until(telegramSaying('somebody sent a piano'));
  expect(onTelegram(shared)).toContain('via @postrider_bot');
  expect(shared).toMatchObject({ chat: club, byBot: false });
});

test('the first note is verified, with the relay that sent it', async () => {
  const { telegram } = await homes();
  await page.post('/telegram/say', { chat: telegram.id, text: '/verify barges before breakfast' });
  const proof = onTelegram(await page.until(telegramSaying('Verified: this post is authentic')));
  expect(proof).toMatch(/Mara Lindqvist's public key: npub1[^]*Relays: 127\.0\.0\.1:\d+/u);
});

test('this day has something in earlier years', async () => {
  const { telegram } = await homes();
  await page.post('/telegram/say', { chat: telegram.id, text: '/on' });
  expect(onTelegram(await page.until(telegramSaying('On this day')))).toContain('Year One');
});

test('a published and deleted note comes and goes in both chats', async () => {
  await page.post('/author/publish', { text: 'A goose on the ferry. #gm' });
  await Promise.all([page.until(discordSaying('A goose')), page.until(telegramSaying('A goose'))]);
  const note = await published('A goose on the ferry. #gm');
  await page.post('/author/delete', { id: note.id });
  await page.until(() => (discordSaying('A goose')() ? undefined : true));
  await page.until(() => (telegramSaying('A goose')() ? undefined : true));
  expect(page.changes.findLast((change) => change.type === 'note')?.note).toMatchObject({
    id: note.id,
    gone: true,
  });
});

test('an article that is edited changes where it stands', async () => {
  await page.post('/author/publish', { text: '# On Ropes\n\nThey are **dry**.' });
  const before = await page.until(discordSaying('They are dry.'));
  await page.until(telegramSaying('They are dry.'));
  const { id, editable = '' } = await published('On Ropes');
  expect(editable).toBe('# On Ropes\n\nThey are **dry**.');
  await page.post('/author/publish', { text: editable.replace('dry', 'wet'), replaces: id });
  const after = await page.until(discordSaying('They are wet.'));
  await page.until(telegramSaying('They are wet.'));
  expect(after.id).toBe(before.id);
});

test('a reader subscribes another channel', async () => {
  await homes();
  const scene = page.changes.find((change) => change.type === 'scene')?.scene;
  const lounge = scene?.discord[1]?.id ?? '';
  await page.post('/discord/say', { chat: lounge, text: '/subscribe' });
  await page.post('/author/publish', { text: 'For the lounge too.' });
  const there = await page.until(() =>
    [...page.discord.values()].find(
      (one) => one.channel === lounge && onDiscord(one).includes('For the lounge too.'),
    ),
  );
  expect(there.onlyYou).toBe(false);
});

test('after a day of downtime there is one digest', async () => {
  expect(await page.post('/program/away', {})).toMatchObject({ status: 200 });
  const words = 'While I was away: 12 posts';
  const [there] = await Promise.all([page.until(discordSaying(words)), page.until(telegramSaying(words))]);
  expect(onDiscord(there)).toContain('Good night from Lanwan');
  expect(discordSaying('A boy on the quay sells maps of the quay.')()).toBe(there);
});

test.each([
  ['/discord/say', { text: '/nonsense' }, 'there is no command /nonsense'],
  ['/discord/say', { text: ' ' }, 'Type something'],
  ['/discord/press', { message: '1', token: 'x' }, 'has been deleted'],
  ['/telegram/press', { message: '1:1', token: 'x' }, 'has been deleted'],
  ['/telegram/share', { share: 'x' }, 'expired'],
  ['/author/publish', { text: '' }, 'Write something'],
  ['/author/delete', { id: 'none' }, 'has been deleted'],
  ['/discord/say', { text: '/latest foo' }, 'Discord: /latest has no option “foo”'],
  ['/discord/say', { text: '/search' }, 'Discord: /search needs the option “query”'],
])('%s with %j is refused with a sentence', async (path, fields, problem) => {
  const { discord, telegram } = await homes();
  const chat = path.startsWith('/discord') ? discord.id : telegram.id;
  const answer = await page.post(path, { chat, ...fields });
  expect(answer).toMatchObject({ status: 400, problem: expect.stringContaining(problem) });
});

test('the page is served only under its own host name', async () => {
  const picture = await fetch(`${demo.url}/picture/film-lock.mp4`);
  expect(picture.headers.get('content-type')).toBe('image/png');
  const html = await fetch(demo.url);
  expect(html.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect((await fetch(`${demo.url}/changes/..%2Fdemo.ts`)).status).toBe(404);
  const form = await fetch(`${demo.url}/author/publish`, { method: 'POST', body: 'text=spam' });
  expect(form.status).toBe(404);
});
