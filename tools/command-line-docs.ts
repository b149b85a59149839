import { usageOf } from '../src/cli/help.ts';
import { subcommands } from '../src/cli/subcommands.ts';

/** The table of sub-commands in `docs/operating.md`. */
export const subcommandsTable = (): string =>
  [
    '| command | what it does | options |',
    '| --- | --- | --- |',
    ...subcommands.map((subcommand) => {
      const options = subcommand.options.map(({ name, summary }) => `\`--${name}\`: ${summary}`);
      return `| \`${usageOf(subcommand)}\` | ${subcommand.summary} | ${options.join('; ') || '–'} |`;
    }),
  ].join('\n');
