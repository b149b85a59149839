import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stdout } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openOrPrint, runCli } from './command-line.ts';
import { readCases } from './golden/cases.ts';
import { HELP, type Options, readOptions } from './golden/options.ts';
import { goldenPage } from './golden/page.ts';

const CASES = fileURLToPath(new URL('../test/golden', import.meta.url));
type RunOptions = Extract<Options, { readonly wants: 'page' }>;

async function writePage({ out, open }: RunOptions): Promise<void> {
  const cases = readCases(CASES);
  const path = resolve(out ?? join(await mkdtemp(join(tmpdir(), 'postrider-golden-')), 'golden.html'));
  await writeFile(path, goldenPage(cases));
  stdout.write(`${cases.length} golden cases are in ${path}\n`);
  if (open) await openOrPrint(pathToFileURL(path).href, 'file');
}

process.exitCode = await runCli(readOptions(process.argv.slice(2)), HELP, writePage);
