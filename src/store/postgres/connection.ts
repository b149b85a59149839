import { Socket } from 'node:net';
import { Client, type ClientConfig, Pool, types } from 'pg';
import { PoolerError } from './postgres-errors.ts';
import { select } from './sql.ts';

/** Shown by `pg_stat_activity`. */
const APPLICATION = 'postrider';
/** How long to wait for a connection, in milliseconds. */
const CONNECT_MS = 5_000;
/** Connections for reading. Commands and lookups take a few milliseconds each. */
const READERS = 8;
/** A reader that takes longer is cut off: whoever asked has been given up on by then. */
const READ_MS = 30_000;

const { INT8, NUMERIC } = types.builtins;
/** As numbers: none of ours exceeds 53 bits. */
const NUMBERS: ReadonlySet<number> = new Set([INT8, NUMERIC]);

const TYPES: ClientConfig['types'] = {
  getTypeParser: ((oid: number, format?: 'text') =>
    NUMBERS.has(oid) ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
};

/**
 * As `psql` takes them: a URL (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS), whose missing
 * parts come from the `PG*` variables.
 */
const configOf = (url: string): ClientConfig => ({
  connectionString: url,
  application_name: APPLICATION,
  connectionTimeoutMillis: CONNECT_MS,
  keepAlive: true,
  types: TYPES,
});

/** Connections that only read, and the work of `run` on one of them. */
export function createReaders(url: string): Pool {
  const pool = new Pool({
    ...configOf(url),
    max: READERS,
    // A search chooses its plan by what is searched for, so no statement keeps a general plan.
    options: '-c default_transaction_read_only=on -c plan_cache_mode=force_custom_plan',
    statement_timeout: READ_MS,
    idleTimeoutMillis: 60_000,
  });
  // An idle connection that ends is replaced when one is needed; whoever needs it is told if that fails.
  pool.on('error', () => undefined);
  return pool;
}

/** A connection of its own; statements are sent without waiting for the answers before. */
export interface DirectConnection {
  readonly client: Client;
  /** Ends it at once, whatever it is waiting for. */
  destroy(): void;
}

/**
 * Connects straight to the server. Rejects if it can't, if a pooler is in between, which would give every transaction another
 * session, and if the server is too old. `settings` are those of the session.
 */
export async function connect(
  url: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<DirectConnection> {
  const socket = new Socket();
  const options = Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
  const client = new Client({
    ...configOf(url),
    ...(options !== '' && { options }),
    stream: () => socket,
    pipeline: true,
  });
  await client.connect();
  try {
    await verifyServer(client);
  } catch (error) {
    await client.end();
    throw error;
  }
  return { client, destroy: () => socket.destroy() };
}

const aboutServer = select<{ version: number; pid: number }>(
  "SELECT current_setting('server_version_num')::int AS version, pg_backend_pid() AS pid",
);
/** The first with `idle_session_timeout`, by which the lock of a frozen process is let go. */
const MIN_VERSION = 140_000;

async function verifyServer(client: Client): Promise<void> {
  const { version = 0, pid } = (await aboutServer.get(client)) ?? {};
  if (version < MIN_VERSION)
    throw new Error(
      `it runs PostgreSQL ${Math.floor(version / 10_000)}; Postrider needs ${MIN_VERSION / 10_000} or newer`,
    );
  // A pooler answers with a number of its own.
  if ('processID' in client && client.processID !== pid) throw new PoolerError();
}
