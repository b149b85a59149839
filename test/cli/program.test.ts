import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { subcommands } from '../../src/cli/subcommands.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'bin/postrider.cjs');

/** A folder of its own to run in, so that no `.env` of ours is read. */
function emptyFolder(env = ''): string {
  const cwd = mkdtempSync(join(tmpdir(), 'postrider-cli-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  if (env) writeFileSync(join(cwd, '.env'), env);
  return cwd;
}

function run(args: readonly string[], options: { readonly env?: string } = {}) {
  const cwd = emptyFolder(options.env);
  return spawnSync(process.execPath, [bin, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] },
    encoding: 'utf8',
  });
}

test.each(['--help', '-h'])('%s tells every sub-command and what the exit codes mean', (flag) => {
  const { status, stdout, stderr } = run([flag]);
  expect([status, stderr]).toEqual([0, '']);
  for (const { name, summary } of subcommands) {
    expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b.* ${summary}$`, 'mu'));
  }
  expect(stdout).toMatch(/Usage:.*npm start.*Exit codes: 0 .*1 .*2 /su);
});

test.each(subcommands.map(({ name }) => name))('%s --help tells more, and starts nothing', (name) => {
  const { status, stdout, stderr } = run([name, '--help']);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`postrider ${name}`);
});

test.each(['--version', '-v'])('%s tells its version', (flag) => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(run([flag])).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([['strat'], ['--daemon'], ['run', 'now'], ['help']])(
  '%j is an error that names what exists, and starts nothing',
  (...args) => {
    const { status, stdout, stderr } = run(args, { env: 'AUTHOR=name@example.com\nDISCORD_TOKEN=d\n' });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/--help\n$/u);
    expect(stderr).not.toContain('program.started');
  },
);

test('a misspelled name in .env is named, and so is where all settings are told', () => {
  const { status, stderr } = run([], { env: 'AUTOR=name@example.com\nDISCORD_TOKEN=d\n' });
  expect(status).toBe(2);
  expect(stderr).toContain('  AUTOR: unknown variable, did you mean AUTHOR?\n');
  expect(stderr).toContain('docs/configuration.md');
});

test('when nobody reads its log any more, it goes on and stops as usual', async () => {
  const child = spawn(process.execPath, [bin], {
    cwd: emptyFolder(),
    env: {
      AUTHOR: 'ab'.repeat(32),
      TELEGRAM_TOKEN: '1:x',
      // Nothing listens there.
      TELEGRAM_API_URL: 'http://127.0.0.1:9',
      RELAYS: 'ws://127.0.0.1:9',
      PORT: '0',
      LOG_FORMAT: 'json',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let log = '';
  for await (const text of child.stderr) {
    log += String(text);
    // Leaving the loop closes the pipe.
    if (log.includes('status.listening')) break;
  }
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
