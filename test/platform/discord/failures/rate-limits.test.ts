import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createManualClock } from '../../../../sandbox/discord/clock.ts';
import type { Effect } from '../../../../sandbox/discord/http/faults.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { paragraph, text } from '../../../../src/note/document.ts';
import type { SendResult } from '../../../../src/platform/platform.ts';
import { bodyOf, fakeHost, recordingLog, startBot } from '../discord.fixture.ts';
import { CREATE, startDelivery } from './delivery.fixture.ts';

const words = [paragraph(text('The port is quiet.'))];

/** The REST library limits requests to 50 per second of real time; here every send takes a second. */
async function sendOften(
  { platform, destination }: Pick<Awaited<ReturnType<typeof startBot>>, 'platform' | 'destination'>,
  count: number,
) {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const results: SendResult[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    vi.setSystemTime(Date.now() + 1_000);
    results.push(await platform.send(destination, bodyOf(platform, words), `n${sent}:0`));
  }
  return results;
}

describe('a rate limit', () => {
  test('of a channel delays that channel only, in order', async () => {
    const { discord, guild, channel, subscriptions, publish, shown, until } = await startDelivery();
    const other = discord.world.addChannel(guild, { name: 'other' });
    await subscriptions.subscribe(`discord:${other.id}`);
    discord.fault({ route: CREATE, containing: channel.id, effect: { limit: { retryAfter: 0.05 } } });
    await publish('one', 'two');
    await discord.until(() => shown(other).length === 2);
    await until(() => shown().length === 2);
    expect([shown(other), shown()]).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ]);
  });

  test.each([
    ['user', 'destination'],
    ['shared', 'destination'],
    ['global', 'platform'],
  ] as const)('of scope %s is respected, for the %s', async (scope, whose) => {
    const { discord, platform, destination } = await startBot();
    discord.fault({ route: CREATE, effect: { limit: { retryAfter: 90, scope } } });
    expect(await platform.send(destination, bodyOf(platform, words), 'n1:0')).toMatchObject({
      status: 'retry',
      scope: whose,
      uncertain: false,
      afterMs: 90_050,
    });
  });

  test('of scope shared does not count as refused', async () => {
    const stage = await startBot();
    const { discord, platform, destination } = stage;
    discord.fault({ route: CREATE, times: 1_000, effect: { limit: { retryAfter: 90, scope: 'shared' } } });
    for (const result of await sendOften(stage, 1_000))
      expect(result).toMatchObject({
        status: 'retry',
        scope: 'destination',
        uncertain: false,
        afterMs: 90_050,
      });
    expect(await platform.send(destination, bodyOf(platform, words), 'n:0')).toMatchObject({
      status: 'sent',
    });
    expect(platform.error()).not.toBe(en.discord.errors.refusals);
  });

  test('of global scope pauses deliveries, but not responses to commands', async () => {
    const {
      discord,
      guild,
      channel,
      mira,
      platform,
      host,
      subscriptions,
      publish,
      shown,
      answers,
      counted,
      until,
    } = await startDelivery();
    const other = discord.world.addChannel(guild, { name: 'other' });
    await platform.start(host);
    discord.fault({ route: CREATE, effect: { limit: { retryAfter: 0.05, scope: 'global' } } });
    await publish('one');
    await expect.poll(() => counted('messages_retried_total')).toBe(1);
    await subscriptions.subscribe(`discord:${other.id}`);
    await publish('two');
    expect(await discord.slash({ user: mira, channel, name: 'latest' })).toMatchObject({
      status: 'answered',
    });
    expect(answers()).toEqual([429]);
    await until(() => shown().length === 3 && shown(other).length === 1);
    expect([shown(), shown(other)]).toEqual([['Hello', 'one', 'two'], ['two']]);
  });
});

describe('a blocked address', () => {
  test.each<readonly [string, Effect, object]>([
    ['403 with a page', { page: 403 }, {}],
    ['429 with a page, for an hour', { page: 429, retryAfter: 3_600 }, { afterMs: 3_600_000 }],
    [
      '429 in JSON that names no limit',
      { status: 429, message: 'You are being blocked.' },
      { afterMs: undefined },
    ],
    ['a page in place of a success', { page: 200 }, { uncertain: true }],
  ])('(%s) pauses the platform, and suspends no channel', async (_, effect, more) => {
    const { discord, platform, destination } = await startBot();
    discord.fault({ route: CREATE, effect });
    const result = await platform.send(destination, bodyOf(platform, words), 'n1:0');
    const reason = expect.any(String) as string;
    expect(result).toEqual({ status: 'retry', scope: 'platform', uncertain: false, reason, ...more });
    expect(await platform.send(destination, bodyOf(platform, words), 'n1:0')).toMatchObject({
      status: 'sent',
    });
  });

  test('a blocked login is retried and reported', async () => {
    const { discord, platform } = await startBot();
    discord.fault({ route: 'GET /gateway/bot', effect: { page: 429 } });
    const failed = discord.next('request', ({ status }) => status === 429);
    const started = platform.start(fakeHost().host);
    await failed;
    await expect.poll(() => platform.error()).toMatch(/can't log in yet: HTTP 429/u);
    await started;
    expect(platform.error()).toBeUndefined();
  });
});

describe('many refusals', () => {
  test('pause deliveries before the address is blocked, but not responses to commands', async () => {
    const clock = createManualClock();
    const { log, lines } = recordingLog();
    const stage = await startBot({ log, clock });
    const { discord, channel, mira, platform, destination } = stage;
    await platform.start(fakeHost().host);
    discord.fault({ route: CREATE, times: 1_000, effect: { status: 403, code: 50013 } });
    await sendOften(stage, 1_000);
    const asked = discord.requests.length;
    expect(await platform.send(destination, bodyOf(platform, words), 'n:0')).toEqual({
      status: 'retry',
      scope: 'platform',
      uncertain: false,
      afterMs: 600_000,
      reason: 'Too many requests were refused',
    });
    expect(discord.requests).toHaveLength(asked);
    expect(platform.error()).toBe(en.discord.errors.refusals);
    expect(lines.filter((line) => line.startsWith('request.refused'))).toHaveLength(9);
    expect(lines).toContainEqual(expect.stringMatching(/^request\.paused .*"count":1000/u));
    expect(await discord.slash({ user: mira, channel, name: 'latest' })).toMatchObject({
      status: 'answered',
    });
    clock.advance(600_000);
    expect(await platform.send(destination, bodyOf(platform, words), 'n:0')).toMatchObject({
      status: 'sent',
    });
    expect(platform.error()).toBeUndefined();
  });

  test('spread over hours pause nothing', async () => {
    const clock = createManualClock();
    const stage = await startBot({ clock });
    const { discord, platform, destination } = stage;
    discord.fault({ route: CREATE, times: 1_200, effect: { status: 403, code: 50013 } });
    for (const _ of Array.from({ length: 4 })) {
      await sendOften(stage, 300);
      clock.advance(300_000);
    }
    expect(await platform.send(destination, bodyOf(platform, words), 'n:0')).toMatchObject({
      status: 'sent',
    });
  });
});
