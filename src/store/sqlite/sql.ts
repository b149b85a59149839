import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

/** Named parameters of a statement, without the colon. */
export type Values = Readonly<Record<string, SQLInputValue>>;

/** A prepared query. `Row` is what its SQL selects; nothing checks that but the tests. */
export function select<Row>(db: DatabaseSync, sql: string) {
  const statement = db.prepare(sql);
  return {
    all: (values: Values = {}) => statement.all(values) as unknown as readonly Row[],
    get: (values: Values = {}) => statement.get(values) as unknown as Row | undefined,
  };
}

/** A prepared change; calling it returns the number of rows that changed. */
export function change(db: DatabaseSync, sql: string): (values?: Values) => number {
  const statement = db.prepare(sql);
  // With every change comes the last row id, and those inside the full-text index exceed what a number holds.
  statement.setReadBigInts(true);
  return (values = {}) => Number(statement.run(values).changes);
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
    throw error;
  }
}
