import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

test.each<readonly [string, (path: string) => void, RegExp]>([
  ['is a folder', (path) => mkdirSync(path), /\.env: .*can't be read \(EISDIR\)/u],
  ['is a link to itself', (path) => symlinkSync('.env', path), /\.env: .*can't be read \(ELOOP\)/u],
  ['is a link to nothing', (path) => symlinkSync('nothing', path), /\.env: .*can't be read \(ENOENT\)/u],
  [
    'is in UTF-16',
    (path) => writeFileSync(path, Buffer.from('\ufeffAUTHOR=nobody\n', 'utf16le')),
    /\.env: not UTF-8 text/u,
  ],
  [
    'begins with the mark of an editor',
    (path) => writeFileSync(path, '\ufeffAUTHOR=nobody\r\nPORT=x\r\n'),
    /AUTHOR: "nobody" is not an npub/u,
  ],
])('where .env %s, the program ends with 2 and says what is wrong', (_, write, said) => {
  const folder = mkdtempSync(join(tmpdir(), 'postrider-env-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  write(join(folder, '.env'));
  const start = ['--require', join(root, 'src/runtime.cjs'), join(root, 'src/main.ts')];
  const env = { PATH: process.env['PATH'] };
  const { status, stderr } = spawnSync(process.execPath, start, { cwd: folder, env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([2, expect.stringMatching(said)]);
});
