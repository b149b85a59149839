import { readFileSync } from 'node:fs';
import { argv, env, stderr, stdin, stdout } from 'node:process';
import { reportError, runCommandLine } from './cli/cli.ts';
import { EXIT, type Terminal } from './cli/subcommand.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};
const terminal: Terminal = { stdin, stdout, stderr, env, version };

// Nobody reads any more, as after `| head`. The work goes on; anything else that keeps the result from being written is an error.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') void fail(error);
});
// There is no other place to say it.
stderr.on('error', () => undefined);

async function fail(error: unknown): Promise<never> {
  try {
    return process.exit(await reportError(error, terminal));
  } catch {
    // What reports errors is broken itself, and a second attempt would end here again. Secrets can't be redacted, so nothing is shown.
    stderr.write('Postrider failed, and so did its error report. Is it installed completely?\n');
    return process.exit(EXIT.failed);
  }
}

// Node's own handler would print every property of the error, secrets included.
for (const event of ['unhandledRejection', 'uncaughtException'] as const)
  process.on(event, (error: unknown) => void fail(error));
runCommandLine(argv.slice(2), terminal).then((code) => process.exit(code), fail);
