import type { ClientBase, Pool } from 'pg';

/** Runs queries that have to agree, on one connection, all of which see the database as it is now. */
export async function inSnapshot<Result>(
  readers: Pool,
  run: (on: ClientBase) => Promise<Result>,
): Promise<Result> {
  const on = await readers.connect();
  try {
    await on.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const result = await run(on);
    await on.query('COMMIT');
    on.release();
    return result;
  } catch (error) {
    // Whatever state it is in, nobody uses this connection again.
    on.release(true);
    throw error;
  }
}
