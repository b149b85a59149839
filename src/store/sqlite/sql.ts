import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** Named parameters of a statement, without the colon. */
export type SqlValues = Readonly<Record<string, SQLInputValue>>;

/** The statement with its parameters in order: binding by position takes node:sqlite half as long as by name. */
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

/** A prepared query. `Row` is what its SQL selects; nothing checks that but the tests. */
export function select<Row>(db: DatabaseSync, sql: string) {
  const { statement, inOrder } = prepare(db, sql);
  return {
    all: (values: SqlValues = {}) => statement.all(...inOrder(values)) as unknown as readonly Row[],
    get: (values: SqlValues = {}) => statement.get(...inOrder(values)) as unknown as Row | undefined,
  };
}

/** A prepared query, row by row: whoever has enough leaves the loop. */
export function iterate<Row>(db: DatabaseSync, sql: string): (values: SqlValues) => Iterable<Row> {
  const { statement, inOrder } = prepare(db, sql);
  return (values) => statement.iterate(...inOrder(values)) as Iterable<unknown> as Iterable<Row>;
}

/** A prepared change; calling it returns the number of rows that changed. */
export function change(db: DatabaseSync, sql: string): (values?: SqlValues) => number {
  const { statement, inOrder } = prepare(db, sql);
  // With every change comes the last row id, and those inside the full-text index exceed what a number holds.
  statement.setReadBigInts(true);
  return (values = {}) => Number(statement.run(...inOrder(values)).changes);
}

const undone = new WeakMap<DatabaseSync, (() => void)[]>();

/** Calls `forget` whenever changes were taken back: for what is remembered of them outside of the database. */
export function onRollback(db: DatabaseSync, forget: () => void): void {
  undone.set(db, [...(undone.get(db) ?? []), forget]);
}

/** Runs everything or nothing. Takes the write lock at once, so that it can't fail half-way for want of it. */
export function transaction<Result>(db: DatabaseSync, run: () => Result): Result {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = run();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has rolled back by itself where the disk is full or broken.
    if (db.isTransaction) db.exec('ROLLBACK');
    undone.get(db)?.forEach((forget) => forget());
    throw error;
  }
}
