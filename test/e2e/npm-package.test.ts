import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { discordText, startEnvironment } from './environment.fixture.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const now = () => Math.floor(Date.now() / 1000);

/** Packing takes the compiler, installing a hundred packages from npm's cache or the registry. */
const INSTALL_WITHIN_MS = 300_000;

const run = (command: string, args: readonly string[], cwd: string): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const changes = (): string => run('git', ['status', '--porcelain', '--untracked-files=all'], root);

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Where the package is installed, as in the project of somebody else. */
let folder = '';
let packed: readonly string[] = [];
let changedBefore = '';
const inPackage = (path: string): string => join(folder, 'node_modules/postrider', path);
const command = (): string => join(folder, 'node_modules/.bin/postrider');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postrider-package-'));
  // Without it, npm would install into a parent folder that has one.
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  changedBefore = changes();
  const answer = run('npm', ['pack', '--json', '--pack-destination', folder], root);
  const [{ filename, files }] = JSON.parse(answer.slice(answer.search(/^\[$/mu))) as [Packed];
  packed = files.map(({ path }) => path);
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${filename}`], folder);
}, INSTALL_WITHIN_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the tarball', () => {
  test('packing changes nothing in the clone', () => {
    expect(changes()).toBe(changedBefore);
  });

  test('has every file that the program reads as it runs', () => {
    const read = globSync('{src,commands}/**/*.{sql,css,html,js,cjs,svg,json,png,woff2}', { cwd: root });
    expect(read.length).toBeGreaterThan(15);
    expect(read.map((file) => `dist/${file}`).filter((file) => !packed.includes(file))).toEqual([]);

    const addressed = globSync('dist/**/*.js', { cwd: inPackage('.') }).flatMap((file) =>
      [...readFileSync(inPackage(file), 'utf8').matchAll(/new URL\('([^':]+)', import\.meta\.url\)/gu)].map(
        ([, path = '']) => normalize(join(dirname(file), path)),
      ),
    );
    expect(addressed).toEqual(
      expect.arrayContaining(['dist/package.json', 'dist/src/note/worker/note-worker.js']),
    );
    const isThere = (path: string): boolean =>
      packed.includes(path) || (path.endsWith('/') && packed.some((file) => file.startsWith(path)));
    expect(addressed.filter((path) => !isThere(path))).toEqual([]);
  });

  test('holds neither tests nor types of the inside, and its dependencies no Node', () => {
    expect(packed.filter((path) => /(?:^|\/)(?:test|bench|node_modules)\/|\.env$/u.test(path))).toEqual([]);
    const types = packed.filter((path) => path.endsWith('.d.ts'));
    expect(types.filter((path) => !path.startsWith('dist/src/library/'))).toEqual([]);
    expect(globSync('node_modules/{node,node-bin*,typescript,vitest}', { cwd: folder })).toEqual([]);
  });
});

describe('the command', { timeout: 60_000 }, () => {
  test('says its version and its help', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(run(command(), ['--version'], folder)).toBe(`${version}\n`);
    expect(run(command(), ['--help'], folder)).toMatch(/^Postrider .*\n\nUsage:\n/u);
  });

  test('on an older Node says which one it needs, and where to get it', () => {
    const pretence = join(folder, 'old-node.cjs');
    const versions = "{ value: { ...process.versions, node: '24.18.1' } }";
    writeFileSync(pretence, `Object.defineProperty(process, 'versions', ${versions});\n`);
    const start = ['--require', pretence, inPackage('bin/postrider.cjs'), '--version'];
    const { status, stdout, stderr } = spawnSync(process.execPath, start, { cwd: folder, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^Postrider needs Node 26 or newer, and this is Node 24\.18\.1 \(.*\)\.\n/u);
    expect(stderr).toContain('npx -p node@26 -p postrider postrider');
  });
});

test('installed from npm, it carries notes to both platforms and answers, long notes too', async () => {
  const world = await startEnvironment();
  const program = world.start({}, [command()]);
  await program.ready();
  world.relay.publish(world.author.note('Out of the box.', { createdAt: now() + 1 }));
  // Long enough for the worker thread, which has a file of its own.
  const long = 'The tide came in as it always does. '.repeat(500);
  world.relay.publish(world.author.note(`${long} The end.`, { createdAt: now() + 2 }));
  const has = (texts: readonly string[]): boolean =>
    texts.some((text) => text.includes('Out of the box.')) && texts.some((text) => text.includes('The end.'));
  await world.discord.until(() => has(world.shown().discord));
  await world.telegram.until(() => has(world.shown().telegram), 30_000);
  expect(program.lines.filter(({ event }) => event === 'note_worker.failed')).toEqual([]);

  const { member, channel } = world.discord;
  const seen = await world.discord.slash({ user: member, channel, name: 'latest' });
  if (seen.status !== 'answered') throw new Error(`Discord: ${seen.status}`);
  expect(discordText(seen.message)).toContain('Out of the box.');
  const { reader } = world.telegram;
  world.telegram.say({ chat: reader, user: reader, text: '/latest' });
  const answer = await world.telegram.until(
    () => world.telegram.messages(reader).find(({ byBot }) => byBot),
    15_000,
  );
  expect(answer.message.text).toContain('Out of the box.');

  program.kill('SIGTERM');
  expect(await program.exit).toEqual({ code: 0, signal: null });
}, 90_000);
