import { expect, test } from 'vitest';
import { silentLog } from '../../../../src/lib/log.ts';
import { createDiscord } from '../../../../src/platform/discord/discord.ts';
import { fakeHost, recordingLog, startBot } from '../discord.fixture.ts';

/** A Discord with short heartbeats, and an adapter that checks its shards when the test advances the clock. */
async function attended() {
  const { log, lines } = recordingLog();
  const stage = await startBot({ heartbeatMs: 20 });
  let nowMs = 0;
  let looks: (() => void)[] = [];
  const platform = createDiscord({
    token: stage.discord.token,
    apiUrl: stage.discord.apiUrl,
    log,
    now: () => nowMs,
    wait: (_, signal) =>
      new Promise((resolve) => {
        looks.push(resolve);
        signal.addEventListener('abort', () => resolve());
      }),
  });
  await platform.start(fakeHost().host);
  return {
    ...stage,
    platform,
    lines: (event: string) => lines.filter((line) => line.startsWith(`${event} `)),
    /** Advances the clock and lets the shards be checked. */
    async pass(ms: number) {
      await expect.poll(() => looks.length).toBeGreaterThan(0);
      nowMs += ms;
      const due = looks;
      looks = [];
      for (const look of due) look();
      await expect.poll(() => looks.length).toBeGreaterThan(0);
    },
  };
}

test('a session that is never resumed is replaced after two minutes', async () => {
  const { discord, mira, channel, platform, pass, lines } = await attended();
  discord.gateway.ignore('resume');
  const ignored = discord.next('ignored');
  discord.gateway.drop();
  await ignored;
  await pass(0);
  await pass(119_000);
  expect(lines('gateway.session_restarted')).toEqual([]);
  const identified = discord.next('identify');
  await pass(1_000);
  await identified;
  expect(lines('gateway.session_restarted')).toHaveLength(1);
  await expect.poll(() => platform.error()).toBeUndefined();
  expect(await discord.slash({ user: mira, channel, name: 'latest' })).toMatchObject({ status: 'answered' });
  await platform.stop();
});

test('a resumed session is kept, however long it took', async () => {
  const { discord, platform, pass, lines } = await attended();
  const resumed = discord.next('resume');
  discord.gateway.drop();
  await resumed;
  await expect.poll(() => platform.error()).toBeUndefined();
  for (let n = 0; n < 3; n += 1) await pass(3_600_000);
  expect(lines('gateway.session_restarted')).toEqual([]);
  await platform.stop();
});

test('an unanswered login is retried', async () => {
  const { discord, platform } = await startBot();
  discord.gateway.ignore('identify');
  const ignored = discord.next('ignored');
  const again = createDiscord({ token: discord.token, apiUrl: discord.apiUrl, log: silentLog });
  const started = again.start(fakeHost().host);
  await ignored;
  discord.gateway.ignore();
  discord.gateway.drop();
  await started;
  expect(again.error()).toBeUndefined();
  await again.stop();
  await platform.stop();
});
