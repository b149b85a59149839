import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The layers from the ground up; the first one that a file's path begins with is its layer. */
const layers: readonly {
  readonly path: string;
  readonly mayImport: readonly string[];
  readonly packages?: readonly string[];
}[] = [
  { path: 'src/text/', mayImport: [] },
  { path: 'src/secret-shapes.ts', mayImport: [] },
  { path: 'src/log.ts', mayImport: ['src/secret-shapes.ts'] },
  { path: 'src/public-address.ts', mayImport: [] },
  { path: 'src/slots.ts', mayImport: [] },
  {
    path: 'src/note/',
    mayImport: ['src/text/'],
    packages: ['nostr-tools', 'mdast', 'mdast-util-from-markdown'],
  },
  { path: 'src/choices/', mayImport: ['src/note/'] },
  { path: 'src/command/', mayImport: ['src/choices/', 'src/note/', 'src/text/', 'src/log.ts'] },
  { path: 'src/settings/', mayImport: ['src/command/', 'src/choices/', 'src/note/', 'src/text/'] },
  {
    path: 'commands/',
    mayImport: ['src/settings/', 'src/command/', 'src/choices/', 'src/note/', 'src/text/'],
  },
  {
    path: 'src/nostr/',
    mayImport: ['src/note/', 'src/public-address.ts', 'src/secret-shapes.ts', 'src/log.ts'],
    packages: ['nostr-tools', 'nostr-wasm', 'ws'],
  },
  { path: 'src/media/', mayImport: ['src/note/', 'src/public-address.ts', 'src/slots.ts', 'src/log.ts'] },
  { path: 'src/store/', mayImport: ['src/choices/', 'src/note/', 'src/log.ts'], packages: ['keyv'] },
  {
    path: 'src/platform/discord/',
    mayImport: [
      'src/platform/*',
      'src/command/',
      'src/media/',
      'src/note/',
      'src/text/',
      'src/slots.ts',
      'src/log.ts',
    ],
    packages: ['discord.js', 'discord-api-types'],
  },
  {
    path: 'src/platform/telegram/',
    mayImport: ['src/platform/*', 'src/command/', 'src/media/', 'src/note/', 'src/text/', 'src/log.ts'],
    packages: ['grammy', '@grammyjs/types'],
  },
  { path: 'src/platform/', mayImport: ['src/command/', 'src/note/', 'src/text/'] },
  {
    path: 'src/pipeline/',
    mayImport: [
      'src/platform/*',
      'src/store/*',
      'src/choices/',
      'src/nostr/relays.ts',
      'src/nostr/from-relay.ts',
      'src/note/',
      'src/slots.ts',
      'src/log.ts',
    ],
    packages: ['node-cron'],
  },
  {
    path: 'src/letters/',
    mayImport: [
      'src/platform/*',
      'src/store/*',
      'src/command/',
      'src/nostr/letter.ts',
      'src/pipeline/timing.ts',
      'src/note/',
      'src/text/',
      'src/log.ts',
    ],
  },
  { path: 'src/status/', mayImport: ['src/store/*', 'src/log.ts'] },
  { path: 'src/sandbox/relay/', mayImport: ['src/note/'], packages: ['nostr-tools', 'ws'] },
  { path: 'src/sandbox/discord/', mayImport: [], packages: ['ws'] },
  { path: 'src/sandbox/telegram/', mayImport: [] },
  {
    path: 'src/sandbox/',
    mayImport: [
      'src/sandbox/relay/',
      'src/sandbox/discord/',
      'src/sandbox/telegram/',
      'src/app.ts',
      'src/config.ts',
      'src/log.ts',
      'src/note/',
      'commands/',
    ],
  },
  {
    path: 'src/main.ts',
    mayImport: ['src/app.ts', 'src/config.ts', 'src/log.ts', 'src/secrets.ts', 'commands/'],
  },
  { path: 'src/', mayImport: ['src/'] },
];

const layerOf = (file: string) => layers.find(({ path }) => file.startsWith(path));

/** `a/` is a folder and all below, `a/*` the files of a folder itself, anything else a file. */
const allows = (pattern: string, file: string): boolean =>
  pattern.endsWith('/*')
    ? dirname(file) === pattern.slice(0, -2)
    : pattern.endsWith('/')
      ? file.startsWith(pattern)
      : file === pattern;

const importsOf = (file: string): readonly string[] =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /^(?:import|export)\b[^;]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gmu,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '');

const files = globSync('{src,commands}/**/*.ts', { cwd: root }).filter((file) => !file.includes('/page/'));

/** What a check finds wrong, as `file: what`. */
const faults = (check: (file: string, imported: readonly string[]) => readonly string[]): readonly string[] =>
  files.flatMap((file) => check(file, importsOf(file)).map((wrong) => `${file}: ${wrong}`));

test('there is something to look at', () => {
  expect(files.length).toBeGreaterThan(60);
  expect(files.flatMap(importsOf).length).toBeGreaterThan(200);
});

test('imports stay in their layer or point down', () => {
  const wrong = faults((file, imported) => {
    const layer = layerOf(file);
    return imported
      .filter((path) => path.startsWith('.'))
      .map((path) => relative(root, join(root, dirname(file), path)))
      .filter((target) => layerOf(target)?.path !== layer?.path)
      .filter((target) => !layer?.mayImport.some((pattern) => allows(pattern, target)));
  });
  expect(wrong).toEqual([]);
});

test('each package is used where it belongs and nowhere else', () => {
  const wrong = faults((file, imported) =>
    imported
      .filter((path) => !path.startsWith('.') && !path.startsWith('node:'))
      .map((path) => path.split('/', path.startsWith('@') ? 2 : 1).join('/'))
      .filter((name) => !layerOf(file)?.packages?.includes(name)),
  );
  expect(wrong).toEqual([]);
});

test('only the store opens a database', () => {
  expect(
    files.filter((file) => importsOf(file).includes('node:sqlite') && !file.startsWith('src/store/')),
  ).toEqual([]);
});

test('nothing but the two entries and the sandbox names the commands', () => {
  const naming = files.filter(
    (file) =>
      !file.startsWith('commands/') && importsOf(file).some((path) => /(?:^|\/)commands\//u.test(path)),
  );
  expect(naming.filter((file) => file !== 'src/main.ts' && !file.startsWith('src/sandbox/'))).toEqual([]);
});

test('adapters never name each other, and the pipeline names neither', () => {
  const names = (folder: string, what: RegExp) =>
    files.filter((file) => file.startsWith(folder) && importsOf(file).some((path) => what.test(path)));
  expect(names('src/platform/discord/', /telegram/u)).toEqual([]);
  expect(names('src/platform/telegram/', /discord/u)).toEqual([]);
  expect(names('src/pipeline/', /discord|telegram/u)).toEqual([]);
});
