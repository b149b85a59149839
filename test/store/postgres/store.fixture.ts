import type { Client, Pool } from 'pg';
import { silentLog } from '../../../src/lib/log.ts';
import { connect, createReaders } from '../../../src/store/postgres/connection.ts';
import { createStore } from '../../../src/store/postgres/open-store.ts';
import { findServer } from '../../../src/store/postgres/server-address.ts';
import { createWriteQueue, type WriteQueue } from '../../../src/store/postgres/write-queue.ts';
import type { Store } from '../../../src/store/store.ts';
import { noteOf } from '../../contract/store-notes.fixture.ts';
import { openSchema } from './schema.fixture.ts';
import type { TestServer } from './server.fixture.ts';

/** One process: a store and the connections it uses. */
export interface OpenedStore {
  readonly store: Store;
  /** The connection that its writes go through. */
  readonly client: Client;
  readonly queue: WriteQueue;
  readonly readers: Pool;
  close(): Promise<void>;
}

/** Opens a store on a database whose schema is the newest. */
export async function openStoreAt(url: string, now: () => number = Date.now): Promise<OpenedStore> {
  const address = await findServer(url);
  const { client } = await connect(address);
  const readers = createReaders(address);
  const queue = createWriteQueue(client);
  const store = createStore({ readers, queue, log: silentLog, noteFrom: noteOf, now });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await queue.idle();
    await readers.end();
    await client.end();
  };
  return { store: { ...store, close }, client, queue, readers, close };
}

/** The URL of a new database with the newest schema. */
export async function createStoreDatabase(server: TestServer): Promise<string> {
  const url = await server.createDatabase();
  await (await openSchema(url)).end();
  return url;
}
