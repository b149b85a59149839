import { spawnSync } from 'node:child_process';
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Builds what the npm package holds into `dist/`, since Node doesn't run TypeScript in `node_modules`: the program compiled by
 * `tsc`, and the files that it reads at run time in the same places beside it.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** Folders whose files are read as they are, TypeScript for the browser included. */
const READ_AS_IS = ['sandbox/demo/page'];

const filesIn = (pattern: string, cwd: string): readonly string[] =>
  globSync(pattern, { cwd, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(cwd.length + 1));

function compile(project: string): void {
  const compiler = [join(root, 'node_modules/typescript/bin/tsc'), '--project', project];
  const { status } = spawnSync(process.execPath, compiler, { cwd: root, stdio: 'inherit' });
  // It has printed the reason.
  if (status !== 0) process.exit(1);
}

/** Replaces matches in the files. `tsc` rewrites the imports of programs, but nothing else. */
function rename(files: string, pattern: RegExp): void {
  for (const file of filesIn(files, dist)) {
    const text = readFileSync(join(dist, file), 'utf8');
    writeFileSync(join(dist, file), text.replace(pattern, 'js'));
  }
}

rmSync(dist, { recursive: true, force: true });
compile('tsconfig.build.json');
// Only the library has types for others. They are self-contained, so that they don't expose internals.
compile('tsconfig.types.json');
// The files of worker threads, and what the types import from each other.
rename('**/*.js', /(?<=new URL\('[^':]+\.)ts(?=', import\.meta\.url\))/gu);
rename('**/*.d.ts', /(?<=from '\.\/[\w-]+\.)ts(?=';)/gu);

const isReadAtRunTime = (file: string): boolean => extname(file) !== '.ts' && !file.endsWith('README.md');
// The version and the dependencies are looked up in the manifest above the program.
cpSync(join(root, 'package.json'), join(dist, 'package.json'));
for (const file of filesIn('{src,commands}/**/*', root.replace(/\/$/u, '')).filter(isReadAtRunTime))
  cpSync(join(root, file), join(dist, file));
for (const folder of READ_AS_IS) cpSync(join(root, folder), join(dist, folder), { recursive: true });
