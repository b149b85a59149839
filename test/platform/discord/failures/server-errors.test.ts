import { describe, expect, test } from 'vitest';
import type { Effect } from '../../../../sandbox/discord/http/faults.ts';
import { paragraph, text } from '../../../../src/note/document.ts';
import { parseReceipt } from '../../../../src/platform/discord/send/receipts.ts';
import { bodyOf, idsOf, receiptOf, recordingLog, startBot } from '../discord.fixture.ts';
import { CREATE, READ, startDelivery } from './delivery.fixture.ts';

const HOURS_MS = 3_600_000;
const card = [paragraph(text('The port is quiet.'))];

describe('a burst of server errors', () => {
  test.each<readonly [string, Effect]>([
    ['500', { status: 500 }],
    ['502', { status: 502 }],
    ['502 as a page', { page: 502 }],
    ['503', { status: 503 }],
    ['504', { status: 504 }],
    ['520 as a page', { page: 520 }],
    ['connections cut before', 'reset before'],
    ['connections cut after', 'reset after'],
  ])('(%s) delays notes without loss, duplicates or reordering', async (_, effect) => {
    const { discord, guild, subscriptions, publish, shown, until } = await startDelivery();
    const other = discord.world.addChannel(guild, { name: 'other' });
    await subscriptions.subscribe(`discord:${other.id}`);
    discord.fault({ times: 9, effect });
    await publish('one', 'two', 'three');
    await until(() => shown().length === 3 && shown(other).length === 3);
    expect([shown(), shown(other)]).toEqual([
      ['one', 'two', 'three'],
      ['one', 'two', 'three'],
    ]);
  });

  test('a card is retried after one 500, and becomes text after two', async () => {
    const { log, lines } = recordingLog();
    const { discord, channel, platform, destination } = await startBot({ log });
    const send = (key: string) => platform.send(destination, bodyOf(platform, card), key);
    const made = () => discord.messages(channel).map(({ flags }) => flags !== 0);
    discord.fault({ route: CREATE, effect: { status: 500 } });
    expect(await send('n1:0')).toMatchObject({ status: 'retry', uncertain: true });
    receiptOf(await send('n1:0'));
    expect(made()).toEqual([true]);

    discord.fault({ route: CREATE, times: 2, effect: { status: 500 } });
    expect(await send('n2:0')).toMatchObject({ status: 'retry' });
    const sent = await send('n2:0');
    expect(sent).toMatchObject({ status: 'sent', simplified: expect.stringContaining('500') as string });
    expect(parseReceipt(receiptOf(sent)).format).toBe('text');
    expect(made()).toEqual([true, false]);
    expect(lines.filter((line) => line.startsWith('message.refused'))).toHaveLength(1);
  });

  test('a 500 to plain text is waited out', async () => {
    const { discord, platform, destination } = await startBot();
    discord.fault({ route: CREATE, times: 3, effect: { status: 500 } });
    const results = [];
    for (let tried = 0; tried < 3; tried += 1)
      results.push((await platform.send(destination, bodyOf(platform, card), 'n1:0')).status);
    expect(results).toEqual(['retry', 'retry', 'sent']);
    expect(discord.requests).toHaveLength(4);
  });
});

describe('a slow response', () => {
  test('in one channel delays no other', async () => {
    const { discord, guild, clock, channel, subscriptions, publish, shown, counted } = await startDelivery();
    const other = discord.world.addChannel(guild, { name: 'other' });
    await subscriptions.subscribe(`discord:${other.id}`);
    discord.fault({ route: CREATE, containing: channel.id, effect: { delayMs: 5_000 } });
    await publish('one', 'two', 'three');
    await discord.until(() => shown(other).length === 3);
    expect(shown()).toEqual(['one']);
    clock.advance(5_000);
    await discord.until(() => shown().length === 3);
    expect(counted('messages_retried_total')).toBe(0);
  });

  test('beyond the timeout is uncertain, and sends no duplicate', async () => {
    const { discord, publish, shown, counted, until } = await startDelivery({ timeoutMs: 100 });
    discord.fault({ route: CREATE, effect: 'lost' });
    await publish('one', 'two');
    await until(() => shown().length === 2);
    expect(shown()).toEqual(['one', 'two']);
    expect(counted('messages_in_doubt_total')).toBe(1);
  });
});

describe('an outage of hours', () => {
  test.each<readonly [string, Effect]>([
    ['answers 503', { status: 503 }],
    ['breaks every connection', 'reset before'],
  ])('(%s) ends with everything delivered in order', async (_, effect) => {
    const { discord, clock, publish, shown, counted, until } = await startDelivery();
    await publish('one');
    await until(() => shown().length === 1);
    discord.fault({ times: Number.POSITIVE_INFINITY, effect });
    await publish('two');
    await until(() => counted('messages_retried_total') > 3);
    clock.advance(6 * HOURS_MS);
    await publish('three', 'four');
    await until(() => counted('messages_retried_total') > 5);
    discord.clearFaults();
    await until(() => shown().length === 4);
    expect(shown()).toEqual(['one', 'two', 'three', 'four']);
  });

  test('ends with one digest instead of a flood', async () => {
    const { discord, clock, publish, shown, counted, until } = await startDelivery();
    discord.fault({ times: Number.POSITIVE_INFINITY, effect: { status: 503 } });
    const names = Array.from({ length: 12 }, (_, index) => `note number ${index}`);
    await publish(...names);
    await until(() => counted('messages_retried_total') > 0);
    clock.advance(6 * HOURS_MS);
    discord.clearFaults();
    await until(() => names.every((name) => shown().join().includes(name)));
    // Notes whose delivery began before the outage are completed separately.
    expect(shown().length).toBeLessThanOrEqual(2);
  });
});

describe('a response lost before an outage longer than nonces last', () => {
  /** Sends a note whose response is lost, and continues hours later. */
  async function afterHours(prepare: (stage: Awaited<ReturnType<typeof startDelivery>>) => void) {
    const stage = await startDelivery();
    const { discord, clock, publish, counted } = stage;
    prepare(stage);
    discord.fault({ route: CREATE, effect: 'reset after' });
    await publish('one');
    await expect.poll(() => counted('messages_retried_total')).toBe(1);
    discord.say(stage.channel, stage.mira, 'Good morning.');
    clock.advance(6 * HOURS_MS);
    return stage;
  }

  test('is found among the newest messages', async () => {
    const { shown, answers, publish, until, store, destination } = await afterHours(() => {});
    await publish('two');
    await until(() => shown().length === 3);
    expect(shown()).toEqual(['one', 'Good morning.', 'two']);
    expect([answers(), answers(READ)]).toEqual([[0, 200], [200]]);
    await expect.poll(async () => (await store.destinations.get(destination))?.position).toBe(2);
  });

  test('causes a counted duplicate without Read Message History', async () => {
    const { shown, counted, until } = await afterHours(({ discord, channel }) =>
      discord.world.setOverwrites(channel, [{ of: discord.world.bot, deny: ['ReadMessageHistory'] }]),
    );
    await until(() => shown().length === 3);
    expect(shown()).toEqual(['one', 'Good morning.', 'one']);
    expect(counted('messages_in_doubt_total')).toBe(1);
  });

  test('is searched for again if reading fails', async () => {
    const { discord, shown, answers, counted, until } = await afterHours(() => {});
    discord.fault({ route: READ, times: 2, effect: { status: 503 } });
    await until(() => answers(READ).length === 3);
    await expect.poll(() => counted('messages_sent_total')).toBe(1);
    expect([shown(), answers(READ), answers()]).toEqual([['one', 'Good morning.'], [503, 503, 200], [0]]);
  });
});

test('stops being uncertain once found', async () => {
  const { discord, channel, platform, destination } = await startBot({ nonceWindowMs: 0 });
  const body = bodyOf(platform, card);
  const receipt = receiptOf(await platform.send(destination, body, 'n1:0'));
  expect(await platform.send(destination, body, 'n1:0', { uncertain: true })).toEqual({
    status: 'sent',
    receipt,
  });
  expect(idsOf(receipt)).toEqual(discord.messages(channel).map(({ id }) => id));
});
