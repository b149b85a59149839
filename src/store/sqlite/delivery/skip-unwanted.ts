import type { DatabaseSync } from 'node:sqlite';
import { change, select } from '../sql.ts';
import type { JournalRow, JournalTable } from './journal-table.ts';

/** How many entries one statement passes over at most. */
const MAX_RUN = 200;
/** And for how many destinations: some ten milliseconds, in which nothing else goes on. */
export const BATCH_SIZE = 2_000;

/**
 * Whether destination `d` has nothing to do for a replace or delete. An entry that was begun here goes on, although
 * each part that stands may be the newest already: there may be more parts to come.
 */
const NOTHING_STANDS = `(
  (:action = 'replace' AND (:undone OR (d.begun_seq IS NOT :seq AND NOT EXISTS (
    SELECT 1 FROM receipt AS r
    WHERE r.destination = d.ref AND r.key = :key AND coalesce(r.note_id, r.key) <> :current))))
  OR NOT EXISTS (SELECT 1 FROM receipt AS r WHERE r.destination = d.ref AND r.key = :key)
)`;

/**
 * Active destinations at one position. Those in `busy` may be working on the entry after it, and where a part of that
 * is in doubt, delivery is to look at it.
 */
const AT_POSITION = `SELECT d.ref FROM destination AS d INDEXED BY destination_behind
  WHERE d.state = 'active' AND d.held_ms IS NULL AND d.platform IN (SELECT value FROM json_each(:platforms))
  AND d.position = :position AND d.id NOT IN (SELECT value FROM json_each(:busy))
  AND NOT (d.begun_seq IS :position + 1 AND d.begun_part IS NOT NULL)`;

interface SkipResult {
  readonly entries: number;
  readonly moved: number;
}

export type EntrySkipper = ReturnType<typeof createEntrySkipper>;

/** Moves positions on over what destinations don't want. Runs inside the caller's transaction. */
export function createEntrySkipper(db: DatabaseSync, journal: JournalTable) {
  // One look per platform instead of one per destination.
  const platforms = select<{ name: string }>(
    db,
    `WITH RECURSIVE platform (name) AS (
       SELECT min(platform) FROM destination WHERE state = 'active'
       UNION ALL
       SELECT (SELECT min(platform) FROM destination WHERE state = 'active' AND platform > name)
       FROM platform WHERE name IS NOT NULL)
     SELECT name FROM platform WHERE name IS NOT NULL`,
  );
  const passPosts = change(
    db,
    `UPDATE destination SET attempts = 0, position = position + coalesce(
       (SELECT min(first.value) FROM json_each(:firsts) AS first WHERE instr(post_types, first.key)), :count)
     WHERE ref IN (${AT_POSITION} AND NOT instr(d.post_types, :wanted) LIMIT ${BATCH_SIZE})`,
  );
  const passOne = change(db, 'UPDATE destination SET attempts = 0, position = position + 1 WHERE ref = :ref');
  const passFollowing = change(
    db,
    `UPDATE destination SET attempts = 0, position = :seq
     WHERE ref IN (${AT_POSITION} AND ${NOTHING_STANDS} LIMIT ${BATCH_SIZE})`,
  );
  const nothingStands = select<{ ref: number }>(
    db,
    `SELECT d.ref FROM destination AS d WHERE d.ref = :ref AND ${NOTHING_STANDS}`,
  );

  /**
   * Moves destinations at the position that don't want the entry after it: over a run of posts to the first one they
   * want, or over one replace or delete. Returns how many entries were looked at, and how many destinations moved: all,
   * unless there are as many as `SOME`.
   */
  function pass(names: readonly string[], position: number, busy: Iterable<string>): SkipResult {
    const at = { position, platforms: JSON.stringify(names), busy: JSON.stringify([...busy]) };
    const entries = journal.after(position, MAX_RUN);
    const [next] = entries;
    if (!next) return { entries: 0, moved: 0 };
    if (next.action !== 'post') return { entries: 1, moved: passFollowing({ ...at, ...valuesOf(next) }) };
    const end = entries.findIndex(({ action }) => action !== 'post');
    const posts = end < 0 ? entries : entries.slice(0, end);
    const firsts: Record<string, number> = {};
    for (const [index, post] of posts.entries()) firsts[wantedAs(post)] ??= index;
    const run = { firsts: JSON.stringify(firsts), count: posts.length, wanted: wantedAs(next) };
    return { entries: posts.length, moved: passPosts({ ...at, ...run }) };
  }

  return {
    /** For one platform: how many destinations moved. `busy` are left where they are. */
    pass: (platform: string, position: number, busy: Iterable<string>): number =>
      pass([platform], position, busy).moved,
    /**
     * For those who were up to date when the journal ended with `head`. False where there are so many that not all have
     * been moved on: then it is to be called again.
     */
    passNew(head: number): boolean {
      const names = platforms.all().map(({ name }) => name);
      const newHead = journal.head();
      for (let position = head; position < newHead; ) {
        const { entries, moved } = pass(names, position, []);
        if (moved >= BATCH_SIZE) return false;
        position += entries;
      }
      return true;
    },
    /** One destination, over the entry after its position. */
    passOne(ref: number): void {
      passOne({ ref });
    },
    /** Whether one destination wants the entry, as far as a post type tells. */
    wants(destination: { readonly ref: number; readonly post_types: string }, entry: JournalRow): boolean {
      if (entry.action === 'post') return destination.post_types.includes(wantedAs(entry));
      return nothingStands.get({ ref: destination.ref, ...valuesOf(entry) }) === undefined;
    },
  };
}

/** What a destination's post types must contain. Nobody wants what was taken back. */
const wantedAs = (post: JournalRow): string => (post.undone ? 'nobody' : ` ${post.post_type} `);

const valuesOf = ({ seq, action, key, current, undone }: JournalRow) => ({
  seq,
  action,
  key,
  undone,
  current: current ?? '',
});
