import { execFileSync } from 'node:child_process';
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Builds what the npm package holds into `dist/`, since Node runs no TypeScript below `node_modules`: the program compiled by
 * `tsc`, and beside it, at the same places, the files it reads as it runs.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** Folders whose files are read as they are, TypeScript for the browser included. */
const READ_AS_IS = ['sandbox/demo/page'];
/** The only folder whose types others are meant to use. */
const LIBRARY = 'src/library/';

const filesIn = (pattern: string, cwd: string): readonly string[] =>
  globSync(pattern, { cwd, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(cwd.length + 1));

rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});

for (const file of filesIn('**/*.d.ts', dist)) if (!file.startsWith(LIBRARY)) rmSync(join(dist, file));

// `tsc` renames imports, but not the files of worker threads.
for (const file of filesIn('**/*.js', dist)) {
  const text = readFileSync(join(dist, file), 'utf8');
  const renamed = text.replace(/(?<=new URL\('[^':]+\.)ts(?=', import\.meta\.url\))/gu, 'js');
  if (renamed !== text) writeFileSync(join(dist, file), renamed);
}

const isReadAtRunTime = (file: string): boolean => extname(file) !== '.ts' && !file.endsWith('README.md');
// The version and the dependencies are looked up in the manifest above the program.
cpSync(join(root, 'package.json'), join(dist, 'package.json'));
for (const file of filesIn('{src,commands}/**/*', root.replace(/\/$/u, '')).filter(isReadAtRunTime))
  cpSync(join(root, file), join(dist, file));
for (const folder of READ_AS_IS) cpSync(join(root, folder), join(dist, folder), { recursive: true });
