import { commands } from '../../commands/index.ts';
import { startApp } from '../app.ts';
import { type Config, readConfig } from '../config/config.ts';
import { secretValues } from '../config/secret-values.ts';
import { createLog, type Fields, type Log } from '../lib/log.ts';
import { messageFor } from '../log-messages.ts';
import { PLATFORM_NAMES } from '../platform/platforms.ts';
import { databaseName } from '../store/database-address.ts';
import { readEnvFile } from './env-file.ts';
import { CLEAR_LINE, EXIT, type ExitCode, type Invocation, type Terminal } from './subcommand.ts';

/** After this the process exits anyway. The journal makes that safe. */
const STOP_WITHIN_MS = 9_000;

/** Runs the bot until a signal ends it. */
export async function run({ terminal }: Invocation): Promise<ExitCode> {
  const { env, stderr, version } = terminal;
  const config = readConfig(env, stderr.isTTY, readEnvFile(env));
  const log = createLog({
    level: config.logLevel,
    format: config.logFormat,
    secrets: secretValues(env),
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
  log.info('program.started', { ...program, store: databaseName(config.database) });
  await runUntilStopped(config, program, log, terminal);
  return EXIT.ok;
}

async function runUntilStopped(
  config: Config,
  program: Fields,
  log: Log,
  { stderr }: Terminal,
): Promise<void> {
  const { promise: stopSignal, resolve: stop } = Promise.withResolvers<string>();
  let signals = 0;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      signals += 1;
      if (signals > 1) process.exit(EXIT.failed);
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
    setTimeout(() => process.exit(process.exitCode ?? EXIT.ok), STOP_WITHIN_MS).unref();
    await app.stop();
  }
}
