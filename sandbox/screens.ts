import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { stderr, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { startBrowser } from './browser/chromium.ts';
import { findBrowser } from './browser/find-browser.ts';
import { runCli, type UsageOutcome } from './command-line.ts';
import { captureAll, PHONE } from './screens/capture.ts';
import { contactSheet } from './screens/contact-sheet.ts';
import { takeDocsPictures } from './screens/docs-pictures.ts';
import { HELP, type Options, readOptions } from './screens/options.ts';
import { PICTURE_NAME, type Picture } from './screens/picture-names.ts';

const EXIT_BROKEN = 1;
const EXIT_NO_BROWSER = 3;
const EXIT_STOPPED = 130;
type RunOptions = Exclude<Options, UsageOutcome>;
const DOCS = fileURLToPath(new URL('../docs', import.meta.url));

async function take(wish: RunOptions): Promise<void> {
  const browser = browserOrEnd();
  await (wish.wants === 'docs' ? takeForDocs(browser) : takeScreens(browser, wish));
}

function browserOrEnd(): string {
  const browser = findBrowser(process.env);
  if (browser === undefined) {
    stderr.write(
      'No browser found. Install Chromium or Chrome, or set CHROMIUM_PATH to the program: CHROMIUM_PATH=/usr/bin/chromium npm run screens\n',
    );
    process.exit(EXIT_NO_BROWSER);
  }
  return browser;
}

async function takeForDocs(path: string): Promise<void> {
  const browser = await startBrowser(path);
  try {
    await takeDocsPictures(browser, async ({ file, title }, png) => {
      await writeFile(join(DOCS, file), png);
      stdout.write(`docs/${file}  ${title}\n`);
    });
  } finally {
    await browser.close();
  }
}

async function takeScreens(
  browser: string,
  { out, only }: Extract<RunOptions, { readonly wants: 'screens' }>,
): Promise<void> {
  const folder = resolve(out);
  await mkdir(folder, { recursive: true });
  if (only.length === 0)
    for (const old of await readdir(folder)) if (PICTURE_NAME.test(old)) await rm(join(folder, old));
  const pictures: Picture[] = [];
  const unanswered = await captureAll(browser, only, async (picture, png) => {
    pictures.push(picture);
    await writeFile(join(folder, picture.file), png);
    stdout.write(`${picture.file}  ${picture.title}\n`);
  });
  const sheet = join(folder, 'index.html');
  await writeFile(sheet, contactSheet(pictures, PHONE.height));
  stdout.write(`${pictures.length} screens. Look through them: ${sheet}\n`);
  for (const title of unanswered) stderr.write(`Not answered: ${title}\n`);
  if (unanswered.length > 0) process.exit(EXIT_BROKEN);
}

// Ends the browser with this process.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(EXIT_STOPPED));
process.exitCode = await runCli(readOptions(process.argv.slice(2)), HELP, take);
