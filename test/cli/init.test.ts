import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { startDiscord } from '../../sandbox/discord/discord.ts';
import { authorNamed } from '../../sandbox/relay/fake-author.ts';
import { startRelay } from '../../sandbox/relay/relay.ts';
import { startTelegram } from '../../sandbox/telegram/telegram.ts';
import { runCommandLine } from '../../src/cli/cli.ts';
import { fakeTerminal } from './terminal.fixture.ts';

const home = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postrider-init-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

const mara = authorNamed('Mara');
const AUTHOR = 'NIP-05 address: ';
const TOKEN = 'Bot token (hidden): ';

async function startWorld() {
  const [relay, discord, telegram] = await Promise.all([
    startRelay(),
    startDiscord({ limits: 'off' }),
    startTelegram({}),
  ]);
  onTestFinished(async () => {
    await Promise.all([relay.stop(), discord.stop(), telegram.stop()]);
  });
  relay.publish(
    mara.note(JSON.stringify({ name: 'Mara Lind' }), { kind: 0 }),
    mara.note('An old word.', { createdAt: 1_790_000_000 }),
    mara.note('The harbour\u001b[31m wakes up early.', { createdAt: 1_790_100_000 }),
  );
  const env = { RELAYS: relay.url, DISCORD_API_URL: discord.apiUrl, TELEGRAM_API_URL: telegram.apiUrl };
  return { relay, discord, telegram, env };
}

function start(env: Readonly<Record<string, string>>) {
  const { terminal, ...screen } = fakeTerminal(env);
  return { ...screen, exit: runCommandLine(['init'], terminal) };
}

test('asks for everything, checks it at once, shows who it is, and writes it for its owner only', async () => {
  const { env, discord, telegram } = await startWorld();
  const { screen, answer, exit } = start(env);
  await answer(AUTHOR, 'nobody');
  await answer(AUTHOR, mara.npub);
  await answer('Use this one? [Y/n]', '');
  await answer(TOKEN, 'wrong');
  await answer(TOKEN, discord.token);
  await answer(TOKEN, '123456:wrong');
  await answer(TOKEN, telegram.token);
  await answer('Write AUTHOR, DISCORD_TOKEN, TELEGRAM_TOKEN to .env? [Y/n]', 'y');
  expect(await exit).toBe(0);

  expect(readFileSync('.env', 'utf8')).toMatch(
    new RegExp(
      `^# .*\nAUTHOR=${mara.npub}\nDISCORD_TOKEN=${discord.token}\nTELEGRAM_TOKEN=${telegram.token}\n$`,
      'u',
    ),
  );
  expect((statSync('.env').mode & 0o777).toString(8)).toBe('600');
  expect(screen.stdout).toBe('Wrote .env, which only you can read.\n');
  for (const line of [
    '"nobody" is not an npub',
    `Mara Lind (${mara.npub})`,
    'Newest note, 2026-09-22: The harbour',
    "Discord doesn't know this token",
    'Add to a server: https://discord.com/oauth2/authorize?client_id=',
    "Telegram doesn't know this token",
    'Subscribe yourself: https://t.me/postrider_bot?start=subscribe',
    'Add to a channel: https://t.me/postrider_bot?startchannel&admin=post_messages+delete_messages',
    'Next: start it',
  ])
    expect(screen.stderr).toContain(line);
  for (const token of [discord.token, telegram.token, 'wrong']) expect(screen.stderr).not.toContain(token);
  expect(screen.stderr).not.toContain('\u001b[31m wakes');
});

test('with every question skipped, nothing is written', async () => {
  const { env } = await startWorld();
  const { screen, answer, exit } = start(env);
  for (const question of [AUTHOR, TOKEN, TOKEN]) await answer(question, '');
  expect(await exit).toBe(0);
  expect(screen.stdout).toBe('.env is unchanged.\n');
  expect(existsSync('.env')).toBe(false);
});

test.each([0, 1, 2, 3])('Ctrl-C after %d answers writes nothing', async (count) => {
  const { env, discord } = await startWorld();
  const { screen, answer, exit } = start(env);
  const answers = [
    [AUTHOR, ''],
    [TOKEN, discord.token],
    [TOKEN, ''],
  ] as const;
  for (const [question, words] of answers.slice(0, count)) await answer(question, words);
  await answer(answers[count]?.[0] ?? 'to .env? [Y/n]', '^C');
  expect(await exit).toBe(130);
  expect(screen.stderr).toContain('Nothing was written.');
  expect(existsSync('.env')).toBe(false);
});

describe('an .env that is there', () => {
  const BEFORE = `# mine\nAUTHOR=${'ab'.repeat(32)}\nPORT=1234 # why\nTELEGRAM_TOKEN=9:old\n`;

  test('keeps its lines; a value changes only if that is wanted', async () => {
    const { env, telegram } = await startWorld();
    writeFileSync('real', BEFORE, { mode: 0o644 });
    symlinkSync('real', '.env');
    const { screen, answer, exit } = start(env);
    await answer('Change it? [y/N]', '');
    await answer(TOKEN, '');
    await answer('Change it? [y/N]', 'y');
    await answer(TOKEN, telegram.token);
    await answer('Write TELEGRAM_TOKEN to .env? [Y/n]', '');
    expect(await exit).toBe(0);
    expect(readFileSync('real', 'utf8')).toBe(BEFORE.replace('9:old', telegram.token));
    expect((statSync('real').mode & 0o777).toString(8)).toBe('600');
    expect(screen.stderr).toContain(`AUTHOR is ${'ab'.repeat(32)}`);
    expect(screen.stderr).toContain("Telegram doesn't know this token");
    expect(screen.stderr).not.toContain('9:old');
  });

  test('stays as it is if the last question is answered with no', async () => {
    const { env } = await startWorld();
    writeFileSync('.env', BEFORE);
    const { answer, exit } = start(env);
    await answer('Change it? [y/N]', 'y');
    await answer(AUTHOR, mara.npub);
    await answer('Use this one?', '');
    await answer(TOKEN, '');
    await answer('Change it? [y/N]', '');
    await answer('to .env? [Y/n]', 'n');
    expect(await exit).toBe(130);
    expect(readFileSync('.env', 'utf8')).toBe(BEFORE);
  });

  test("isn't asked for what the environment sets", async () => {
    const { env } = await startWorld();
    const { screen, answer, exit } = start({ ...env, DISCORD_TOKEN: 'from-outside' });
    await answer(AUTHOR, '');
    await answer('DISCORD_TOKEN is set in the environment', '');
    await answer(TOKEN, '');
    expect(await exit).toBe(0);
    expect(screen.stderr).not.toContain('from-outside');
  });
});

test('what cannot be reached is said, and the answer kept only if that is wanted', async () => {
  const { relay, discord, telegram, env } = await startWorld();
  await Promise.all([relay.stop(), discord.stop(), telegram.stop()]);
  const { screen, shows, answer, exit } = start(env);
  await answer(AUTHOR, mara.npub);
  await shows('No relay answered');
  await answer('Use it anyway? [y/N]', 'n');
  await answer(AUTHOR, mara.npub);
  await answer('Use it anyway? [y/N]', 'y');
  await answer(TOKEN, discord.token);
  await shows("Discord couldn't check it");
  await answer('Use it anyway? [y/N]', '');
  await answer(TOKEN, '');
  await answer(TOKEN, telegram.token);
  await answer('Use it anyway? [y/N]', 'yes');
  await answer('Write AUTHOR, TELEGRAM_TOKEN to .env?', '');
  expect(await exit).toBe(0);
  expect(readFileSync('.env', 'utf8')).toContain(`TELEGRAM_TOKEN=${telegram.token}\n`);
  expect(screen.stderr).not.toContain(telegram.token);
});

test('an author without notes is said to have none', async () => {
  const { env } = await startWorld();
  const { shows, answer, exit } = start(env);
  await answer(AUTHOR, authorNamed('Nobody').npub);
  await shows('no notes on the relays that answered (1)');
  await answer('Use it anyway? [y/N]', '^C');
  expect(await exit).toBe(130);
});

test('without a terminal it says what to do instead', async () => {
  const { terminal, screen } = fakeTerminal({}, false);
  expect(await runCommandLine(['init'], terminal)).toBe(2);
  expect(screen.stderr).toContain('copy .env.example to .env');
});

/** Of the machine, not of a package: gives a program a terminal. */
const SCRIPT = 'script' as string;
const hasScript = spawnSync(SCRIPT, ['--version']).status === 0;

test.runIf(hasScript)('works on a real terminal, where secrets are not echoed', async () => {
  const { env, discord } = await startWorld();
  const bin = fileURLToPath(new URL('../../bin/postrider.cjs', import.meta.url));
  const child = spawn(SCRIPT, ['-qec', `${process.execPath} ${bin} init`, '/dev/null'], {
    env: { PATH: process.env['PATH'], TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let screen = '';
  let read = 0;
  const questions = [
    [AUTHOR, '\r'],
    [TOKEN, `${discord.token}\r`],
    [TOKEN, '\r'],
    ['to .env? [Y/n]', '\r'],
  ];
  child.stdout.on('data', (text: Buffer) => {
    screen += text.toString();
    const [question = '', keys] = questions[0] ?? [];
    const at = screen.indexOf(question, read);
    if (keys === undefined || at < 0) return;
    read = at + question.length;
    questions.shift();
    child.stdin.write(keys);
  });
  const [code] = (await once(child, 'close')) as [number];
  expect([code, screen]).toEqual([0, expect.stringContaining('Wrote .env')]);
  expect(screen).not.toContain(discord.token);
  expect(screen).toContain('\u001b[32m✓');
  expect(readFileSync('.env', 'utf8')).toContain(`DISCORD_TOKEN=${discord.token}\n`);
});
