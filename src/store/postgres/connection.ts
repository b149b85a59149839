import { Client, type ClientConfig, Pool, types } from 'pg';

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

/** A connection of its own, straight to the server; statements are sent without waiting for the answers before. */
export async function connect(url: string): Promise<Client> {
  const client = new Client({ ...configOf(url), pipeline: true });
  await client.connect();
  return client;
}
