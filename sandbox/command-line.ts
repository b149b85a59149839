import { platform } from 'node:os';
import { stderr, stdout } from 'node:process';
import { openBrowser } from './demo/open-browser.ts';

const EXIT_USAGE = 2;

/** What a command line asks for besides a program's own work. */
export type UsageOutcome =
  | { readonly wants: 'help' }
  /** `problem` is a sentence for people. */
  | { readonly wants: 'nothing'; readonly problem: string };

/** Does what a command line asks for, and gives the exit code: 0, or 2 where the line was wrong, after saying why. */
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

/** Opens an address in the person's browser; where there is none, says that it is theirs to open. */
export async function openOrPrint(url: string, what: string): Promise<void> {
  if (await openBrowser(url, platform(), process.env)) return;
  stdout.write(`Couldn't open a browser. Open that ${what} yourself.\n`);
}
