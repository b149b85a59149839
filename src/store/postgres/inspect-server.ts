import { connect } from './connection.ts';
import { inspectSchema } from './migrations/migrate.ts';
import { explainError } from './postgres-errors.ts';
import { findServer } from './server-address.ts';
import { select } from './sql.ts';
import { unfinishedCopyProblem } from './unfinished-copy.ts';

/** What a look at a server found; `reason` completes "can't use …:". */
export type ServerState =
  | { readonly status: 'empty' }
  | { readonly status: 'usable'; readonly notes: number }
  | { readonly status: 'unusable'; readonly reason: string };

const notes = select<{ count: number }>('SELECT count FROM note_count');
const rights = select<{ may: boolean; readOnly: boolean }>(
  `SELECT has_schema_privilege(current_schema(), 'CREATE') AS may,
     current_setting('transaction_read_only') = 'on' OR pg_is_in_recovery() AS "readOnly"`,
);

/** Looks at a database without changing it. */
export async function inspectServer(url: string): Promise<ServerState> {
  try {
    const { client } = await connect(await findServer(url));
    client.on('error', () => undefined);
    try {
      const { may, readOnly } = (await rights.get(client)) ?? { may: false, readOnly: false };
      if (readOnly) return unusable('it is read-only: a replica, or the server is set so');
      if (!may) return unusable("this user isn't allowed to create tables in its schema");
      const problem = await unfinishedCopyProblem(client);
      if (problem !== undefined) return unusable(problem);
      if ((await inspectSchema(client)) === 0) return { status: 'empty' };
      return { status: 'usable', notes: (await notes.get(client))?.count ?? 0 };
    } finally {
      await client.end();
    }
  } catch (error) {
    return unusable(explainError(error));
  }
}

const unusable = (reason: string): ServerState => ({ status: 'unusable', reason });
