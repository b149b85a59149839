import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ENTRY = fileURLToPath(new URL('../../../sandbox/demo.ts', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Run {
  readonly child: ChildProcess;
  /** Resolves once standard output matches. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
}

function run(...args: readonly string[]): Run {
  const env = { PATH: process.env['PATH'], TMPDIR: folder };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ENTRY, ...args], { env });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return {
    child,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(out);
          if (found) resolve(found);
        };
        child.stdout.on('data', look);
        child.on('exit', () => reject(new Error(`Ended without saying ${pattern}: ${out}${err}`)));
        look();
      }),
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, out, err })),
  };
}

test('the process prints its URL, and stops cleanly on a signal', async () => {
  const demo = run();
  const [, url = ''] = await demo.said(
    /^Demo running at (http:\/\/127\.0\.0\.1:\d+) – press Ctrl\+C to stop/u,
  );
  await demo.said(/Couldn't open a browser/u);
  expect((await fetch(url)).status).toBe(200);
  expect(await readdir(folder)).toHaveLength(1);
  demo.child.kill('SIGINT');
  const { code, err } = await demo.ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(await readdir(folder)).toEqual([]);
});

test('a port that is taken is told as such', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, err } = await run('--no-open', '--port', String(port)).ended;
  other.close();
  expect(code).toBe(1);
  expect(err).toMatch(/^That port is in use/u);
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  [['--help'], 0, 'out', /--no-open/u],
  [['--port', 'x'], 2, 'err', /^--port must be a number/u],
] as const)('%j ends with %i', async (args, code, where, words) => {
  const ended = await run(...args).ended;
  expect(ended.code).toBe(code);
  expect(ended[where]).toMatch(words);
});
