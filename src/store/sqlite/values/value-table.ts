import type { DatabaseSync } from 'node:sqlite';
import type { StoredValue } from '../../rules/erase-person.ts';
import type { ValueTable } from '../../rules/keyv-storage.ts';
import { change, select, transaction } from '../sql.ts';

/** The table of values, each with its own expiry. */
export function createValueTable(db: DatabaseSync, now: () => number) {
  const read = select<StoredValue>(
    db,
    `SELECT name, value FROM value
     WHERE namespace = :namespace AND name = :name AND (expires_ms IS NULL OR expires_ms > :now)`,
  );
  const readPage = select<StoredValue>(
    db,
    `SELECT name, value FROM value
     WHERE namespace = :namespace AND name > :after AND (expires_ms IS NULL OR expires_ms > :now)
     ORDER BY name LIMIT 100`,
  );
  const write = change(
    db,
    `INSERT OR REPLACE INTO value (namespace, name, value, expires_ms) VALUES (:namespace, :name, :value, :expiresMs)`,
  );
  const remove = change(db, 'DELETE FROM value WHERE namespace = :namespace AND name = :name');
  const clear = change(db, 'DELETE FROM value WHERE namespace = :namespace');
  const sweep = change(db, 'DELETE FROM value WHERE expires_ms <= :now');

  const table: ValueTable = {
    read: async (namespace, names) => names.map((name) => read.get({ namespace, name, now: now() })?.value),
    page: async (namespace, after) => readPage.all({ namespace, after, now: now() }),
    write: async (namespace, values) =>
      transaction(db, () => {
        for (const value of values) write({ namespace, ...value });
      }),
    remove: async (namespace, names) =>
      transaction(db, () => names.map((name) => remove({ namespace, name }) > 0)),
    clear: async (namespace) => void clear({ namespace }),
  };
  return {
    table,
    /** Deletes expired values. */
    sweep(nowMs: number): void {
      sweep({ now: nowMs });
    },
  };
}
