import type { UsageOutcome } from '../command-line.ts';

/** The parsed command line. */
export type Options =
  | { readonly wants: 'demo'; readonly port: number; readonly open: boolean }
  | UsageOutcome;

export const HELP = `See Postrider work: an author, a Discord server and a Telegram chat on one page.
No account and no network needed; everything stays on this machine.

  npm run demo                    open the page in your browser
  npm run demo -- --no-open       only print the address
  npm run demo -- --port 8080     use that port (default: any free one)
`;

/** Parses the arguments, without the program's own name. A problem is a sentence for the user. */
export function readOptions(words: readonly string[]): Options {
  let port = 0;
  let open = true;
  for (let index = 0; index < words.length; index += 1) {
    const [name = '', glued] = (words[index] ?? '').split(/=(.*)/su);
    if ((name === '--help' || name === '-h') && glued === undefined) return { wants: 'help' };
    if (name === '--no-open' && glued === undefined) open = false;
    else if (name === '--port') {
      if (glued === undefined) index += 1;
      const given = glued ?? words[index];
      if (!given || !/^\d{1,5}$/u.test(given) || Number(given) > 65_535)
        return problem(`--port must be a number from 0 to 65535, not "${given ?? ''}"`);
      port = Number(given);
    } else return problem(`Unknown option "${words[index] ?? ''}"`);
  }
  return { wants: 'demo', port, open };
}

const problem = (what: string): Options => ({
  wants: 'nothing',
  problem: `${what}. See: npm run demo -- --help`,
});
