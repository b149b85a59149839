import { Socket } from 'node:net';
import { Client, Pool } from 'pg';
import { PoolerError } from './postgres-errors.ts';
import { CONNECT_MS, type ServerAddress } from './server-address.ts';
import { select } from './sql.ts';

/** Connections for reading. Commands and lookups take a few milliseconds each. */
const READERS = 8;
/** A reader that takes longer is cut off: whoever asked has given up by then. */
const READ_MS = 30_000;

/** Connections that only read. */
export function createReaders(address: ServerAddress): Pool {
  const pool = new Pool({
    ...address,
    max: READERS,
    // A search chooses its plan by what is searched for, so no statement keeps a general plan; and compiling a statement
    // takes longer than any may run.
    options: '-c default_transaction_read_only=on -c plan_cache_mode=force_custom_plan -c jit=off',
    statement_timeout: READ_MS,
    // For a network that has gone silent, where the server can't say so.
    query_timeout: READ_MS + 5_000,
    idleTimeoutMillis: 60_000,
  });
  // An idle connection that ends is replaced when one is needed; whoever needs it is told if that fails.
  pool.on('error', () => undefined);
  // So is whoever has one for several statements; without a listener an end between two of them would end the program.
  pool.on('connect', (client) => client.on('error', () => undefined));
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
  address: ServerAddress,
  settings: ReadonlyMap<string, string> = new Map(),
): Promise<DirectConnection> {
  const socket = new Socket();
  const options = [...settings].map(([name, value]) => `-c ${name}=${value}`).join(' ');
  const client = new Client({
    ...address,
    ...(options !== '' && { options }),
    stream: () => socket,
    pipeline: true,
  });
  // Whoever waits for an answer is told as well; a listener of the caller comes too late for what happens in here.
  client.on('error', () => undefined);
  const destroy = (): void => void socket.destroy();
  // The network may fail after the first answer, and then nothing would ever be heard.
  const timer = setTimeout(destroy, CONNECT_MS);
  try {
    await client.connect();
    await verifyServer(client);
  } catch (error) {
    destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return { client, destroy };
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
