import type { UsageOutcome } from '../command-line.ts';

/** The parsed command line. */
export type Options =
  | {
      readonly wants: 'screens';
      readonly out: string;
      /** Words that a picture's name must contain. */
      readonly only: readonly string[];
    }
  /** Captures the documentation's pictures again. */
  | { readonly wants: 'docs' }
  | UsageOutcome;

export const HELP = `Take a picture of every screen of every command, as the demo shows it in a headless browser.

  npm run screens                             all of them, into screens/, with an index.html to look through
  npm run screens -- --out folder             into that folder
  npm run screens -- --only telegram,settings only those with these words in their name:
                                              <platform>-<language>-<nn>-<command>-<what>.png
  npm run screens -- --docs                   only the pictures in docs/

The browser is the program at CHROMIUM_PATH, or the first Chromium or Chrome that is found.
Exit codes: 0 done, 1 crashed or a command wasn't answered, 2 wrong option, 3 no browser.
`;

/** Parses the arguments, without the program's own name. A problem is a sentence for the user. */
export function readOptions(words: readonly string[]): Options {
  if (words.length === 1 && words[0] === '--docs') return { wants: 'docs' };
  let out = 'screens';
  let only: readonly string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const [name = '', glued] = (words[index] ?? '').split(/=(.*)/su);
    if ((name === '--help' || name === '-h') && glued === undefined) return { wants: 'help' };
    if (name !== '--out' && name !== '--only') return problem(`Unknown option "${words[index] ?? ''}"`);
    if (glued === undefined) index += 1;
    const given = glued ?? words[index];
    if (!given) return problem(`${name} needs ${name === '--out' ? 'a folder' : 'words from a name'}`);
    if (name === '--out') out = given;
    else
      only = given
        .toLowerCase()
        .split(/[\s,]+/u)
        .filter(Boolean);
  }
  return { wants: 'screens', out, only };
}

const problem = (what: string): Options => ({
  wants: 'nothing',
  problem: `${what}. See: npm run screens -- --help`,
});
