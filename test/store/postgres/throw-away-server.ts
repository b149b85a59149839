import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';

/** A user that owns nothing: Postgres refuses to run as root. */
const NOBODY = 65_534;
const IS_ROOT = process.getuid?.() === 0;
const AS_NOBODY = { cwd: '/', ...(IS_ROOT && { uid: NOBODY, gid: NOBODY }) };

/** The folder with `postgres` and `initdb`; `undefined` if this machine has none. */
export function findPrograms(): string | undefined {
  const installed = '/usr/lib/postgresql';
  const versions = existsSync(installed) ? readdirSync(installed).toSorted().toReversed() : [];
  return [
    process.env['TEST_POSTGRES_BIN'] ?? '',
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.map((version) => join(installed, version, 'bin')),
  ].find(
    (folder) => folder !== '' && existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
}

/** A Postgres of our own on a Unix socket, with its data in a folder that is removed at the end. */
export interface ThrowAwayServer {
  /** The URL of a database on it. */
  url(database: string): string;
  /** Starts it, and resolves once it takes connections. */
  start(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Removes its data. Kill it first. */
  remove(): void;
}

/** Creates its data. `settings`: of the server, such as `fsync=off`. `port`: also the number in the name of its socket. */
export function createThrowAwayServer(
  programs: string,
  settings: readonly string[],
  port = 5_432,
): ThrowAwayServer {
  // The path of a socket may have about a hundred bytes.
  const folder = mkdtempSync('/tmp/pg-');
  if (IS_ROOT) chownSync(folder, NOBODY, NOBODY);
  const data = join(folder, 'data');
  const options = '-A trust -U postrider --no-sync --no-instructions -E UTF8 --locale=C'.split(' ');
  execFileSync(join(programs, 'initdb'), ['-D', data, ...options], {
    ...AS_NOBODY,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = (database: string): string =>
    `postgres://postrider@localhost:${port}/${database}?host=${folder}`;
  let server: ChildProcess | undefined;
  return {
    url,
    async start() {
      const set = [`port=${port}`, 'listen_addresses=', ...settings].flatMap((setting) => ['-c', setting]);
      server = spawn(join(programs, 'postgres'), ['-D', data, '-k', folder, ...set], {
        ...AS_NOBODY,
        stdio: 'ignore',
      });
      await untilConnected(url('postgres'));
    },
    kill: () => ended(server, 'SIGQUIT'),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilConnected(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (tries > 600) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function ended(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
