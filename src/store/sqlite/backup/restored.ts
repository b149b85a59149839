import type { DatabaseSync } from 'node:sqlite';
import { change, select, transaction } from '../sql.ts';

/** In the namespace `setting`, as Keyv writes it: when the database was restored from a backup, in milliseconds since 1970. */
const AT = 'restored-at';
/** The same until the first start afterwards. */
const PENDING = 'restored';

/** Records that a database was restored, in any schema. */
export function markRestored(db: DatabaseSync, nowMs: number): void {
  const put = change(
    db,
    "INSERT OR REPLACE INTO value (namespace, name, value) VALUES ('setting', :name, :value)",
  );
  for (const name of [AT, PENDING]) put({ name, value: JSON.stringify({ value: nowMs }) });
}

/** Whether the database hasn't been started since it was restored. */
export const isRestorePending = (db: DatabaseSync): boolean => restoredMs(db) !== undefined;

const restoredMs = (db: DatabaseSync): number | undefined =>
  select<{ at: number }>(
    db,
    `SELECT json_extract(value, '$.value') AS at FROM value WHERE namespace = 'setting' AND name = '${PENDING}'`,
  ).get()?.at;

/**
 * At the first start after a restore: posts that were waiting when the backup was made have been sent since, so they
 * count as delivered. Only digests that are not due yet keep waiting. Returns the number of destinations that this
 * changed; `undefined` at any other start. Needs the newest schema.
 */
export function settleRestored(db: DatabaseSync): number | undefined {
  const at = restoredMs(db);
  if (at === undefined) return undefined;
  const head =
    select<{ seq: number }>(db, 'SELECT coalesce(max(seq), 0) AS seq FROM journal').get()?.seq ?? 0;
  return transaction(db, () => {
    db.exec('DELETE FROM in_flight');
    const isDigestAhead = 'coalesce(held_ms, 0) > :at';
    change(db, `UPDATE destination SET ahead_seq = :head WHERE ${isDigestAhead}`)({ head, at });
    const settled = change(
      db,
      `UPDATE destination SET position = :head, ahead_seq = :head, held_ms = NULL
       WHERE position < :head AND NOT ${isDigestAhead}`,
    )({ head, at });
    change(db, `DELETE FROM value WHERE namespace = 'setting' AND name = '${PENDING}'`)();
    return settled;
  });
}
