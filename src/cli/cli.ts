import { ConfigError } from '../config/config-error.ts';
import { parseCommandLine } from './command-line.ts';
import { helpText, subcommandHelp } from './help.ts';
import { EXIT, type ExitCode, SubcommandError, type Terminal } from './subcommand.ts';
import { subcommands } from './subcommands.ts';

/** Runs what the command line asks for, and returns the exit code. Never rejects: errors are reported on `stderr`. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { stdout, stderr, version } = terminal;
  const asked = parseCommandLine(args, subcommands);
  switch (asked.wants) {
    case 'help':
      stdout.write(asked.subcommand ? subcommandHelp(asked.subcommand) : helpText(subcommands));
      return EXIT.ok;
    case 'version':
      stdout.write(`${version}\n`);
      return EXIT.ok;
    case 'nothing':
      stderr.write(`${asked.problem}\n`);
      return EXIT.misused;
    case 'run': {
      const { subcommand, operands, options } = asked;
      try {
        return await subcommand.run({ operands, options, terminal });
      } catch (error) {
        return reportError(error, terminal, subcommand.name);
      }
    }
  }
}

/** Prints an error, without secrets, and returns the exit code. What the operator can fix has no stack trace. */
export async function reportError(
  thrown: unknown,
  { env, stderr }: Terminal,
  subcommand = 'run',
): Promise<ExitCode> {
  // Only here, because `health` should start without them.
  const [{ redact }, { secretValues }] = await Promise.all([
    import('../lib/log.ts'),
    import('../config/secret-values.ts'),
  ]);
  stderr.write(`${redact(errorText(thrown, subcommand), secretValues(env))}\n`);
  return thrown instanceof ConfigError ? EXIT.misused : EXIT.failed;
}

function errorText(error: unknown, subcommand: string): string {
  const name = subcommand === 'run' ? 'Postrider' : `postrider ${subcommand}`;
  if (error instanceof SubcommandError) return `${name}: ${error.message}`;
  if (error instanceof ConfigError)
    return [`${name} can't start:`, ...error.problems.map((problem) => `  ${problem}`), error.hint]
      .join('\n')
      .trim();
  return String(error instanceof Error ? error.stack : error);
}
