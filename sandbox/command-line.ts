import { platform } from 'node:os';
import { stderr, stdout } from 'node:process';
import { openBrowser } from './demo/open-browser.ts';

const EXIT_USAGE = 2;

/** A command line that asks for help, or is wrong. */
export type UsageOutcome =
  | { readonly wants: 'help' }
  /** `problem` is a sentence for the user. */
  | { readonly wants: 'nothing'; readonly problem: string };

/**
 * Runs a program's work, or prints its help or what is wrong. Returns the exit code: 0, or 2 for a wrong command line.
 */
export async function runCli<Wish extends { readonly wants: string }>(
  asked: Wish | UsageOutcome,
  help: string,
  work: (wish: Wish) => Promise<void>,
): Promise<number> {
  if (!isUsageOutcome(asked)) {
    await work(asked);
    return 0;
  }
  if (asked.wants === 'nothing') stderr.write(`${asked.problem}\n`);
  else stdout.write(help);
  return asked.wants === 'nothing' ? EXIT_USAGE : 0;
}

const isUsageOutcome = (asked: { readonly wants: string }): asked is UsageOutcome =>
  asked.wants === 'help' || asked.wants === 'nothing';

/** Opens a URL in the user's browser, or prints it if there is none. */
export async function openOrPrint(url: string, what: string): Promise<void> {
  if (await openBrowser(url, platform(), process.env)) return;
  stdout.write(`Couldn't open a browser. Open that ${what} yourself.\n`);
}
