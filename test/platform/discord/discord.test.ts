import { describe, expect, test } from 'vitest';
import { en } from '../../../src/i18n/en/catalogue.ts';
import { createDiscord } from '../../../src/platform/discord/discord.ts';
import { inviteUrl } from '../../../src/platform/discord/guilds/invite.ts';
import { LoginRefusedError } from '../../../src/platform/platform.ts';
import { answerOf, fakeHost, recordingLog, startBot } from './discord.fixture.ts';

describe('start', () => {
  test('logs in with the Guilds intent only and registers commands once', async () => {
    const { discord, platform } = await startBot();
    const { host } = fakeHost();
    expect(platform.error()).toBeDefined();
    const identified = discord.next('identify');
    await platform.start(host);
    expect(await identified).toMatchObject({ intents: 1 });
    expect(platform.error()).toBeUndefined();
    expect(discord.commands.list(undefined)).toMatchObject([
      { name: 'latest', contexts: [0, 1, 2], integration_types: [0, 1], default_member_permissions: null },
      { name: 'help', contexts: [0, 1, 2], integration_types: [0, 1], default_member_permissions: null },
      { name: 'subscribe', contexts: [0, 1], integration_types: [0, 1], default_member_permissions: '32' },
    ]);
    await platform.stop();
    const again = createDiscord({ token: discord.token, apiUrl: discord.apiUrl, log: recordingLog().log });
    await again.start(host);
    await again.stop();
    expect(discord.commandWrites()).toBe(1);
    expect(discord.unknownRequests()).toEqual([]);
  });

  test('returns the invite link, unless the bot is private', async () => {
    const { log, lines } = recordingLog();
    const { discord, platform } = await startBot({ log });
    expect(platform.installLink?.()).toBeUndefined();
    await platform.start(fakeHost().host);
    expect(platform.installLink?.()).toBe(inviteUrl(discord.world.applicationId));
    await platform.stop();
    discord.world.isPublic = false;
    const again = createDiscord({ token: discord.token, apiUrl: discord.apiUrl, log });
    await again.start(fakeHost().host);
    expect(again.installLink?.()).toBeUndefined();
    await again.stop();
    expect(lines.filter((line) => line.includes('Public Bot'))).toHaveLength(1);
  });

  test('registers changed commands', async () => {
    const { discord, platform } = await startBot();
    const { host } = fakeHost();
    await platform.start(host);
    await platform.stop();
    const [first, ...others] = host.menu;
    if (!first) throw new Error('No menu');
    const menu = [{ ...first, description: 'Other words' }, ...others];
    const again = createDiscord({ token: discord.token, apiUrl: discord.apiUrl, log: recordingLog().log });
    await again.start({ ...host, menu });
    await again.stop();
    expect(discord.commandWrites()).toBe(2);
  });

  test('a refused token is reported to the operator, without the token', async () => {
    const { discord } = await startBot();
    const { log, lines } = recordingLog();
    const platform = createDiscord({ token: 'stolen-token', apiUrl: discord.apiUrl, log });
    const refusal = await platform.start(fakeHost().host).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(LoginRefusedError);
    expect(String(refusal)).toContain('DISCORD_TOKEN');
    expect(String(refusal) + lines.join()).not.toContain('stolen-token');
  });

  test.each([
    [4004, en.discord.refused.token],
    [4014, en.discord.refused.closings[4014]],
  ])('does not reconnect after close code %i', async (code, sentence) => {
    const { discord, platform } = await startBot();
    discord.on('identify', () => discord.gateway.close(code));
    await expect(platform.start(fakeHost().host)).rejects.toThrow(sentence);
  });

  test('keeps trying while Discord fails', async () => {
    const { discord, platform } = await startBot();
    discord.fault({ route: 'GET /gateway/bot', effect: { status: 503 } });
    await platform.start(fakeHost().host);
    expect(platform.error()).toBeUndefined();
  });

  test('can be stopped while it is trying', async () => {
    const platform = createDiscord({ token: 't', apiUrl: 'http://127.0.0.1:9/api', log: recordingLog().log });
    const started = platform.start(fakeHost().host);
    await platform.stop();
    await started;
    expect(platform.error()).toBeDefined();
  });

  test('resumes after a lost connection', async () => {
    const { discord, channel, mira, platform } = await startBot();
    await platform.start(fakeHost().host);
    const resumed = discord.next('resume');
    discord.gateway.drop();
    await resumed;
    expect(await discord.slash({ user: mira, channel, name: 'latest' })).toMatchObject({
      status: 'answered',
    });
    expect(platform.error()).toBeUndefined();
  });
});

describe('the host is notified', () => {
  test('of deleted channels and removed servers', async () => {
    const { discord, guild, channel, platform, destination } = await startBot();
    const { host, told, hears } = fakeHost();
    const second = discord.world.addChannel(guild, { name: 'second' });
    const thread = discord.world.addChannel(guild, { name: 'thread', kind: 'thread', parent: channel });
    await platform.start(host);
    discord.world.deleteChannel(thread);
    await hears(`left discord:${thread.id}`);
    discord.world.deleteChannel(second);
    await hears(`left discord:${second.id}`);
    discord.world.setOutage(guild, true);
    discord.world.setOutage(guild, false);
    expect(told).not.toContain(`left ${destination}`);
    discord.world.remove(guild);
    await hears(`left ${destination}`);
  });
});

test('stop waits for answers in progress', async () => {
  const { discord, channel, mira, platform } = await startBot();
  const { promise, resolve } = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const { host } = fakeHost(async () => {
    asked.resolve();
    await promise;
    return answerOf('Done');
  });
  await platform.start(host);
  const seen = discord.slash({ user: mira, channel, name: 'latest' });
  await asked.promise;
  const stopped = platform.stop();
  resolve();
  await stopped;
  expect(await seen).toMatchObject({ status: 'answered' });
});
