import { Client } from 'pg';
import { silentLog } from '../../../src/lib/log.ts';
import type { Database } from '../../../src/store/database.ts';
import { openDatabase } from '../../../src/store/postgres/open-database.ts';
import type { StoreEngine } from '../../contract/store-engine.fixture.ts';
import { noteOf } from '../../contract/store-notes.fixture.ts';
import type { TestServer } from './server.fixture.ts';

function open(url: string, now?: () => number): Promise<Database> {
  const me = { pid: process.pid, host: 'here' };
  return openDatabase({ url, name: url, me, log: silentLog, noteFrom: noteOf, ...(now && { now }) });
}

/** Empty databases with the tables, to be used again: creating one takes longer than most tests. */
const idle = new WeakMap<TestServer, string[]>();

async function createDatabase(server: TestServer): Promise<string> {
  const url = await server.createDatabase();
  await (await open(url)).close();
  return url;
}

/** Without triggers and foreign keys; what the migration inserted is put back. */
async function empty(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(relname) AS name FROM pg_class
     WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relname <> 'postrider_schema'`,
  );
  const deletions = rows.map(({ name }) => `DELETE FROM ${name};`).join('');
  await client.query(
    `SET session_replication_role = replica; ${deletions} INSERT INTO head VALUES (1, 0); INSERT INTO note_count VALUES (1, 0)`,
  );
  await client.end();
}

/** An empty database on the server, until it is given back. */
export async function borrowDatabase(
  server: TestServer,
): Promise<{ readonly url: string; giveBack(): Promise<void> }> {
  const spare = idle.get(server) ?? [];
  idle.set(server, spare);
  const url = spare.pop() ?? (await createDatabase(server));
  return {
    url,
    async giveBack() {
      await empty(url);
      spare.push(url);
    },
  };
}

/** An empty database on the server; each store is the holder of a role of its own. */
export async function openPostgresEngine(
  server: TestServer,
): Promise<StoreEngine & { readonly url: string }> {
  const { url, giveBack } = await borrowDatabase(server);
  let roles = 0;
  return {
    url,
    async open(now) {
      const database = await open(url, now);
      roles += 1;
      const lease = await database.acquire(`role ${roles}`);
      if (!lease) throw new Error('The role is new');
      return { ...lease.store, close: database.close };
    },
    dispose: giveBack,
  };
}
