import { describe, expect, test } from 'vitest';
import type { Effect } from '../../../../sandbox/discord/http/faults.ts';
import { paragraph, text } from '../../../../src/note/document.ts';
import { noteSaying } from '../../../delivery/delivery.fixture.ts';
import { bodyOf, fakeHost, messageText, receiptOf, recordingLog, startBot } from '../discord.fixture.ts';
import { CREATE, DELETE, EDIT, READ, startDelivery } from './delivery.fixture.ts';

const OPEN = 'POST /channels/:channel/threads';
const MENU = 'GET /applications/:application/commands';
const words = [paragraph(text('The port is quiet.'))];
const forever = Number.POSITIVE_INFINITY;

describe('a page instead of a response for one channel', () => {
  test.each([400, 404, 405, 410, 418])('(%i) delays that channel only', async (page) => {
    const { discord, guild, channel, subscriptions, publish, shown, delivery, until } = await startDelivery();
    const other = discord.world.addChannel(guild, { name: 'other' });
    await subscriptions.subscribe(`discord:${other.id}`);
    discord.fault({ route: CREATE, containing: channel.id, times: forever, effect: { page } });
    await publish('one', 'two', 'three');
    await until(() => shown(other).length === 3);
    expect(delivery.error()).toBeUndefined();
    discord.clearFaults();
    await until(() => shown().length === 3);
    expect(shown()).toEqual(['one', 'two', 'three']);
  });
});

describe('a route that fails permanently', () => {
  test.each<readonly [string, string, Effect]>([
    ['deletions', DELETE, { status: 500 }],
    ['deletions', DELETE, { page: 404 }],
    ['deletions', DELETE, { page: 403 }],
    ['deletions', DELETE, { limit: { retryAfter: 20 } }],
    ['edits', EDIT, { status: 502 }],
    ['edits', EDIT, { status: 400, code: 40004 }],
    ['edits', EDIT, { garbled: { message: 'done' } }],
  ])(
    '(%s, %s, %j) is given up and counted, and the next note goes out',
    async (what, route, effect) => {
      const { discord, store, clock, delivery, publish, takeBack, shown, counted } = await startDelivery();
      const [note] = await publish('one');
      await discord.until(() => shown().length === 1);
      discord.fault({ route, times: forever, effect });
      if (what === 'deletions') await takeBack(note!.id);
      else {
        const article = (content: string, at: number) =>
          noteSaying(content, {
            kind: 30_023,
            created_at: 1_800_000_000 + at,
            tags: [
              ['d', 'a'],
              ['title', content],
            ],
          });
        await store.journal.accept([{ note: article('first', 500), news: true }]);
        delivery.wake();
        await discord.until(() => shown().length === 2);
        await store.journal.accept([{ note: article('second', 501), news: true }]);
      }
      await publish('behind');
      const begun = clock.steady();
      const passes = () => {
        clock.advanceToNext();
        return shown().at(-1) === 'behind';
      };
      await expect.poll(passes, { interval: 2, timeout: 20_000 }).toBe(true);
      expect(counted('messages_abandoned_total')).toBe(1);
      expect(clock.steady() - begun).toBeLessThan(3 * 3_600_000);
    },
    30_000,
  );
});

describe('an undocumented response', () => {
  test.each<readonly [string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['true', true],
    ['a list', []],
    ['no id', { content: 'one' }],
    ['an id of another kind', { id: 7 }],
    ['an empty id', { id: '' }],
  ])('to Create Message (%s) is uncertain, and sends no duplicate', async (_, garbled) => {
    const { log, lines } = recordingLog();
    const { discord, publish, shown, until } = await startDelivery({ log });
    discord.fault({ route: CREATE, times: 2, effect: { garbled } });
    await publish('one', 'two');
    await until(() => shown().length === 2);
    expect(shown()).toEqual(['one', 'two']);
    expect(lines.join('\n')).not.toMatch(/TypeError|undefined|not a function/u);
  });

  test.each<readonly [string, unknown]>([
    ['no message', { id: '7', name: 'one' }],
    ['a message that is null', { id: '7', message: null }],
    ['a message without an id', { id: '7', message: {} }],
    ['null', null],
    ['a list', []],
  ])('to Start Thread (%s) is uncertain, and opens no second post', async (_, garbled) => {
    const { discord, guild, platform } = await startBot();
    const forum = discord.world.addChannel(guild, { name: 'letters', kind: 'forum' });
    const send = (uncertain: boolean) =>
      platform.send(`discord:${forum.id}`, bodyOf(platform, words, 'auto'), 'n1:0', { uncertain });
    discord.fault({ route: OPEN, effect: { garbled } });
    expect(await send(false)).toMatchObject({ status: 'retry', scope: 'destination', uncertain: true });
    receiptOf(await send(true));
    expect([...guild.channels.values()].filter(({ parent }) => parent === forum)).toHaveLength(1);
  });

  test.each<unknown>([null, {}, [null], [{ id: '7' }], 'messages'])(
    'to Get Channel Messages (%j) is retried',
    async (garbled) => {
      const { discord, channel, platform, destination } = await startBot();
      const send = () => platform.send(destination, bodyOf(platform, words), 'n1:0', { uncertain: true });
      discord.fault({ route: READ, effect: { garbled } });
      const first = await send();
      expect(['sent', 'retry']).toContain(first.status);
      receiptOf(await send());
      expect(discord.messages(channel).map(messageText)).toEqual(['The port is quiet.']);
    },
  );

  test.each<unknown>([null, {}, { id: 7 }])('to Create DM (%j) is retried', async (garbled) => {
    const { discord, mira, platform } = await startBot();
    const send = () => platform.send(`discord:@${mira.id}`, bodyOf(platform, words), 'n1:0');
    discord.fault({ route: 'POST /users/@me/channels', effect: { garbled } });
    expect(await send()).toMatchObject({ status: 'retry', scope: 'destination' });
    receiptOf(await send());
  });
});

test.each<readonly [string, Effect]>([
  ['500', { status: 500 }],
  ['a page', { page: 404 }],
  ['no list', { garbled: null }],
  ['an unknown refusal', { status: 400 }],
])('commands that can’t be read (%s) are registered anyway', async (_, effect) => {
  const { discord, platform } = await startBot();
  discord.fault({ route: MENU, effect });
  await platform.start(fakeHost().host);
  expect(discord.commandWrites()).toBe(1);
});

test.each([0, -5, Number.NaN, 1e9])(
  'a retry_after of %d seconds does not cause a burst of requests',
  async (retryAfter) => {
    const { discord, platform, destination } = await startBot();
    discord.fault({ route: MENU, times: forever, effect: { limit: { retryAfter } } });
    discord.fault({ route: CREATE, times: forever, effect: { limit: { retryAfter } } });
    await platform.start(fakeHost().host);
    expect(discord.commandWrites()).toBe(1);
    expect(discord.requests.filter(({ route }) => route === MENU)).toHaveLength(1);
    expect(await platform.send(destination, bodyOf(platform, words), 'n1:0')).toMatchObject({
      status: 'retry',
    });
  },
);
