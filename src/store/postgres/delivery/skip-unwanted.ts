import type { EntryState } from '../../rules/entry-filter.ts';
import { BEFORE_ALL, runOf, type SkipCursor } from '../../rules/skipping.ts';
import { type Connection, change, type SqlValues, select } from '../sql.ts';

/** What skipping needs of the journal. */
export interface SkippedJournal {
  head(on: Connection): Promise<number>;
  /** The entries after a position, in order. */
  after(on: Connection, position: number, limit: number): Promise<readonly EntryState[]>;
}

/** Maximum number of entries that one statement skips. */
const MAX_RUN = 200;
/** Maximum number of destinations that one transaction looks at: some tens of milliseconds, in which no result can be recorded. */
export const BATCH_SIZE = 2_000;

/** Destination `d` may not have sent a part of the entry after the position. */
const NOT_BEGUN = `NOT EXISTS (
  SELECT 1 FROM in_flight AS f WHERE f.destination = d.ref AND f.seq = :position + 1 AND f.part IS NOT NULL)`;

/** Whether a run of posts begins with one that is excluded for destination `d`. */
const POST_IS_EXCLUDED = `strpos(d.post_types, :wanted) = 0 AND ${NOT_BEGUN}`;

/**
 * Whether a replace or delete is excluded for destination `d`: `judgeEntry` in SQL, for many destinations at once.
 * `test/store/skip-rule.test.ts` compares the two.
 */
const CHANGE_IS_EXCLUDED = `(
  (:action::text = 'replace' AND (:undone::boolean OR (
    NOT EXISTS (SELECT 1 FROM in_flight AS f WHERE f.destination = d.ref AND f.seq = :position + 1)
    AND NOT EXISTS (
      SELECT 1 FROM receipt AS r
      WHERE r.destination = d.ref AND r.key = :key AND coalesce(r.note_id, r.key) <> :current))))
  OR NOT EXISTS (SELECT 1 FROM receipt AS r WHERE r.destination = d.ref AND r.key = :key)
) AND ${NOT_BEGUN}`;

/** Active destinations of a platform at one position, behind one of them in the order of the index. */
const AT_POSITION = `FROM destination AS d
  WHERE d.state = 'active' AND d.held_ms IS NULL AND d.platform = :platform AND d.position = :position::bigint
    AND d.ref > :after::bigint`;

/**
 * Locks those of a batch. Those locked by another transaction are left to their platform's next look,
 * so neither waits for the other.
 */
const lockAt = (condition: string) =>
  select<{ ref: number }>(
    `SELECT d.ref ${AT_POSITION} AND d.ref <= :last::bigint
       AND NOT EXISTS (SELECT 1 FROM unnest(:busy::text[]) AS b (id) WHERE b.id = d.id) AND ${condition}
     FOR NO KEY UPDATE OF d SKIP LOCKED`,
  );

/**
 * Moves locked destinations, unless an intent or receipt was recorded after the statement that locked them had begun: only
 * a statement that begins under the lock sees it.
 */
const moveTo = (position: string, condition: string) =>
  change(
    `UPDATE destination AS d SET position = ${position}
     WHERE d.ref = ANY (:refs::bigint[]) AND d.position = :position::bigint AND ${condition}`,
  );

// One index lookup per platform instead of one per destination.
const platforms = select<{ name: string }>(
  `WITH RECURSIVE platform (name) AS (
     (SELECT platform FROM destination WHERE state = 'active' AND held_ms IS NULL ORDER BY platform LIMIT 1)
     UNION ALL
     SELECT (SELECT d.platform FROM destination AS d
             WHERE d.state = 'active' AND d.held_ms IS NULL AND d.platform > p.name ORDER BY d.platform LIMIT 1)
     FROM platform AS p WHERE p.name IS NOT NULL)
   SELECT name FROM platform WHERE name IS NOT NULL`,
);
const lastOfBatch = select<{ ref: number }>(
  `SELECT d.ref ${AT_POSITION} ORDER BY d.ref LIMIT 1 OFFSET ${BATCH_SIZE - 1}`,
);
const lockForPosts = lockAt(POST_IS_EXCLUDED);
const movePastPosts = moveTo(
  `d.position + coalesce(
     (SELECT min(first.index) FROM unnest(:firsts::text[], :indexes::bigint[]) AS first (name, index)
      WHERE strpos(d.post_types, first.name) > 0), :count::bigint)`,
  POST_IS_EXCLUDED,
);
const lockForChange = lockAt(CHANGE_IS_EXCLUDED);
const movePastChange = moveTo('d.position + 1', CHANGE_IS_EXCLUDED);

interface SkipResult {
  readonly moved: number;
  /** There are more at that position. */
  readonly next?: SkipCursor;
}

export type EntrySkipper = ReturnType<typeof createEntrySkipper>;

/** Moves positions past entries that destinations don't want. Its methods run inside the caller's transaction. */
export function createEntrySkipper(journal: SkippedJournal) {
  /** Moves the destinations that `lock` finds; returns how many. */
  async function moveAll(
    on: Connection,
    lock: ReturnType<typeof lockAt>,
    move: ReturnType<typeof moveTo>,
    values: SqlValues,
  ): Promise<number> {
    const refs = (await lock.all(on, values)).map(({ ref }) => ref);
    if (refs.length > 0) await move(on, { ...values, refs });
    return refs.length;
  }

  /**
   * Moves those of the next `BATCH_SIZE` destinations for which the first entry is excluded: over a run of posts to the first
   * one they want, or over one replace or delete.
   */
  async function skip(
    on: Connection,
    from: SkipCursor,
    entries: readonly EntryState[],
    busy: Iterable<string>,
  ): Promise<SkipResult> {
    const last = (await lastOfBatch.get(on, { ...from }))?.ref;
    const at = { ...from, last: last ?? Number.MAX_SAFE_INTEGER, busy: [...busy] };
    const next = last === undefined ? {} : { next: { ...from, after: last } };
    const [first] = entries;
    if (!first) return { moved: 0 };
    if (first.action !== 'post') {
      const { action, key, currentId = '', isUndone } = first;
      const about = { action, key, current: currentId, undone: isUndone };
      return { moved: await moveAll(on, lockForChange, movePastChange, { ...at, ...about }), ...next };
    }
    const { count, wanted, firsts } = runOf(entries);
    const run = { wanted, count, firsts: [...firsts.keys()], indexes: [...firsts.values()] };
    return { moved: await moveAll(on, lockForPosts, movePastPosts, { ...at, ...run }), ...next };
  }

  return {
    /**
     * Among the next `BATCH_SIZE` behind the destination `after` of one platform; returns how many were looked at to move.
     * `busy` ones stay.
     */
    skip: async (
      on: Connection,
      platform: string,
      position: number,
      busy: Iterable<string>,
      after = BEFORE_ALL,
    ): Promise<number> =>
      (await skip(on, { platform, position, after }, await journal.after(on, position, MAX_RUN), busy)).moved,
    /**
     * For destinations that were up to date when the journal ended with `from.position`. Returns where to go on, in another
     * transaction, if there are too many to look at in this one.
     */
    async skipNew(on: Connection, from: SkipCursor): Promise<SkipCursor | undefined> {
      const names = (await platforms.all(on)).map(({ name }) => name);
      const newHead = await journal.head(on);
      for (let { position } = from; names.length > 0 && position < newHead; ) {
        const entries = await journal.after(on, position, MAX_RUN);
        const isFirst = position === from.position;
        for (const platform of names.filter((name) => !isFirst || name >= from.platform)) {
          const after = isFirst && platform === from.platform ? from.after : BEFORE_ALL;
          const { next } = await skip(on, { position, platform, after }, entries, []);
          if (next) return next;
        }
        position += Math.max(runOf(entries).count, 1);
      }
      return undefined;
    },
  };
}
