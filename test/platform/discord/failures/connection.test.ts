import { describe, expect, test } from 'vitest';
import { createManualClock } from '../../../../sandbox/discord/clock.ts';
import { en } from '../../../../src/i18n/en/catalogue.ts';
import { silentLog } from '../../../../src/lib/log.ts';
import { paragraph, text } from '../../../../src/note/document.ts';
import { createDiscord } from '../../../../src/platform/discord/discord.ts';
import { answerOf, bodyOf, fakeHost, recordingLog, startBot } from '../discord.fixture.ts';
import { CREATE, startDelivery } from './delivery.fixture.ts';

const { refused } = en.discord;
const words = [paragraph(text('The port is quiet.'))];

describe('a token revoked at runtime', () => {
  test('halts deliveries, keeps the queue, and is reported', async () => {
    const { discord, platform, host, delivery, publish, shown, answers, state } = await startDelivery();
    await platform.start(host);
    await publish('one');
    await discord.until(() => shown().length === 1);
    discord.resetToken();
    await expect.poll(() => platform.error()).toBe(refused.token);
    await publish('two');
    await delivery.running;
    await publish('three');
    expect([shown(), answers(), await state()]).toEqual([['one'], [200, 401], 'active']);
    expect(discord.requests.at(-1)).toMatchObject({ route: CREATE, status: 401 });
  });

  test('can be replaced, and the next start resumes the queue', async () => {
    const { discord, platform, host, publish, shown, delivery, deliver } = await startDelivery();
    await platform.start(host);
    const token = discord.resetToken();
    await publish('one');
    await delivery.running;
    await platform.stop();
    const again = createDiscord({ token, apiUrl: discord.apiUrl, log: silentLog });
    deliver(again);
    await discord.until(() => shown().length > 0);
    expect(shown()).toEqual(['one']);
  });
});

describe('a gateway that closes for good', () => {
  test.each([
    [4004, refused.token],
    [4010, refused.closings[4010]],
    [4012, refused.closings[4012]],
    [4013, refused.closings[4013]],
    [4014, refused.closings[4014]],
  ])('(%i) is reported, and deliveries continue while they can', async (code, sentence) => {
    const { log, lines } = recordingLog();
    const { discord, channel, platform, destination } = await startBot({ log });
    await platform.start(fakeHost().host);
    discord.gateway.close(code);
    await expect.poll(() => platform.error()).toBe(sentence);
    expect(lines).toContainEqual(expect.stringMatching(/^gateway\.closed /u));
    expect(await platform.send(destination, bodyOf(platform, words), 'n1:0')).toMatchObject({
      status: 'sent',
    });
    expect(discord.messages(channel)).toHaveLength(1);
  });
});

test('exhausted session starts are waited out, while deliveries continue', async () => {
  const clock = createManualClock();
  const { discord, platform, destination } = await startBot({ clock, sessionStarts: 1 });
  await platform.start(fakeHost().host);
  await platform.stop();
  const again = createDiscord({ token: discord.token, apiUrl: discord.apiUrl, log: silentLog });
  const started = again.start(fakeHost().host);
  await expect.poll(() => again.error()).toMatch(/^can't log in yet: .*0 more logins/u);
  expect(await again.send(destination, bodyOf(again, words), 'n1:0')).toMatchObject({ status: 'sent' });
  clock.advance(86_400_000);
  await started;
  expect(again.error()).toBeUndefined();
  await again.stop();
});

test('the daily limit on new commands keeps the registered ones working', async () => {
  const { log, lines } = recordingLog();
  const { discord, channel, mira, platform } = await startBot({ log });
  const { host } = fakeHost();
  await platform.start(host);
  await platform.stop();
  discord.fault({ route: 'PUT /applications/:application/commands', effect: { status: 400, code: 30034 } });
  const again = createDiscord({ token: discord.token, apiUrl: discord.apiUrl, log });
  await again.start({ ...host, menu: [{ ...host.menu[0]!, description: 'Other words' }] });
  expect(lines).toContainEqual(expect.stringMatching(/^menu\.refused .*30034/u));
  expect(await discord.slash({ user: mira, channel, name: 'latest' })).toMatchObject({ status: 'answered' });
  await again.stop();
});

describe('an answer to a command', () => {
  async function answering(patienceMs: number) {
    const clock = createManualClock();
    const { log, lines } = recordingLog();
    const stage = await startBot({ clock, log, patienceMs });
    const asked = Promise.withResolvers<void>();
    const { promise, resolve } = Promise.withResolvers<void>();
    const { host } = fakeHost(async () => {
      asked.resolve();
      await promise;
      return answerOf('At last');
    });
    await stage.platform.start(host);
    const ask = () => stage.discord.slash({ user: stage.mira, channel: stage.channel, name: 'latest' });
    return { ...stage, clock, lines, asked: asked.promise, answer: resolve, ask };
  }

  test('that comes too late is dropped, and the next one is sent', async () => {
    const { clock, lines, asked, answer, ask } = await answering(60_000);
    const seen = ask();
    await asked;
    clock.advance(3_001);
    answer();
    expect(await seen).toMatchObject({ status: 'failed' });
    await expect.poll(() => lines).toContainEqual(expect.stringMatching(/^answer\.lost .*10062/u));
    expect(await ask()).toMatchObject({ status: 'answered' });
  });

  test('that is deferred and takes over 15 minutes is dropped', async () => {
    const { discord, clock, lines, answer, ask } = await answering(1);
    const announced = discord.next('acknowledged');
    const seen = ask();
    await announced;
    clock.advance(15 * 60_000 + 1);
    answer();
    expect(await seen).toMatchObject({ status: 'failed' });
    await expect.poll(() => lines).toContainEqual(expect.stringMatching(/^answer\.lost .*50027/u));
    expect(await ask()).toMatchObject({ status: 'answered' });
  });
});
