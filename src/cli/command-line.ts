import { parseArgs } from 'node:util';
import { closestName } from '../lib/closest-name.ts';
import type { Option, Subcommand } from './subcommand.ts';
import { GLOBAL_OPTIONS } from './subcommands.ts';

/** What the command line asks for. `problem` is for the operator, in whole sentences. */
export type CommandLine =
  | { readonly wants: 'version' }
  | { readonly wants: 'help'; readonly subcommand?: Subcommand }
  | {
      readonly wants: 'run';
      readonly subcommand: Subcommand;
      readonly operands: readonly string[];
      readonly options: ReadonlySet<string>;
    }
  | { readonly wants: 'nothing'; readonly problem: string };

/**
 * Parses the arguments after the program's name. The first word names the sub-command; without one, the first of the table is meant.
 * Whatever isn't in the table is a problem, so that a typing error never starts anything.
 */
export function parseCommandLine(args: readonly string[], subcommands: readonly Subcommand[]): CommandLine {
  const { tokens, positionals } = parseArgs({ args: [...args], strict: false, tokens: true, options: {} });
  const [word, ...operands] = positionals;
  const named = subcommands.find(({ name }) => name === word);
  const subcommand = named ?? subcommands[0];
  if (!subcommand || (word !== undefined && !named)) return unknownCommand(word ?? '', subcommands);

  const allowed: readonly Option[] = [...subcommand.options, ...GLOBAL_OPTIONS];
  const options = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = allowed.find(({ name, short }) => [`--${name}`, `-${short}`].includes(token.rawName));
    if (!option) return unknownOption(token.rawName, subcommand, allowed);
    if (token.value !== undefined) return problem(`${token.rawName} takes no value.`, subcommand);
    options.add(option.name);
  }
  if (options.has('help')) return { wants: 'help', ...(named && { subcommand: named }) };
  if (options.has('version')) return { wants: 'version' };

  const missing = subcommand.operands[operands.length];
  if (missing) return problem(`${missing.name} is missing: ${missing.summary}.`, subcommand);
  const surplus = operands[subcommand.operands.length];
  if (surplus !== undefined) return problem(`"${surplus}" is one word too many.`, subcommand);
  return { wants: 'run', subcommand, operands, options };
}

function unknownCommand(word: string, subcommands: readonly Subcommand[]): CommandLine {
  const names = subcommands.map(({ name }) => name);
  return {
    wants: 'nothing',
    problem: `Unknown command "${word}".${guess(word, [...names, ...GLOBAL_OPTIONS.map(({ name }) => `--${name}`)])} Commands: ${names.join(', ')}. More: postrider --help`,
  };
}

function unknownOption(written: string, subcommand: Subcommand, allowed: readonly Option[]): CommandLine {
  const names = allowed.map(({ name }) => `--${name}`);
  return problem(
    `Unknown option "${written}".${guess(written, names)} Options: ${names.join(', ')}.`,
    subcommand,
  );
}

function guess(written: string, names: readonly string[]): string {
  const meant = closestName(written, names);
  return meant === undefined ? '' : ` Did you mean "${meant}"?`;
}

const problem = (what: string, { name }: Subcommand): CommandLine => ({
  wants: 'nothing',
  problem: `postrider ${name}: ${what} More: postrider ${name} --help`,
});
