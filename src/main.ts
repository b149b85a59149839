import { isUtf8 } from 'node:buffer';
import { lstatSync, readFileSync } from 'node:fs';
import { stderr, stdout } from 'node:process';
import { parseEnv } from 'node:util';
import { commands } from '../commands/index.ts';
import { startApp } from './app.ts';
import { type Config, ConfigError, readConfig } from './config/config.ts';
import { secretValues } from './config/secret-values.ts';
import { createLog, type Fields, type Log, redact } from './lib/log.ts';
import { messageFor } from './log-messages.ts';
import { PLATFORM_NAMES } from './platform/platforms.ts';

/** A mistake of the operator: restarting doesn't help. */
const EXIT_CONFIG = 2;
const EXIT_BROKEN = 1;
/** After this the process exits anyway. The journal makes that safe. */
const STOP_WITHIN_MS = 9_000;

/** Return to column 0 and clear the line. */
const CLEAR_LINE = '\r\u001b[K';

const HELP = `Postrider posts a Nostr author's notes to Discord and Telegram, and answers commands there.

Usage:
  npm start                  run it
  npm start -- --help        show this help (also -h)
  npm start -- --version     show the version (also -v)
  npm run demo               try it: no account and no network needed

Settings are environment variables, or lines in .env (see .env.example).
Exit codes: 0 stopped, 1 crashed, 2 wrong configuration.
Docs: README.md
`;

async function main(): Promise<void> {
  const hasFlag = (...flags: readonly string[]): boolean => flags.some((flag) => process.argv.includes(flag));
  if (hasFlag('--help', '-h')) return void stdout.write(HELP);
  const version = versionIn(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  if (hasFlag('--version', '-v')) return void stdout.write(`${version}\n`);
  const config = readConfig(process.env, stderr.isTTY, readEnvFile('.env'));
  const log = createLog({
    level: config.logLevel,
    format: config.logFormat,
    secrets: secretValues(process.env),
    // A log line replaces the progress line.
    write: (line) => stderr.write(`${stderr.isTTY ? CLEAR_LINE : ''}${line}\n`),
    now: () => new Date(),
    messageFor,
  });
  const program = {
    version,
    node: process.versions.node,
    platforms: PLATFORM_NAMES.filter((name) => config[name]).join(', '),
  };
  log.info('program.started', { ...program, store: `sqlite:${config.databasePath}` });
  await runUntilStopped(config, program, log);
}

const versionIn = (manifest: string): string =>
  (JSON.parse(manifest) as { readonly version: string }).version;

/** Adds the file's variables to the environment, which takes precedence. Returns their names. The file is optional, but has to be readable. */
function readEnvFile(path: string): readonly string[] {
  if (!lstatSync(path, { throwIfNoEntry: false })) return [];
  const bytes = bytesOf(path);
  if (!isUtf8(bytes) || bytes.includes(0))
    throw new ConfigError([`${path}: not UTF-8 text; save it as UTF-8`]);
  // Windows editors write a byte order mark, which would become part of the first name.
  const text = bytes.toString().replace(/^\ufeff/u, '');
  const lines = parseEnv(text);
  for (const [name, value] of Object.entries(lines)) process.env[name] ??= value;
  return Object.keys(lines);
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new ConfigError([`${path}: can't be read (${code})`]);
  }
}

async function runUntilStopped(config: Config, program: Fields, log: Log): Promise<void> {
  const { promise: stopSignal, resolve: stop } = Promise.withResolvers<string>();
  let signals = 0;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      signals += 1;
      if (signals > 1) process.exit(EXIT_BROKEN);
      stop(signal);
    });

  const starting = startApp(config, {
    program,
    commands,
    log,
    onProgress: (notes) =>
      stderr.isTTY
        ? stderr.write(`${CLEAR_LINE}Loading archive… ${notes} ${notes === 1 ? 'post' : 'posts'} `)
        : log.info('archive.filling', { notes }),
  });
  const app = await Promise.race([starting, stopSignal]);
  // Nothing is in progress yet, so there is nothing to finish.
  if (typeof app === 'string') return log.info('program.stopping', { signal: app });
  try {
    log.info('program.stopping', { signal: await Promise.race([stopSignal, app.failed]) });
  } finally {
    setTimeout(() => process.exit(process.exitCode ?? 0), STOP_WITHIN_MS).unref();
    await app.stop();
  }
}

/** Prints the error and returns the exit code. Problems that the operator can fix get no stack trace. */
function report(error: unknown): number {
  const isConfigError = error instanceof ConfigError;
  const text = isConfigError
    ? ["Postrider can't start:", ...error.problems.map((problem) => `  ${problem}`), error.hint]
        .join('\n')
        .trim()
    : String(error instanceof Error ? error.stack : error);
  stderr.write(`${redact(text, secretValues(process.env))}\n`);
  return isConfigError ? EXIT_CONFIG : EXIT_BROKEN;
}

// Node's own handler would print every property of the error, secrets included.
for (const event of ['unhandledRejection', 'uncaughtException'] as const)
  process.on(event, (error: unknown) => process.exit(report(error)));
main().then(
  () => process.exit(0),
  (error: unknown) => process.exit(report(error)),
);
