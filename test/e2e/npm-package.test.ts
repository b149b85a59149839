import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noteEncode } from 'nostr-tools/nip19';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorNamed } from '../../sandbox/relay/fake-author.ts';
import { discordText, startEnvironment } from './environment.fixture.ts';
import { createConsumer, readmeExamples } from './library-consumer.fixture.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const now = () => Math.floor(Date.now() / 1000);

/** Packing takes the compiler, installing a hundred packages from npm's cache or the registry. */
const INSTALL_WITHIN_MS = 300_000;

const run = (command: string, args: readonly string[], cwd: string): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** Files that packing could leave behind or change. Somebody may be editing others. */
const changes = (): string =>
  run('git', ['ls-files', '--others', '--exclude-standard'], root) +
  run('git', ['diff', '--', 'package.json', 'package-lock.json', 'README.md', 'LICENSE', 'bin'], root);

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Where the package is installed, as in the project of somebody else. */
let folder = '';
let packed: readonly string[] = [];
let changed = { before: '', after: '' };
const inPackage = (path: string): string => join(folder, 'node_modules/postrider', path);
const command = (): string => join(folder, 'node_modules/.bin/postrider');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postrider-package-'));
  // Without it, npm would install into a parent folder that has one.
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const before = changes();
  const answer = run('npm', ['pack', '--json', '--pack-destination', folder], root);
  changed = { before, after: changes() };
  const [{ filename, files }] = JSON.parse(answer.slice(answer.search(/^\[$/mu))) as [Packed];
  packed = files.map(({ path }) => path);
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${filename}`], folder);
}, INSTALL_WITHIN_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);

describe('the tarball', () => {
  test('packing changes nothing in the clone', () => {
    expect(changed.after).toBe(changed.before);
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
    expect(run(command(), ['--help'], folder)).toMatch(/^Postrider .*\n\nUsage: postrider /u);
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

describe('the library', { timeout: 60_000 }, () => {
  test('the README’s examples are well typed, with the declarations of the package checked too', () => {
    expect(createConsumer(folder).typeCheck()).toBe('');
    // What the types name, and nothing of the inside.
    const imports = globSync('dist/src/library/*.d.ts', { cwd: inPackage('.') }).flatMap((file) =>
      [...readFileSync(inPackage(file), 'utf8').matchAll(/ from '([^']+)';/gu)].map(([, name = '']) => name),
    );
    expect([...new Set(imports)].sort()).toEqual([
      './note.js',
      './options.js',
      '@grammyjs/types',
      'discord-api-types/v10',
    ]);
  });

  test('the README’s examples do what they say', async () => {
    const world = await startEnvironment();
    const { author, discord, telegram } = world;
    const quoted = authorNamed('Tam').note('The ferry is late again.');
    const profile = author.note('{"name":"Mara Lindqvist"}', { kind: 0 });
    const received = author.note(`Look:\n\nnostr:${noteEncode(quoted.id)}`, { tags: [['q', quoted.id]] });
    const given = {
      received,
      found: [quoted, profile],
      discordToken: discord.token,
      telegramToken: telegram.token,
      channel: discord.channel.id,
      chat: telegram.chat.id,
      discordApi: discord.apiUrl,
      telegramApi: telegram.apiUrl,
    };
    const printed: string[] = [];
    for (const code of readmeExamples()) printed.push(await createConsumer(folder).run(code, given));
    expect(world.shown()).toEqual({
      discord: [expect.stringContaining('Look:')],
      telegram: [expect.stringContaining('Look:')],
    });
    const [, , named, refused] = printed;
    expect(named).toMatch(/Mara Lindqvist.*The ferry is late again\./u);
    expect(refused).toMatch(/^Not a valid Nostr event: .*\n$/u);
  });

  test.each([
    ['postrider/note', []],
    ['postrider/discord', ['discord-api-types']],
    ['postrider/telegram', []],
  ])('%s loads no client library', (module, more) => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    const loaded = createConsumer(folder).packagesLoadedBy(module);
    const parsers = /^(?:mdast-util|micromark)-|^nostr-tools$/u;
    expect(loaded).toContain('nostr-tools');
    expect(loaded.filter((name) => name in dependencies && !parsers.test(name))).toEqual(more);
  });
});
