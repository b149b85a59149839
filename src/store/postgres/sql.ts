import type { ClientBase, Pool, QueryConfig } from 'pg';
import { sqlState } from './postgres-errors.ts';

/** Whatever runs statements: the pool of readers, or the connection of a transaction. */
export type Connection = Pool | ClientBase;

type SqlValue = string | number | boolean | null | readonly (string | number | boolean | null)[];

/** Named parameters of a statement, without the colon. */
export type SqlValues = Readonly<Record<string, SqlValue>>;

let statements = 0;

/** A statement with positional parameters, which every connection prepares once. `::` is a cast. */
function prepare(sql: string): (values: SqlValues) => QueryConfig {
  const names: string[] = [];
  const text = sql.replaceAll(/(?<!:):(\w+)/gu, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  statements += 1;
  const statement = `s${statements}`;
  return (values) => ({
    name: statement,
    text,
    values: names.map((name) => {
      const value = values[name];
      if (value === undefined) throw new TypeError(`Cannot run "${sql}": no value for :${name}`);
      return encode(value);
    }),
  });
}

/** A query. `Row` must describe what it selects; only tests check that. */
export function select<Row extends object>(sql: string) {
  const prepared = prepare(sql);
  const all = async (on: Connection, values: SqlValues = {}): Promise<readonly Row[]> => {
    const { rows } = await on.query<Row>(prepared(values));
    rows.forEach(decodeRow);
    return rows;
  };
  return {
    all,
    get: async (on: Connection, values?: SqlValues): Promise<Row | undefined> => (await all(on, values))[0],
  };
}

/** A change; returns the number of changed rows. */
export function change(sql: string): (on: Connection, values?: SqlValues) => Promise<number> {
  const prepared = prepare(sql);
  return async (on, values = {}) => (await on.query(prepared(values))).rowCount ?? 0;
}

/** SQLSTATE of a statement in a transaction that has failed before. */
const ABORTED = '25P02';

/**
 * Waits for statements that run at the same time in a transaction. Unlike `Promise.all` it waits for the others if one fails, so
 * that none is sent after the transaction was rolled back, outside of it. Rejects with what made the transaction fail, not with what
 * that did to the statements after it.
 */
export async function together<Results extends readonly unknown[]>(
  statements: Results,
): Promise<{ -readonly [Index in keyof Results]: Awaited<Results[Index]> }> {
  const settled = await Promise.allSettled(statements);
  const errors = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  const cause = errors.find((error) => sqlState(error) !== ABORTED);
  if (cause !== undefined) throw cause;
  return Promise.all(statements);
}

/**
 * Postgres stores neither U+0000 nor half a surrogate pair, which relays and people may send. They are escaped by a
 * character that Unicode reserves for a program's own use, and so is that character.
 */
const UNSTORABLE = /[\0\uFFFE]|\p{Surrogate}/gu;
const ESCAPED = /\uFFFE([0-9a-f]{4})/gu;

const escapeText = (text: string): string =>
  text.replaceAll(UNSTORABLE, (one) => `\uFFFE${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

const encode = (value: SqlValue): unknown => {
  if (typeof value === 'string') return escapeText(value);
  if (Array.isArray(value)) return value.map(encode);
  return value;
};

function decodeRow(row: object): void {
  for (const [column, value] of Object.entries(row)) {
    if (typeof value === 'string' && value.includes('\uFFFE'))
      Object.assign(row, {
        [column]: value.replaceAll(ESCAPED, (_, code: string) =>
          String.fromCharCode(Number.parseInt(code, 16)),
        ),
      });
  }
}
