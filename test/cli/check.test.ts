import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startDiscord } from '../../sandbox/discord/discord.ts';
import { startTelegram } from '../../sandbox/telegram/telegram.ts';
import { alice, sandboxRelay } from '../relays/relays.fixture.ts';

const bin = fileURLToPath(new URL('../../bin/postrider.cjs', import.meta.url));

interface Report {
  readonly ok: boolean;
  readonly problems: number;
  readonly checks: readonly {
    readonly area: string;
    readonly subject?: string;
    readonly status: string;
    readonly message: string;
    readonly fix?: string;
  }[];
}

/** Everything that a configuration names, working. */
async function startWorld() {
  const cwd = mkdtempSync(join(tmpdir(), 'postrider-check-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const relay = await sandboxRelay({ negentropy: {} });
  relay.publish(
    alice.note('Dawn over the harbour.'),
    alice.note(JSON.stringify({ name: 'Alice of the Quay' }), { kind: 0 }),
  );
  const discord = await startDiscord({ limits: 'off' });
  onTestFinished(discord.stop);
  const guild = discord.world.addGuild({ name: 'Harbour', bot: ['ReadMessageHistory'] });
  const news = discord.world.addChannel(guild, { name: 'news' });
  const telegram = await startTelegram();
  onTestFinished(telegram.stop);
  const tides = telegram.channel({ title: 'Tides', bot: 'administrator' });
  const env = {
    AUTHOR: alice.npub,
    RELAYS: relay.url,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CHANNELS: news.id,
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_URL: telegram.apiUrl,
    TELEGRAM_CHATS: `${tides.id}`,
    DATABASE_URL: `sqlite:${join(cwd, 'data/postrider.db')}`,
    PORT: '0',
  };
  return { cwd, env, relay, discord, guild, news, telegram, tides };
}

const check = (cwd: string, env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
    const options = { cwd, env: { PATH: process.env['PATH'], ...env } };
    execFile(process.execPath, [bin, 'check', ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

async function report(cwd: string, env: Readonly<Record<string, string>>) {
  const { code, stdout } = await check(cwd, env, '--json');
  const parsed = JSON.parse(stdout) as Report;
  return { code, ...parsed, problemsFound: parsed.checks.filter(({ status }) => status === 'failed') };
}

test('everything works: it says so, in words and in JSON, and posts nothing', async () => {
  const { cwd, env, discord, telegram, news } = await startWorld();
  const told = await check(cwd, env);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(told.stdout).toMatch(/✓ author: Alice of the Quay \(npub1/u);
  expect(told.stdout).toMatch(/✓ relays ws:\/\/127\.0\.0\.1:\d+\/: newest note .* NIP-77\n/u);
  expect(told.stdout).toContain('can post in #news');
  expect(told.stdout).toContain('can post in “Tides”');
  const { code, ok, checks } = await report(cwd, env);
  expect([code, ok]).toEqual([0, true]);
  expect(new Set(checks.map(({ area }) => area))).toEqual(
    new Set(['store', 'clock', 'status port', 'author', 'relays', 'discord', 'telegram']),
  );
  expect(discord.history(news)).toEqual([]);
  expect(telegram.calls.map(({ method }) => method)).not.toContain('getUpdates');
  expect(`${told.stdout}${JSON.stringify(checks)}`).not.toContain(telegram.token);
});

test('every problem is found at once, each with what to do about it', async () => {
  const { cwd, env, discord, guild, news, telegram, tides } = await startWorld();
  discord.world.setOverwrites(news, [{ of: guild.roles.get(guild.id)!, deny: ['SendMessages'] }]);
  telegram.setStatus(tides, telegram.bot, 'left');
  const { code, ok, problemsFound } = await report(cwd, {
    ...env,
    RELAYS: `${env.RELAYS},ws://127.0.0.1:1/`,
  });
  expect([code, ok]).toEqual([1, false]);
  expect(problemsFound.map(({ area, subject }) => [area, subject])).toEqual([
    ['relays', 'ws://127.0.0.1:1/'],
    ['discord', news.id],
    ['telegram', `${tides.id}`],
  ]);
  for (const { fix } of problemsFound) expect(fix).toBeTruthy();
});

test('wrong tokens', async () => {
  const { cwd, env } = await startWorld();
  const wrong = {
    ...env,
    DISCORD_TOKEN: 'other',
    TELEGRAM_TOKEN: '123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  };
  const { code, problemsFound } = await report(cwd, wrong);
  expect(code).toBe(1);
  expect(new Set(problemsFound.map(({ area }) => area))).toEqual(new Set(['discord', 'telegram']));
});

test('a wrong configuration ends with 2, also in JSON', async () => {
  const { cwd, env } = await startWorld();
  const wrong = { ...env, AUTHOR: 'nobody', RELAYS: 'ftp://127.0.0.1' };
  const told = await check(cwd, wrong);
  expect(told).toMatchObject({ code: 2, stdout: '' });
  expect(told.stderr).toMatch(/AUTHOR: .*\n.*RELAYS: /u);
  const { code, problemsFound } = await report(cwd, wrong);
  expect(code).toBe(2);
  expect(problemsFound.map(({ area }) => area)).toEqual(['configuration', 'configuration']);
});
