import { stderr, stdout } from 'node:process';
import { createLog } from '../src/lib/log.ts';
import { messageFor } from '../src/log-messages.ts';
import { openOrPrint, runCli } from './command-line.ts';
import { startDemo } from './demo/demo.ts';
import { HELP, type Options, readOptions } from './demo/options.ts';

const EXIT_BROKEN = 1;
/** Shutdown is forced after this time. */
const STOP_WITHIN_MS = 9_000;

type RunOptions = Extract<Options, { readonly wants: 'demo' }>;

async function show({ port, open }: RunOptions): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  const log = createLog({
    level: 'warn',
    format: 'pretty',
    secrets: [],
    write: (line) => stderr.write(`${line}\n`),
    now: () => new Date(),
    messageFor,
  });
  const demo = await startDemo({ port, log });
  stdout.write(`Demo running at ${demo.url} – press Ctrl+C to stop\n`);
  stdout.write(`The author's public site: ${demo.siteUrl}\n`);
  stdout.write(`Its status page, as operators see it: ${demo.url}/status\n`);
  // Not awaited: some openers run as long as the browser.
  if (open) void openOrPrint(demo.url, 'address');
  try {
    await Promise.race([stopped, demo.broken]);
  } finally {
    setTimeout(() => process.exit(), STOP_WITHIN_MS).unref();
    await demo.stop();
  }
}

function explained(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE' || code === 'EACCES')
    return 'That port is in use or not allowed. Pick another: npm run demo -- --port 8080';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

runCli(readOptions(process.argv.slice(2)), HELP, show).then(
  (code) => process.exit(code),
  (error: unknown) => {
    stderr.write(`${explained(error)}\n`);
    process.exit(EXIT_BROKEN);
  },
);
