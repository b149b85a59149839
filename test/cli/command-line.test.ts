import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { helpText, subcommandHelp } from '../../src/cli/help.ts';
import { EXIT, type Subcommand } from '../../src/cli/subcommand.ts';
import { GLOBAL_OPTIONS, subcommands } from '../../src/cli/subcommands.ts';

const start: Subcommand = {
  name: 'start',
  summary: 'set off',
  operands: [],
  options: [{ name: 'quiet', short: 'q', summary: 'say nothing' }],
  details: [],
  run: async () => EXIT.ok,
};
const copy: Subcommand = {
  ...start,
  name: 'copy',
  operands: [{ name: 'FILE', summary: 'where to' }],
  options: [{ name: 'force', summary: 'replace the file' }],
};
const parse = (...args: readonly string[]) => parseCommandLine(args, [start, copy]);
const running = (subcommand: Subcommand, operands: readonly string[], ...options: readonly string[]) => ({
  wants: 'run',
  subcommand,
  operands,
  options: new Set(options),
});

test.each([
  [[], running(start, [])],
  [['-q'], running(start, [], 'quiet')],
  [['start', '--quiet'], running(start, [], 'quiet')],
  [['copy', 'x.db'], running(copy, ['x.db'])],
  [['copy', '--force', 'x.db'], running(copy, ['x.db'], 'force')],
  [['--force', 'copy', 'x.db', '--force'], running(copy, ['x.db'], 'force')],
  [['copy', '--', '--x.db'], running(copy, ['--x.db'])],
  [['--help'], { wants: 'help' }],
  [['-h', '-q'], { wants: 'help' }],
  [['copy', '--help'], { wants: 'help', subcommand: copy }],
  [['copy', 'a', 'b', '-h'], { wants: 'help', subcommand: copy }],
  [['-v'], { wants: 'version' }],
  [['copy', '--version'], { wants: 'version' }],
])('%j is understood', (args, expected) => expect(parse(...args)).toEqual(expected));

test.each([
  [
    ['cpoy', 'x.db'],
    'Unknown command "cpoy". Did you mean "copy"? Commands: start, copy. More: postrider --help',
  ],
  [['help'], 'Unknown command "help". Did you mean "--help"? Commands: start, copy. More: postrider --help'],
  [['x.db', 'copy'], 'Unknown command "x.db". Commands: start, copy. More: postrider --help'],
  [[''], 'Unknown command "". Commands: start, copy. More: postrider --help'],
  [
    ['--force'],
    'postrider start: Unknown option "--force". Options: --quiet, --help, --version. More: postrider start --help',
  ],
  [
    ['copy', 'x', '--froce'],
    'postrider copy: Unknown option "--froce". Did you mean "--force"? Options: --force, --help, --version. More: postrider copy --help',
  ],
  [
    ['copy', 'x', '-f'],
    'postrider copy: Unknown option "-f". Options: --force, --help, --version. More: postrider copy --help',
  ],
  [
    ['copy', '--undefined', '-hx'],
    'postrider copy: Unknown option "--undefined". Options: --force, --help, --version. More: postrider copy --help',
  ],
  [['copy', 'x', '--force=no'], 'postrider copy: --force takes no value. More: postrider copy --help'],
  [['copy'], 'postrider copy: FILE is missing: where to. More: postrider copy --help'],
  [['copy', 'a', 'b'], 'postrider copy: "b" is one word too many. More: postrider copy --help'],
])('%j is a problem', (args, problem) => expect(parse(...args)).toEqual({ wants: 'nothing', problem }));

describe('the table of sub-commands', () => {
  test('runs the bot by default', () => expect(subcommands[0]?.name).toBe('run'));

  test('has names and letters that are unique', () => {
    for (const terms of [subcommands, ...subcommands.map(({ options }) => [...options, ...GLOBAL_OPTIONS])]) {
      const words = terms.flatMap((term) => ['name' in term && term.name, 'short' in term && term.short]);
      const given = words.filter(Boolean);
      expect(given).toEqual([...new Set(given)]);
    }
  });

  test.each(subcommands.map((subcommand) => [subcommand.name, subcommand] as const))(
    '%s is described in clauses, and further in whole sentences',
    (_, { summary, options, operands, details }) => {
      for (const clause of [summary, ...[...options, ...operands].map((term) => term.summary)])
        expect(clause).toMatch(/[^.]$/u);
      for (const paragraph of details) expect(paragraph).toMatch(/^\p{Lu}.*[.:]$/su);
    },
  );

  test.each([helpText(subcommands), ...subcommands.map(subcommandHelp)])('fits a terminal: %s', (text) => {
    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });
});
