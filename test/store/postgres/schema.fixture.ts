import type { Client } from 'pg';
import { connect } from '../../../src/store/postgres/connection.ts';
import { migrate } from '../../../src/store/postgres/migrations/migrate.ts';
import { findServer } from '../../../src/store/postgres/server-address.ts';

/** Connects to a database and brings it to the newest schema. */
export async function openSchema(url: string): Promise<Client> {
  const { client } = await connect(await findServer(url));
  await migrate(client);
  return client;
}
