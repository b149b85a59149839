import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isOurs } from './backup/database-file.ts';
import { MIGRATIONS, pragma } from './migrations/migrate.ts';
import { select } from './sql.ts';
import { explainError } from './sqlite-errors.ts';

export type DatabaseState =
  | { readonly status: 'absent' }
  | { readonly status: 'usable'; readonly schema: number; readonly notes: number }
  /** `reason` completes "can't use …:". */
  | { readonly status: 'unusable'; readonly reason: string };

/** Looks at a database, which may be in use, without migrating it or changing what it holds. Never throws. */
export function inspectDatabase(path: string): DatabaseState {
  if (!existsSync(path)) return { status: 'absent' };
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path);
    db.exec('PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE; ROLLBACK');
    const schema = pragma(db, 'user_version');
    if (schema === 0 && select(db, 'SELECT 1 FROM sqlite_schema').get() === undefined)
      return { status: 'usable', schema, notes: 0 };
    if (!isOurs(db)) return { status: 'unusable', reason: "it holds another program's data" };
    const known = MIGRATIONS.length;
    if (schema > known)
      return {
        status: 'unusable',
        reason: `a newer Postrider wrote it (schema ${schema}; this one knows ${known})`,
      };
    const [damage] = select<{ quick_check: string }>(db, 'PRAGMA quick_check(1)').all();
    if (damage && damage.quick_check !== 'ok')
      return { status: 'unusable', reason: `it is damaged: ${damage.quick_check}` };
    const { notes = 0 } = select<{ notes: number }>(db, 'SELECT count(*) AS notes FROM note').get() ?? {};
    return { status: 'usable', schema, notes };
  } catch (error) {
    return { status: 'unusable', reason: explainError(error) };
  } finally {
    if (db?.isOpen) db.close();
  }
}
