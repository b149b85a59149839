import { DatabaseError } from 'pg';

/** SQLSTATE of an error from the server (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
export const sqlState = (error: unknown): string | undefined =>
  error instanceof DatabaseError ? error.code : undefined;

/** The address is that of a connection pooler. */
export class PoolerError extends Error {
  override readonly name = 'PoolerError';
  constructor() {
    super(
      'a connection pooler such as PgBouncer is in between, and gives sessions to others after each transaction; ' +
        "use the server's own address",
    );
  }
}

/**
 * Serialization failure, deadlock, and a row that another transaction inserted meanwhile: repeated, the same transaction
 * succeeds.
 */
const TRANSIENT: ReadonlySet<string | undefined> = new Set(['40001', '40P01', '23505']);

/** Whether the change lost against another one and is to be repeated. */
export const isTransient = (error: unknown): boolean => TRANSIENT.has(sqlState(error));

/** What an operator can do something about: by the whole code or, if that isn't listed, by its class. */
const EXPLANATIONS: ReadonlyMap<string, string> = new Map([
  ['28P01', 'the password is wrong'],
  ['28000', "the server doesn't let this user in; see its pg_hba.conf"],
  ['3D000', "the database doesn't exist; create it with `createdb`"],
  ['42501', "this user isn't allowed to; it needs to own the database, or CREATE on its schema"],
  ['53100', 'the disk of the server is full'],
  ['53300', 'the server has no free connections'],
  ['57P03', "the server is starting up or shutting down and doesn't take connections yet"],
  ['25006', 'it is read-only: a replica that was not promoted, or the server is set so'],
  ['08', 'the connection was lost'],
  ['57P', 'the server ended the connection'],
]);

/** By the codes of Node's network errors. */
const NETWORK: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'no server listens there'],
  ['ENOENT', 'no server listens on that socket'],
  ['ENOTFOUND', "there's no such host"],
  ['EAI_AGAIN', "the host's address can't be looked up"],
  ['ETIMEDOUT', "the server doesn't answer"],
  ['ECONNRESET', 'the connection was lost'],
  ['EPIPE', 'the connection was lost'],
]);

/** The server is starting, full, or out of reach, which passes by itself: as codes, their classes, and Node's. */
const PASSING: ReadonlySet<string> = new Set([
  '57P',
  '53300',
  '08',
  ...[...NETWORK.keys()].filter((code) => code !== 'ENOTFOUND'),
]);

/** Whether the database may be reached later without anybody doing anything. Looks at causes, too. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = sqlState(error) ?? ('code' in error ? String(error.code) : '');
  const isKnown = [code, code.slice(0, 3), code.slice(0, 2)].some((one) => PASSING.has(one));
  return isKnown || error.message === 'timeout expired' || isPassing(error.cause);
}

/** Explains an error from the database to the operator. */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const state = sqlState(error);
  // Settings of the session in the first message, which poolers don't know.
  if (state === '08P01' && error.message.includes('startup parameter')) return new PoolerError().message;
  if (state !== undefined) {
    const known = [5, 3, 2].map((length) => EXPLANATIONS.get(state.slice(0, length))).find(Boolean);
    return known === undefined ? error.message : `${known} (${error.message})`;
  }
  const code = 'code' in error ? String(error.code) : '';
  const known = NETWORK.get(code);
  return known === undefined ? error.message : `${known} (${error.message || code})`;
}
