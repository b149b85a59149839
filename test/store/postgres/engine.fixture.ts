import { silentLog } from '../../../src/lib/log.ts';
import type { Database } from '../../../src/store/database.ts';
import { openDatabase } from '../../../src/store/postgres/open-database.ts';
import type { StoreEngine } from '../../contract/store-engine.fixture.ts';
import { noteOf } from '../../contract/store-notes.fixture.ts';
import type { TestServer } from './server.fixture.ts';

/** A database with the tables, to copy, by server. */
const templates = new WeakMap<TestServer, Promise<string>>();

async function createTemplate(server: TestServer): Promise<string> {
  const url = await server.createDatabase();
  await (await open(url)).close();
  return new URL(url).pathname.slice(1);
}

function open(url: string, now?: () => number): Promise<Database> {
  const me = { pid: process.pid, host: 'here' };
  return openDatabase({ url, name: url, me, log: silentLog, noteFrom: noteOf, ...(now && { now }) });
}

/** An empty database on the server; each store is the holder of a role of its own. */
export async function openPostgresEngine(server: TestServer): Promise<StoreEngine> {
  const template = templates.get(server) ?? createTemplate(server);
  templates.set(server, template);
  const url = await server.createDatabase(await template);
  let roles = 0;
  return {
    async open(now) {
      const database = await open(url, now);
      roles += 1;
      const lease = await database.acquire(`role ${roles}`);
      if (!lease) throw new Error('The role is new');
      return { ...lease.store, close: database.close };
    },
    dispose: () => server.dropDatabase(url),
  };
}
