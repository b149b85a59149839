import type { DatabaseSync } from 'node:sqlite';
import type { EntryState } from '../../rules/entry-filter.ts';
import { BEFORE_ALL, runOf, type SkipCursor } from '../../rules/skipping.ts';
import { change, select } from '../sql.ts';
import type { JournalTable } from './journal-table.ts';

/** Maximum number of entries that one statement skips. */
const MAX_RUN = 200;
/** Maximum number of destinations that one transaction looks at: about ten milliseconds, in which nothing else runs. */
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

/** Active destinations of a platform at one position, behind one of them in the order of the index. */
const AT_POSITION = `FROM destination AS d INDEXED BY destination_behind
  WHERE d.state = 'active' AND d.held_ms IS NULL AND d.platform = :platform AND d.position = :position AND d.ref > :after`;

/** Those of a batch, except busy ones and those that may have sent a part of the next entry. */
const FREE = `SELECT d.ref ${AT_POSITION} AND d.ref <= :last AND d.id NOT IN (SELECT value FROM json_each(:busy))
  AND NOT EXISTS (
    SELECT 1 FROM in_flight AS f
    WHERE f.destination = d.ref AND f.seq = :position + 1 AND f.part IS NOT NULL)`;

interface SkipResult {
  readonly moved: number;
  /** There are more at that position. */
  readonly next?: SkipCursor;
}

export type EntrySkipper = ReturnType<typeof createEntrySkipper>;

/** Moves positions past entries that destinations don't want. Its methods run inside the caller's transaction. */
export function createEntrySkipper(db: DatabaseSync, journal: JournalTable) {
  // One index lookup per platform instead of one per destination.
  const platforms = select<{ name: string }>(
    db,
    `WITH RECURSIVE platform (name) AS (
       SELECT min(platform) FROM destination INDEXED BY destination_behind WHERE state = 'active' AND held_ms IS NULL
       UNION ALL
       SELECT (SELECT min(platform) FROM destination INDEXED BY destination_behind
               WHERE state = 'active' AND held_ms IS NULL AND platform > name)
       FROM platform WHERE name IS NOT NULL)
     SELECT name FROM platform WHERE name IS NOT NULL`,
  );
  const lastOfBatch = select<{ ref: number }>(
    db,
    `SELECT d.ref ${AT_POSITION} ORDER BY d.ref LIMIT 1 OFFSET ${BATCH_SIZE - 1}`,
  );
  const skipPosts = change(
    db,
    `UPDATE destination SET position = position + coalesce(
       (SELECT min(first.value) FROM json_each(:firsts) AS first WHERE instr(post_types, first.key)), :count)
     WHERE ref IN (${FREE} AND NOT instr(d.post_types, :wanted))`,
  );
  const skipChange = change(
    db,
    `UPDATE destination SET position = :seq WHERE ref IN (${FREE} AND ${IS_EXCLUDED})`,
  );
  const skipOne = change(db, 'UPDATE destination SET position = position + 1 WHERE ref = :ref');

  /**
   * Moves those of the next `BATCH_SIZE` destinations for which the first entry is excluded: over a run of posts to the first
   * one they want, or over one replace or delete.
   */
  function skip(from: SkipCursor, entries: readonly EntryState[], busy: Iterable<string>): SkipResult {
    const last = lastOfBatch.get({ ...from })?.ref;
    const at = { ...from, last: last ?? Number.MAX_SAFE_INTEGER, busy: JSON.stringify([...busy]) };
    const next = last === undefined ? {} : { next: { ...from, after: last } };
    const [first] = entries;
    if (!first) return { moved: 0 };
    if (first.action !== 'post') return { moved: skipChange({ ...at, ...parametersOf(first) }), ...next };
    const { count, wanted, firsts } = runOf(entries);
    const run = { count, wanted, firsts: JSON.stringify(Object.fromEntries(firsts)) };
    return { moved: skipPosts({ ...at, ...run }), ...next };
  }

  return {
    /** Among the next `BATCH_SIZE` behind the destination `after` of one platform; returns how many moved. `busy` ones stay. */
    skip: (platform: string, position: number, busy: Iterable<string>, after = BEFORE_ALL): number =>
      skip({ platform, position, after }, journal.after(position, MAX_RUN), busy).moved,
    /**
     * For destinations that were up to date when the journal ended with `from.position`. Returns where to go on, in another
     * transaction, if there are too many to look at in this one.
     */
    skipNew(from: SkipCursor): SkipCursor | undefined {
      const names = platforms.all().map(({ name }) => name);
      const newHead = journal.head();
      for (let { position } = from; position < newHead; ) {
        const entries = journal.after(position, MAX_RUN);
        const isFirst = position === from.position;
        for (const platform of names.filter((name) => !isFirst || name >= from.platform)) {
          const after = isFirst && platform === from.platform ? from.after : BEFORE_ALL;
          const { next } = skip({ position, platform, after }, entries, []);
          if (next) return next;
        }
        position += Math.max(runOf(entries).count, 1);
      }
      return undefined;
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
