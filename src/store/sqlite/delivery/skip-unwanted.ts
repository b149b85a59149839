import type { DatabaseSync } from 'node:sqlite';
import type { EntryState } from '../../rules/entry-filter.ts';
import { runOf } from '../../rules/post-run.ts';
import { change, select } from '../sql.ts';
import type { JournalTable } from './journal-table.ts';

/** Maximum number of entries that one statement skips. */
const MAX_RUN = 200;
/** Maximum number of destinations that one statement moves: about ten milliseconds, in which nothing else runs. */
export const BATCH_SIZE = 2_000;

/**
 * Whether a replace or delete is excluded for destination `d`: `judgeEntry` in SQL, for many destinations at once.
 * `test/store/sqlite/delivery/skip-rule.test.ts` compares the two.
 */
const IS_EXCLUDED = `(
  (:action = 'replace' AND (:undone OR (
    NOT EXISTS (SELECT 1 FROM in_flight AS f WHERE f.destination = d.ref AND f.seq = :seq)
    AND NOT EXISTS (
      SELECT 1 FROM receipt AS r
      WHERE r.destination = d.ref AND r.key = :key AND coalesce(r.note_id, r.key) <> :current))))
  OR NOT EXISTS (SELECT 1 FROM receipt AS r WHERE r.destination = d.ref AND r.key = :key)
)`;

/** Active destinations at one position, except busy ones and those that may have sent a part of the next entry. */
const AT_POSITION = `SELECT d.ref FROM destination AS d INDEXED BY destination_behind
  WHERE d.state = 'active' AND d.held_ms IS NULL AND d.platform IN (SELECT value FROM json_each(:platforms))
  AND d.position = :position AND d.id NOT IN (SELECT value FROM json_each(:busy))
  AND NOT EXISTS (
    SELECT 1 FROM in_flight AS f
    WHERE f.destination = d.ref AND f.seq = :position + 1 AND f.part IS NOT NULL)`;

interface SkipResult {
  readonly entries: number;
  readonly moved: number;
}

export type EntrySkipper = ReturnType<typeof createEntrySkipper>;

/** Moves positions past entries that destinations don't want. Its methods run inside the caller's transaction. */
export function createEntrySkipper(db: DatabaseSync, journal: JournalTable) {
  // One index lookup per platform instead of one per destination.
  const platforms = select<{ name: string }>(
    db,
    `WITH RECURSIVE platform (name) AS (
       SELECT min(platform) FROM destination WHERE state = 'active'
       UNION ALL
       SELECT (SELECT min(platform) FROM destination WHERE state = 'active' AND platform > name)
       FROM platform WHERE name IS NOT NULL)
     SELECT name FROM platform WHERE name IS NOT NULL`,
  );
  const skipPosts = change(
    db,
    `UPDATE destination SET position = position + coalesce(
       (SELECT min(first.value) FROM json_each(:firsts) AS first WHERE instr(post_types, first.key)), :count)
     WHERE ref IN (${AT_POSITION} AND NOT instr(d.post_types, :wanted) LIMIT ${BATCH_SIZE})`,
  );
  const skipChange = change(
    db,
    `UPDATE destination SET position = :seq WHERE ref IN (${AT_POSITION} AND ${IS_EXCLUDED} LIMIT ${BATCH_SIZE})`,
  );
  const skipOne = change(db, 'UPDATE destination SET position = position + 1 WHERE ref = :ref');

  /**
   * Moves the destinations at a position for which the next entry is excluded: over a run of posts to the first one they
   * want, or over one replace or delete. Moves all of them, unless `moved` reaches `BATCH_SIZE`.
   */
  function skip(names: readonly string[], position: number, busy: Iterable<string>): SkipResult {
    const at = { position, platforms: JSON.stringify(names), busy: JSON.stringify([...busy]) };
    const entries = journal.after(position, MAX_RUN);
    const [next] = entries;
    if (!next) return { entries: 0, moved: 0 };
    if (next.action !== 'post') return { entries: 1, moved: skipChange({ ...at, ...parametersOf(next) }) };
    const { count, wanted, firsts } = runOf(entries);
    const run = { count, wanted, firsts: JSON.stringify(Object.fromEntries(firsts)) };
    return { entries: count, moved: skipPosts({ ...at, ...run }) };
  }

  return {
    /** On one platform; returns how many destinations moved. `busy` ones stay. */
    skip: (platform: string, position: number, busy: Iterable<string>): number =>
      skip([platform], position, busy).moved,
    /**
     * For destinations that were up to date when the journal ended with `head`. False if there were too many to move at
     * once; call it again then.
     */
    skipNew(head: number): boolean {
      const names = platforms.all().map(({ name }) => name);
      const newHead = journal.head();
      for (let position = head; position < newHead; ) {
        const { entries, moved } = skip(names, position, []);
        if (moved >= BATCH_SIZE) return false;
        position += entries;
      }
      return true;
    },
    /** Moves one destination past the next entry. */
    skipOne: (ref: number): void => void skipOne({ ref }),
  };
}

const parametersOf = ({ seq, action, key, currentId, isUndone }: EntryState) => ({
  seq,
  action,
  key,
  undone: isUndone ? 1 : 0,
  current: currentId ?? '',
});
