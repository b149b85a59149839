import type { Option, Subcommand } from './subcommand.ts';
import { GLOBAL_OPTIONS } from './subcommands.ts';

type Row = readonly [left: string, right: string];

/** How a sub-command is written: `backup FILE`. */
export const usageOf = ({ name, operands }: Pick<Subcommand, 'name' | 'operands'>): string =>
  [name, ...operands.map((operand) => operand.name)].join(' ');

/** What `postrider --help` prints. */
export const helpText = (subcommands: readonly Subcommand[]): string => `\
Postrider posts a Nostr author's notes to Discord and Telegram, and answers commands there.

Usage: postrider [COMMAND] [OPTIONS]     (in a clone: npm start -- [COMMAND] [OPTIONS])

Commands:
${listed(subcommands.map((subcommand): Row => [usageOf(subcommand), subcommand.summary]))}

Options:
${listed(GLOBAL_OPTIONS.map(optionRow))}

Settings are environment variables, or lines in .env (see .env.example).
Exit codes: 0 done, 1 failed, 2 wrong configuration or command line.
Docs: README.md
`;

/** What `postrider COMMAND --help` prints. */
export function subcommandHelp(subcommand: Subcommand): string {
  const { summary, operands, options, details } = subcommand;
  const sections = [
    `postrider ${usageOf(subcommand)}: ${summary}.`,
    operands.length > 0 && listed(operands.map((operand): Row => [operand.name, operand.summary])),
    options.length > 0 && `Options:\n${listed(options.map(optionRow))}`,
    ...details.map(wrapped),
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

const optionRow = ({ name, short, summary }: Option): Row => [
  `${short ? `-${short}, ` : ''}--${name}`,
  summary,
];

/** For terminals of 80 columns. */
function wrapped(paragraph: string): string {
  const lines = [''];
  for (const word of paragraph.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length < 80) lines[lines.length - 1] = line ? `${line} ${word}` : word;
    else lines.push(word);
  }
  return lines.join('\n');
}

function listed(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}   ${right}`).join('\n');
}
