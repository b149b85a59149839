import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { change, select } from '../sql.ts';

/** As for SQLite: statements of a released file never change. `test/store/postgres/migrate.test.ts` has their digests. */
export const MIGRATIONS: readonly string[] = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.sql'))
  .toSorted()
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'));

/** Key of the advisory lock that one migrating process holds ("PstR"), and the namespace of all others. */
export const LOCK_NAMESPACE = 0x50737452;
const MIGRATION_LOCK = 0;

/** A healthy database that this program can't use; the message completes "can't open …:". */
class WrongSchema extends Error {
  override readonly name = 'WrongSchema';
}

const found = select<{ version: number }>('SELECT version FROM postrider_schema');
const hasSchema = select<{ exists: boolean }>(`SELECT to_regclass('postrider_schema') IS NOT NULL AS exists`);
const otherTables = select<{ name: string }>(
  `SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
     AND relname <> 'postrider_schema' LIMIT 1`,
);
const setVersion = change('UPDATE postrider_schema SET version = :version');
const lock = select(`SELECT pg_advisory_xact_lock(:namespace::int, :key::int)`);

/**
 * Brings a database to the newest schema, each step in its own transaction, and returns the schema it had. Refuses one
 * that a newer version wrote, and one of another program. Several processes may do it at once.
 */
export async function migrate(on: ClientBase, migrations: readonly string[] = MIGRATIONS): Promise<number> {
  let first: number | undefined;
  for (let done = false; !done; ) {
    await on.query('BEGIN');
    try {
      await lock.get(on, { namespace: LOCK_NAMESPACE, key: MIGRATION_LOCK });
      const version = await inspectSchema(on, migrations);
      first ??= version;
      const sql = migrations[version];
      done = sql === undefined;
      if (sql !== undefined) {
        if (version === 0)
          await on.query(
            'CREATE TABLE postrider_schema (version int NOT NULL); INSERT INTO postrider_schema VALUES (0)',
          );
        await on.query(sql);
        await setVersion(on, { version: version + 1 });
      }
      await on.query('COMMIT');
    } catch (error) {
      await on.query('ROLLBACK');
      throw error;
    }
  }
  return first ?? 0;
}

/** The schema of a database, 0 if it's empty. Rejects if this program can't use it. */
export async function inspectSchema(
  on: ClientBase,
  migrations: readonly string[] = MIGRATIONS,
): Promise<number> {
  const version = (await hasSchema.get(on))?.exists ? ((await found.get(on))?.version ?? 0) : 0;
  if (version > migrations.length)
    throw new WrongSchema(
      `it was written by a newer Postrider (schema ${version}; this one knows up to ${migrations.length}); ` +
        'run that version, or restore a backup from before the update',
    );
  const other = version === 0 ? await otherTables.get(on) : undefined;
  if (other)
    throw new WrongSchema(
      `its schema has tables of another program ("${other.name}"); create a database or a schema for Postrider`,
    );
  return version;
}
