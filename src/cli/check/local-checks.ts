import { accessSync, constants, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join, resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { type Finding, failed, ok, warning } from '../../lib/finding.ts';
import { createServerClock, likelyOffsetMs, NOTICEABLE_OFFSET_MS } from '../../lib/server-clock.ts';
import { FREE_BYTES, readDiskUse } from '../../status/disk.ts';
import { databaseName, type PostgresAddress } from '../../store/database-address.ts';
import { inspectServer } from '../../store/postgres/inspect-server.ts';
import { inspectDatabase } from '../../store/sqlite/inspect-database.ts';
import { addressOf, isPostrider } from '../health.ts';

/** Relays refuse events from a clock that is this far off (NIP-42: ten minutes), and so do we. */
const MAX_CLOCK_ERROR_MS = 600_000;

/** Whether the database can be opened and written, and how much room it has. */
export async function checkStore({ database }: Pick<Config, 'database'>): Promise<readonly Finding[]> {
  if (database.engine === 'postgres') return checkServer(database);
  const { path } = database;
  if (path === ':memory:')
    return [warning('kept in memory, so it is lost at every stop', 'Set DATABASE_URL to a file.')];
  const state = inspectDatabase(path);
  if (state.status === 'unusable')
    return [
      failed(`can't use ${path}: ${state.reason}`, 'See docs/troubleshooting.md, or restore a backup.'),
    ];
  const folder = existingFolder(path);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    return [
      failed(
        `can't write in ${folder}`,
        `Give the user who runs Postrider the folder: chown, or chmod u+rwx ${folder}.`,
      ),
    ];
  }
  const found =
    state.status === 'absent'
      ? ok(`${path} doesn't exist yet; the first start creates it`)
      : ok(`${path} opens and can be written: ${state.notes.toLocaleString('en')} posts`);
  const disk = await readDiskUse(join(folder, basename(path)));
  return disk ? [found, roomIn(folder, disk.freeBytes)] : [found];
}

async function checkServer(address: PostgresAddress): Promise<readonly Finding[]> {
  const name = databaseName(address);
  const state = await inspectServer(address.url);
  if (state.status === 'unusable')
    return [failed(`can't use ${name}: ${state.reason}`, 'See docs/operating.md.')];
  return state.status === 'empty'
    ? [ok(`${name} is empty; the first start creates the tables`)]
    : [ok(`${name} can be written: ${state.notes.toLocaleString('en')} posts`)];
}

function existingFolder(path: string): string {
  let folder = dirname(resolve(path));
  while (!existsSync(folder)) folder = dirname(folder);
  return folder;
}

function roomIn(folder: string, free: number): Finding {
  const message = `${(free / 1024 ** 3).toFixed(1)} GB free`;
  const fix = `Make room on the disk of ${folder}: when it is full, nothing is posted any more.`;
  if (free < FREE_BYTES.least) return failed(message, fix);
  return free < FREE_BYTES.comfortable ? warning(message, fix) : ok(message);
}

/** Compares this machine's clock with the `Date` headers of web servers. */
export async function checkClock(
  urls: readonly string[],
  { fetch, now }: { readonly fetch: typeof globalThis.fetch; now(): number },
): Promise<readonly Finding[]> {
  const servers = createServerClock({ now, steady: now });
  const asked = urls.map(async (url) => {
    const response = await fetch(url, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(5_000),
    });
    servers.listenerFor(url)(response.headers.get('date') ?? undefined);
  });
  // A server that doesn't answer tells nothing.
  await Promise.allSettled(asked);
  const error = likelyOffsetMs(servers.offsetsMs());
  if (error === undefined) return [warning('no server told the time', 'Check the network.')];
  const seconds = Math.round(Math.abs(error) / 1_000);
  const message = `${seconds} s ${error > 0 ? 'fast' : 'slow'}`;
  const fix = 'Turn on time synchronization: timedatectl set-ntp true.';
  if (Math.abs(error) > MAX_CLOCK_ERROR_MS) return [failed(message, fix)];
  return [Math.abs(error) > NOTICEABLE_OFFSET_MS ? warning(message, fix) : ok('right')];
}

/** Whether the status server can listen, or is listening in a Postrider that is running. */
export async function checkStatusPort({ host, port }: Config): Promise<readonly Finding[]> {
  const code = await listenError(host, port);
  const address = addressOf(host, port);
  if (code === undefined) return [ok(`${address} is free`)];
  if (code === 'EADDRINUSE' && (await isPostrider(host, port)))
    return [ok(`${address} is in use by a Postrider that is running`)];
  return [
    failed(
      `can't listen on ${address} (${code})`,
      code === 'EADDRINUSE' ? 'Another program has the port: set PORT to another.' : 'Change HOST or PORT.',
    ),
  ];
}

async function listenError(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  server.listen(port, host, () => server.close(() => resolve(undefined)));
  return promise;
}
