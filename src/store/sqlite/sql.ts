import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** Named parameters of a statement, without the colon. */
export type SqlValues = Readonly<Record<string, SQLInputValue>>;

/** A statement with positional parameters, which node:sqlite binds twice as fast as named ones. */
function prepare(db: DatabaseSync, sql: string) {
  const parameter = /:(\w+)/g;
  const names = [...sql.matchAll(parameter)].map(([, name = '']) => name);
  const inOrder = (values: SqlValues): SQLInputValue[] =>
    names.map((name) => {
      const value = values[name];
      if (value === undefined) throw new TypeError(`Cannot run "${sql}": no value for :${name}`);
      return value;
    });
  return { statement: db.prepare(sql.replaceAll(parameter, '?')), inOrder };
}

/** A prepared query. `Row` must describe what it selects; only tests check that. */
export function select<Row>(db: DatabaseSync, sql: string) {
  const { statement, inOrder } = prepare(db, sql);
  return {
    all: (values: SqlValues = {}) => statement.all(...inOrder(values)) as unknown as readonly Row[],
    get: (values: SqlValues = {}) => statement.get(...inOrder(values)) as unknown as Row | undefined,
  };
}

/** A prepared query, row by row; leave the loop to stop reading. */
export function iterate<Row>(db: DatabaseSync, sql: string): (values: SqlValues) => Iterable<Row> {
  const { statement, inOrder } = prepare(db, sql);
  return (values) => statement.iterate(...inOrder(values)) as Iterable<unknown> as Iterable<Row>;
}

/** A prepared change; returns the number of changed rows. */
export function change(db: DatabaseSync, sql: string): (values?: SqlValues) => number {
  const { statement, inOrder } = prepare(db, sql);
  // Every result contains the last row id, and those inside the full-text index exceed safe integers.
  statement.setReadBigInts(true);
  return (values = {}) => Number(statement.run(...inOrder(values)).changes);
}

const undone = new WeakMap<DatabaseSync, (() => void)[]>();

/** Calls `forget` after every rollback, for state that is kept outside of the database. */
export function onRollback(db: DatabaseSync, forget: () => void): void {
  undone.set(db, [...(undone.get(db) ?? []), forget]);
}

/** Runs `run` in a transaction. Takes the write lock at once, so that it can't fail halfway for lack of it. */
export function transaction<Result>(db: DatabaseSync, run: () => Result): Result {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = run();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // On a full or broken disk SQLite has rolled back by itself.
    if (db.isTransaction) db.exec('ROLLBACK');
    undone.get(db)?.forEach((forget) => forget());
    throw error;
  }
}
