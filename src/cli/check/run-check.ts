import { styleText } from 'node:util';
import { type Config, readConfig } from '../../config/config.ts';
import { ConfigError } from '../../config/config-error.ts';
import { secretValues } from '../../config/secret-values.ts';
import { plural } from '../../i18n/en/plural.ts';
import { failed } from '../../lib/finding.ts';
import { redact, silentLog } from '../../lib/log.ts';
import { readEnvFile } from '../env-file.ts';
import { EXIT, type ExitCode, type Invocation } from '../subcommand.ts';
import { type CheckedPart, checkEverything } from './check.ts';

/** Checks the configuration and everything that it names. Prints what it finds: for people, or as one JSON object. */
export async function runCheck({ terminal, options }: Invocation): Promise<ExitCode> {
  const { env, stdout } = terminal;
  const print = (text: string): void => void stdout.write(`${redact(text, secretValues(env))}\n`);
  const isJson = options.has('json');
  let config: Config;
  try {
    config = readConfig(env, false, readEnvFile(env));
  } catch (error) {
    if (!isJson || !(error instanceof ConfigError)) throw error;
    const findings = error.problems.map((problem) => failed(problem, error.hint));
    print(asJson([{ area: 'configuration', findings }]));
    return EXIT.misused;
  }
  const parts: CheckedPart[] = [];
  const tools = { fetch, log: silentLog, signal: new AbortController().signal, now: Date.now };
  for await (const part of checkEverything(config, tools)) {
    parts.push(part);
    if (!isJson) print(describePart(part, stdout.isTTY && stdout.hasColors()));
  }
  const { problems, warnings } = tally(parts);
  print(isJson ? asJson(parts) : `\n${closingLine(problems, warnings)}`);
  return problems > 0 ? EXIT.failed : EXIT.ok;
}

const MARKS = { ok: ['✓', 'green'], warning: ['!', 'yellow'], failed: ['✗', 'red'] } as const;

/** One part, a line for each finding and one for what to do about it. */
function describePart({ area, subject, findings }: CheckedPart, colored: boolean): string {
  const name = subject === undefined ? area : `${area} ${subject}`;
  return findings
    .map(({ status, message, fix }) => {
      const [mark, color] = MARKS[status];
      const shown = colored ? styleText(color, mark, { validateStream: false }) : mark;
      return `${shown} ${name}: ${message}${fix === undefined ? '' : `\n    → ${fix}`}`;
    })
    .join('\n');
}

function tally(parts: readonly CheckedPart[]) {
  const statuses = parts.flatMap(({ findings }) => findings.map(({ status }) => status));
  const count = (wanted: string): number => statuses.filter((status) => status === wanted).length;
  return { problems: count('failed'), warnings: count('warning') };
}

function closingLine(problems: number, warnings: number): string {
  const found = [
    ...(problems > 0 ? [plural(problems, 'problem', 'problems')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning', 'warnings')] : []),
  ];
  return found.length > 0 ? `${found.join(', ')}.` : 'Everything is ready: start it with “postrider”.';
}

/** For machines: `{ok, problems, warnings, checks: [{area, subject?, status, message, fix?}]}`. */
function asJson(parts: readonly CheckedPart[]): string {
  const { problems, warnings } = tally(parts);
  const checks = parts.flatMap(({ findings, ...part }) =>
    findings.map((finding) => ({ ...part, ...finding })),
  );
  return JSON.stringify({ ok: problems === 0, problems, warnings, checks }, null, 2);
}
