import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { damageIn } from './backup/database-file.ts';
import { databaseKind, pragma, schemaProblem } from './migrations/migrate.ts';
import { select } from './sql.ts';
import { explainError } from './sqlite-errors.ts';
import { unfinishedCopyProblem } from './unfinished-copy.ts';

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
    const problem = schemaProblem(db) ?? unfinishedCopyProblem(db);
    if (problem !== undefined) return { status: 'unusable', reason: problem };
    const schema = pragma(db, 'user_version');
    if (databaseKind(db) === 'empty') return { status: 'usable', schema, notes: 0 };
    const damage = damageIn(db, 'quick_check');
    if (damage !== undefined) return { status: 'unusable', reason: `it is damaged: ${damage}` };
    const { notes = 0 } = select<{ notes: number }>(db, 'SELECT count(*) AS notes FROM note').get() ?? {};
    return { status: 'usable', schema, notes };
  } catch (error) {
    return { status: 'unusable', reason: explainError(error) };
  } finally {
    if (db?.isOpen) db.close();
  }
}
