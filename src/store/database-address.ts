/** Where a database is: the path of a file or `:memory:`, or the URL of a PostgreSQL server, as `psql` takes it. */
export type DatabaseAddress = { readonly engine: 'sqlite'; readonly path: string } | PostgresAddress;

export interface PostgresAddress {
  readonly engine: 'postgres';
  readonly url: string;
}

const SQLITE_URL = /^sqlite:(?:\/\/)?(.+)$/u;
const POSTGRES_URL = /^postgres(?:ql)?:\/\//iu;

/** Parses `sqlite:<path>` or `postgres://…`; `undefined` for anything else. */
export function parseDatabaseAddress(text: string): DatabaseAddress | undefined {
  if (POSTGRES_URL.test(text)) return { engine: 'postgres', url: text };
  const path = SQLITE_URL.exec(text)?.[1];
  return path === undefined ? undefined : { engine: 'sqlite', path };
}

/** The address for people, without a password. */
export function databaseName(address: DatabaseAddress): string {
  if (address.engine === 'sqlite') return `sqlite:${address.path}`;
  const [, user = '', place = ''] = /^\w+:\/\/(?:([^@/]*)@)?([^?]*)/u.exec(address.url) ?? [];
  const host = /[?&]host=([^&]*)/u.exec(address.url)?.[1];
  const name = user.split(':')[0];
  return `postgres://${name ? `${name}@` : ''}${place}${host === undefined ? '' : `?host=${decodeURIComponent(host)}`}`;
}
