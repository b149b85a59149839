import type { Client } from 'pg';
import { silentLog } from '../../src/lib/log.ts';
import { eventToNote } from '../../src/note/event-to-note.ts';
import { connect } from '../../src/store/postgres/connection.ts';
import { openDatabase } from '../../src/store/postgres/open-database.ts';
import { findServer } from '../../src/store/postgres/server-address.ts';
import type { Store } from '../../src/store/store.ts';
import { createThrowAwayServer } from '../../test/store/postgres/throw-away-server.ts';

/** As an operator would set it for a machine of this size; durable. */
const SETTINGS = ['shared_buffers=512MB', 'max_wal_size=4GB', 'random_page_cost=1.1'];

/** An empty database of ours on a server of its own. */
export interface BenchDatabase {
  /** As the holder of a role. */
  readonly store: Store;
  /** For bare SQL: statements are sent without waiting for the answers before, as the engine does. */
  readonly bare: Client;
}

/** A server of its own, and the URL of an empty database on it. */
export async function withServer<T>(programs: string, work: (url: string) => Promise<T>): Promise<T> {
  const server = createThrowAwayServer(programs, SETTINGS);
  try {
    await server.start();
    return await work(server.url('postgres'));
  } finally {
    await server.kill();
    server.remove();
  }
}

export const withDatabase = <T>(
  programs: string,
  work: (database: BenchDatabase) => Promise<T>,
): Promise<T> =>
  withServer(programs, async (url) => {
    const me = { pid: process.pid, host: 'bench' };
    const database = await openDatabase({ url, name: url, me, log: silentLog, noteFrom: eventToNote });
    const lease = await database.acquire('bench');
    if (!lease) throw new Error('The role is new');
    const { client: bare } = await connect(await findServer(url));
    try {
      return await work({ store: lease.store, bare });
    } finally {
      await bare.end();
      await database.close();
    }
  });
