import { mkdtemp, writeFile } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stderr, stdout } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openBrowser } from './demo/open-browser.ts';
import { readCases } from './golden/cases.ts';
import { HELP, readOptions } from './golden/options.ts';
import { goldenPage } from './golden/page.ts';

const CASES = fileURLToPath(new URL('../../test/golden', import.meta.url));
const EXIT_USAGE = 2;

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.wants === 'help') {
    stdout.write(HELP);
    return 0;
  }
  if (options.wants === 'nothing') {
    stderr.write(`${options.problem}\n`);
    return EXIT_USAGE;
  }
  const cases = readCases(CASES);
  const path = resolve(
    options.out ?? join(await mkdtemp(join(tmpdir(), 'postrider-golden-')), 'golden.html'),
  );
  await writeFile(path, goldenPage(cases));
  stdout.write(`${cases.length} golden cases are in ${path}\n`);
  if (options.open && !(await openBrowser(pathToFileURL(path).href, platform(), process.env)))
    stdout.write('No browser could be opened here: open that file yourself.\n');
  return 0;
}

process.exitCode = await main();
