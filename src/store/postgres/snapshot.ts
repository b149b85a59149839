import type { Pool, PoolClient } from 'pg';

/** Runs queries on a reader, all of which see the same state of the database. */
export async function snapshot<Result>(
  readers: Pool,
  run: (on: PoolClient) => Promise<Result>,
): Promise<Result> {
  const on = await readers.connect();
  try {
    await on.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const result = await run(on);
    await on.query('COMMIT');
    on.release();
    return result;
  } catch (error) {
    // The transaction ends with the connection.
    on.release(true);
    throw error;
  }
}
