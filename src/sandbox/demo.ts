import { platform } from 'node:os';
import { stderr, stdout } from 'node:process';
import { createLog } from '../log.ts';
import { startDemo } from './demo/demo.ts';
import { openBrowser } from './demo/open-browser.ts';
import { HELP, readOptions } from './demo/options.ts';

const EXIT_USAGE = 2;
const EXIT_BROKEN = 1;
/** After this a stop is forced. */
const STOP_WITHIN_MS = 9_000;

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
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  const log = createLog({
    level: 'warn',
    format: 'pretty',
    secrets: [],
    write: (line) => stderr.write(`${line}\n`),
    now: () => new Date(),
  });
  const demo = await startDemo({ port: options.port, log, now: Date.now });
  stdout.write(`The demo is at ${demo.url} (Ctrl+C ends it)\n`);
  // Not waited for: some openers live as long as the browser.
  if (options.open) void openOrSay(demo.url);
  try {
    await Promise.race([stopped, demo.broken]);
  } finally {
    setTimeout(() => process.exit(), STOP_WITHIN_MS).unref();
    await demo.stop();
  }
  return 0;
}

async function openOrSay(url: string): Promise<void> {
  if (await openBrowser(url, platform(), process.env)) return;
  stdout.write('No browser could be opened here: open that address yourself.\n');
}

function explained(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE' || code === 'EACCES')
    return 'That port is taken or not allowed. Choose another: npm run demo -- --port 8080';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    stderr.write(`${explained(error)}\n`);
    process.exit(EXIT_BROKEN);
  },
);
