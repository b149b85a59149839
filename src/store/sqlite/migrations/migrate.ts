import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { select, transaction } from '../sql.ts';

/** Marks a file as ours ("PstR"), in the field that SQLite reserves for that in the header. */
const APPLICATION_ID = 0x50737452;

/**
 * The SQL files of this folder in order: `0001.sql` creates schema 1, and each further one leads from the schema before it.
 * Their statements never change once released, because existing databases have run them as they were;
 * `test/store/sqlite/migrations/migrate.test.ts` checks each against its digest.
 */
export const MIGRATIONS: readonly string[] = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.sql'))
  .toSorted()
  .map((file, index) => {
    const expected = `${String(index + 1).padStart(4, '0')}.sql`;
    if (file !== expected) throw new Error(`Found migration ${file} instead of ${expected}`);
    return readFileSync(join(import.meta.dirname, file), 'utf8');
  });

/** A healthy file that this program can't use; the message completes "can't open …:". */
class WrongSchema extends Error {
  override readonly name = 'WrongSchema';
}

/**
 * Brings a database to the newest schema, each step in its own transaction, and returns the schema it had. Refuses one
 * that a newer version wrote, and one of another program.
 */
export function migrate(db: DatabaseSync, migrations: readonly string[] = MIGRATIONS): number {
  const problem = schemaProblem(db, migrations);
  if (problem !== undefined) throw new WrongSchema(problem);
  const found = pragma(db, 'user_version');
  migrations.slice(found).forEach((sql, index) => {
    transaction(db, () => {
      // Another process may have done it meanwhile.
      if (pragma(db, 'user_version') !== found + index) return;
      db.exec(sql);
      db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${found + index + 1}`);
    });
  });
  return found;
}

/** Whose database it is, by its header. `newer`: ours, but of a version whose schema this program doesn't know. */
export function databaseKind(
  db: DatabaseSync,
  migrations: readonly string[] = MIGRATIONS,
): 'empty' | 'foreign' | 'newer' | 'ours' {
  if (pragma(db, 'application_id') === APPLICATION_ID)
    return pragma(db, 'user_version') > migrations.length ? 'newer' : 'ours';
  return select(db, 'SELECT 1 FROM sqlite_schema').get() === undefined ? 'empty' : 'foreign';
}

/** Why this program can't use the database; completes "can't open …:". `undefined` if it can. */
export function schemaProblem(
  db: DatabaseSync,
  migrations: readonly string[] = MIGRATIONS,
): string | undefined {
  switch (databaseKind(db, migrations)) {
    case 'foreign':
      return "it holds another program's data; choose another path";
    case 'newer':
      return (
        `it was written by a newer Postrider (schema ${pragma(db, 'user_version')}; this one knows up to ${migrations.length}); ` +
        'run that version, or restore a backup from before the update'
      );
    case 'empty':
    case 'ours':
      return undefined;
  }
}

/** A number that SQLite keeps in the header of the file. */
export function pragma(db: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return select<Record<string, number>>(db, `PRAGMA ${name}`).get()?.[name] ?? 0;
}
