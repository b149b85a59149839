import { Client, type ClientConfig, types } from 'pg';
import { parse, toClientConfig } from 'pg-connection-string';

/** Shown by `pg_stat_activity`. */
const APPLICATION = 'postrider';
/** How long to wait for a connection, in milliseconds. */
export const CONNECT_MS = 5_000;

const { INT8, NUMERIC } = types.builtins;
/** As numbers: none of ours exceeds 53 bits. */
const NUMBERS: ReadonlySet<number> = new Set([INT8, NUMERIC]);

/** Where and how to connect, ready for `pg`. */
export type ServerAddress = ClientConfig;

/**
 * Understands an address as `psql` does: a URL
 * (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS) whose missing parts come from the `PG*`
 * variables or from `~/.pgpass`, with the same meaning of `sslmode`. Service files aren't read. Rejects if the URL can't be
 * parsed, a certificate can't be read, or no server answers a question about TLS.
 */
export async function findServer(
  url: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<ServerAddress> {
  const base: ClientConfig = {
    application_name: APPLICATION,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        NUMBERS.has(oid) ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  };
  const { url: given, inTheClear } = withTls(url, env);
  const addressOf = (of: string): ServerAddress => ({
    ...toClientConfig(parse(of, { useLibpqCompat: true })),
    ...base,
  });
  const address = addressOf(given);
  return inTheClear === undefined || (await speaksTls(address)) ? address : addressOf(inTheClear);
}

/** Rejects if the server can't be reached for another reason. */
async function speaksTls(address: ServerAddress): Promise<boolean> {
  const client = new Client(address);
  // Whoever waits for an answer is told as well; without a listener an end in between would end the program.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.includes('does not support SSL')) return false;
    throw error;
  }
}

/** The URL with what it says of TLS, and the one for a server that has none, if it may be used: libpq's default is `prefer`. */
function withTls(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
): { readonly url: string; readonly inTheClear?: string } {
  const given = URL.canParse(url) ? new URL(url).searchParams : new URLSearchParams(url.split('?')[1]);
  const add = (name: string, value: string | undefined): string =>
    value === undefined || given.has(name) ? '' : `&${name}=${encodeURIComponent(value)}`;
  const mode = given.get('sslmode') ?? env['PGSSLMODE'] ?? 'prefer';
  const files =
    add('sslrootcert', env['PGSSLROOTCERT']) +
    add('sslcert', env['PGSSLCERT']) +
    add('sslkey', env['PGSSLKEY']);
  const tls = `${url.includes('?') ? '' : '?'}${files}${add('sslmode', mode)}`;
  const plain = `${url.replace(/([?&])sslmode=[^&]*/u, '$1')}${url.includes('?') ? '&' : '?'}sslmode=disable`;
  const isSocket =
    (given.get('host') ?? env['PGHOST'] ?? '').startsWith('/') || /^\w+:\/\/(?:[^/]*@)?%2f/iu.test(url);
  if (isSocket || mode === 'disable' || mode === 'allow') return { url: plain };
  return { url: url + tls, ...(mode === 'prefer' && { inTheClear: plain }) };
}
