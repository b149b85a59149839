import type { Pool, PoolClient } from 'pg';
import { sqlState } from '../postgres-errors.ts';

/** SQLSTATE of a statement that `statement_timeout` cut off. */
const CANCELLED = '57014';

/**
 * Runs statements of a search, each of which is cut off after `ms` milliseconds: then `undefined`. Without `ms` they take as
 * long as they take.
 */
export type TimeBox = <Result>(
  ms: number | undefined,
  run: (on: PoolClient) => Promise<Result>,
) => Promise<Result | undefined>;

export function createTimeBox(readers: Pool): TimeBox {
  return async (ms, run) => {
    const client = await readers.connect();
    try {
      await client.query(
        // The whole table is never read instead of the index, however common the planner thinks a word is.
        `BEGIN; SET LOCAL enable_seqscan = off${ms === undefined ? '' : `; SET LOCAL statement_timeout = ${Math.max(1, Math.ceil(ms))}`}`,
      );
      const result = await run(client);
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      const rolledBack = await client.query('ROLLBACK').then(
        () => true,
        () => false,
      );
      client.release(!rolledBack);
      if (ms !== undefined && sqlState(error) === CANCELLED) return undefined;
      throw error;
    }
  };
}
