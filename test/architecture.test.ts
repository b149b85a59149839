import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** A folder or file, and what it may import besides itself: path patterns, packages with subpaths, Node built-ins. */
interface Layer {
  readonly path: string;
  readonly mayImport: readonly string[];
  readonly packages: readonly string[];
  readonly builtins: readonly string[] | 'any';
}

/** The names in backticks. Paths are below `src/`, except for commands and the sandbox. */
const named = (cell: string): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/gu)].map(([, name = '']) => name);
const inSource = (path: string): string =>
  /^(?:commands\/|sandbox\/|package\.json$)/u.test(path) ? path : `src/${path}`;

/** The table in `docs/architecture.md`, the only one. */
const layers: readonly Layer[] = (
  /^\| layer \|.*\n\| ---.*\n((?:\|.*\n)+)/mu.exec(read('docs/architecture.md'))?.[1] ?? ''
)
  .split('\n')
  .filter(Boolean)
  .flatMap((row) => {
    const [, paths = '', imports = '', packages = '', builtins = ''] = row.split('|');
    return named(paths).map((path) => ({
      path: inSource(path),
      mayImport: named(imports).map(inSource),
      packages: named(packages),
      builtins: builtins.trim() === 'any' ? 'any' : named(builtins),
    }));
  });

/** `a/` is a folder and everything below it, `a/*` only the folder's own files, anything else a file. */
const covers = (pattern: string, file: string): boolean =>
  pattern.endsWith('/*')
    ? dirname(file) === pattern.slice(0, -2)
    : pattern.endsWith('/')
      ? file.startsWith(pattern)
      : file === pattern;

/** The layer with the longest matching path. */
const layerOf = (file: string): Layer | undefined =>
  layers.filter(({ path }) => covers(path, file)).sort((a, b) => b.path.length - a.path.length)[0];

interface Import {
  readonly kind: 'ours' | 'package' | 'builtin';
  readonly name: string;
}

const IMPORTS =
  /^(?:import|export)\b[^;]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\(\s*'([^']+)'|\brequire\(\s*'([^']+)'/gmu;

function importOf(file: string, name: string): Import {
  if (name.startsWith('.')) return { kind: 'ours', name: relative(root, join(root, dirname(file), name)) };
  const bare = name.replace(/^node:/u, '');
  return builtinModules.includes(name) || name.startsWith('node:')
    ? { kind: 'builtin', name: bare }
    : { kind: 'package', name };
}

const importsIn = (file: string, text: string): readonly Import[] =>
  [...text.matchAll(IMPORTS)].map((match) => importOf(file, match.slice(1).find(Boolean) ?? ''));

/** The imports of a file with this text that the table doesn't allow. */
function refusedIn(file: string, text: string): readonly string[] {
  const layer = layerOf(file);
  if (!layer) return [`${file} is in no layer`];
  const isAllowed = ({ kind, name }: Import): boolean => {
    if (kind === 'package') return layer.packages.includes(name);
    if (kind === 'builtin') return layer.builtins === 'any' || layer.builtins.includes(name);
    return layerOf(name) === layer || layer.mayImport.some((pattern) => covers(pattern, name));
  };
  return importsIn(file, text)
    .filter((one) => !isAllowed(one))
    .map(({ name }) => `${file}: ${name}`);
}

const files = globSync('{src,commands,sandbox}/**/*.{ts,cjs,mjs,js}', { cwd: root });

test('the table and the files are found', () => {
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap((file) => importsIn(file, read(file))).length).toBeGreaterThan(1_500);
  expect(layers.length).toBeGreaterThan(25);
});

test('the table allows every import', () => {
  expect(files.flatMap((file) => refusedIn(file, read(file)))).toEqual([]);
});

test('the table allows nothing that isn’t imported', () => {
  const needless = layers.flatMap((layer) => {
    const own = files.filter((file) => layerOf(file) === layer);
    const imports = own.flatMap((file) => importsIn(file, read(file)));
    const has = (kind: Import['kind'], isIt: (name: string) => boolean): boolean =>
      imports.some((one) => one.kind === kind && isIt(one.name));
    return [
      ...(own.length === 0 ? ['itself'] : []),
      ...layer.mayImport.filter((pattern) => !has('ours', (name) => covers(pattern, name))),
      ...layer.packages.filter((wanted) => !has('package', (name) => name === wanted)),
      ...(layer.builtins === 'any' ? [] : layer.builtins).filter(
        (wanted) => !has('builtin', (name) => name === wanted),
      ),
    ].map((what) => `${layer.path}: ${what}`);
  });
  expect(needless).toEqual([]);
});

test('there are no computed imports and no re-exports', () => {
  const wrong = files.filter((file) => {
    const text = read(file);
    const isTool = file.startsWith('sandbox/');
    return (
      /\bgetBuiltinModule\b/u.test(text) ||
      (!isTool && /\bimport\(\s*[^'\s]|\brequire\(\s*[^'\s]|\bcreateRequire\b/u.test(text)) ||
      /^export\b[^;=({]*(?:\{[^}]*\})?\s*from '/mu.test(text)
    );
  });
  expect(wrong).toEqual([]);
});

describe('imports that are refused', () => {
  test.each([
    ['src/config/secret-values.ts', "import { startDemo } from '../../sandbox/demo/demo.ts';"],
    ['src/config/config.ts', "import { startApp } from '../app.ts';"],
    ['src/app.ts', "import './main.ts';"],
    ['src/note/note.ts', "import { SimplePool } from 'nostr-tools/pool';"],
    ['src/note/note.ts', "import { SimplePool } from 'nostr-tools';"],
    ['src/note/note.ts', "import { readFileSync } from 'node:fs';"],
    ['src/note/note.ts', "import { connect } from 'net';"],
    ['src/note/note.ts', "import type { Log } from '../lib/log.ts';"],
    ['src/note/note.ts', "const { get } = await import('node:https');"],
    ['src/relays/relay-pool.ts', "import { SimplePool } from 'nostr-tools/pool';"],
    ['src/relays/relay-pool.ts', "export {\n  a,\n} from '../store/store.ts';"],
    ['src/command/parse-args.ts', "import { connect } from 'node:net';"],
    ['src/delivery/delivery-loop.ts', "import { DatabaseSync } from 'node:sqlite';"],
    ['src/delivery/delivery-loop.ts', "import { openStore } from '../store/sqlite/open-store.ts';"],
    ['src/store/store.ts', "import { change } from './sqlite/sql.ts';"],
    ['src/platform/cut-block.ts', "import { render } from './discord/render/render.ts';"],
    ['src/platform/discord/send/send.ts', "import { createSender } from '../../telegram/send/sender.ts';"],
    ['src/status/server.ts', "import { commands } from '../../commands/index.ts';"],
    ['sandbox/discord/http/request-handler.ts', "import { startRelay } from '../../relay/relay.ts';"],
    ['src/runtime.cjs', "const { get } = require('https');"],
    ['src/i18n/en/catalogue.ts', "import { test } from '../../../test/setup.ts';"],
    ['src/main.ts', "import { main } from '../bench/main.ts';"],
    ['src/new.ts', "import { readFileSync } from 'node:fs';"],
  ])('%s: %s', (file, line) => expect(refusedIn(file, line)).not.toEqual([]));

  test.each([
    ['src/note/note.ts', "import { decode } from 'nostr-tools/nip19';"],
    ['src/store/sqlite/sql.ts', "import { DatabaseSync } from 'node:sqlite';"],
    ['src/note/parse/parse-text.ts', "import type { Note } from '../note.ts';"],
  ])('and is not: %s: %s', (file, line) => expect(refusedIn(file, line)).toEqual([]));
});

test('adapters never name each other, and delivery names neither', () => {
  const names = (folder: string, what: RegExp) =>
    files.filter(
      (file) => file.startsWith(folder) && importsIn(file, read(file)).some(({ name }) => what.test(name)),
    );
  for (const folder of ['src/ingest/', 'src/delivery/', 'src/jobs/'])
    expect(names(folder, /discord|telegram/u)).toEqual([]);
  expect(names('src/platform/discord/', /telegram/u)).toEqual([]);
  expect(names('src/platform/telegram/', /discord/u)).toEqual([]);
});
