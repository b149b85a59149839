import type { UsageOutcome } from '../command-line.ts';

/** The parsed command line. */
export type Options =
  | { readonly wants: 'page'; readonly out?: string; readonly open: boolean }
  | UsageOutcome;

export const HELP = `Make a page of all golden cases: what was written, and how it looks on Discord and Telegram.

  npm run golden                      open the page in your browser
  npm run golden -- --no-open         only print where it is
  npm run golden -- --out page.html   write it there (default: a temporary folder)
`;

/** Parses the arguments, without the program's own name. A problem is a sentence for the user. */
export function readOptions(words: readonly string[]): Options {
  let out: string | undefined;
  let open = true;
  for (let index = 0; index < words.length; index += 1) {
    const [name = '', glued] = (words[index] ?? '').split(/=(.*)/su);
    if ((name === '--help' || name === '-h') && glued === undefined) return { wants: 'help' };
    if (name === '--no-open' && glued === undefined) open = false;
    else if (name === '--out') {
      if (glued === undefined) index += 1;
      out = glued ?? words[index];
      if (!out) return problem('--out needs a file name');
    } else return problem(`Unknown option "${words[index] ?? ''}"`);
  }
  return { wants: 'page', open, ...(out === undefined ? {} : { out }) };
}

const problem = (what: string): Options => ({
  wants: 'nothing',
  problem: `${what}. See: npm run golden -- --help`,
});
