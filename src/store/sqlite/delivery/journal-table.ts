import type { DatabaseSync } from 'node:sqlite';
import type { PostType } from '../../../note/post-types.ts';
import type { JournalEntry } from '../../journal.ts';
import type { EntryState } from '../../rules/entry-filter.ts';
import type { DailyStats } from '../daily-stats.ts';
import { change, select } from '../sql.ts';

interface EntryRow extends JournalEntry {
  readonly post_type: PostType | null;
  /** Id of the newest version. */
  readonly current: string | null;
  readonly undone: 0 | 1;
}

export type JournalTable = ReturnType<typeof createJournalTable>;

/**
 * The append-only list of posts, replacements and deletions to deliver. Its methods run inside the caller's
 * transaction.
 */
export function createJournalTable(db: DatabaseSync, dailyStats: DailyStats) {
  const head = select<{ seq: number }>(db, 'SELECT coalesce(max(seq), 0) AS seq FROM journal');
  const append = change(
    db,
    'INSERT INTO journal (action, key, post_type, is_breaking) VALUES (:action, :key, :postType, :isBreaking)',
  );
  const lastPriority = select<{ seq: number }>(
    db,
    `SELECT seq FROM journal INDEXED BY journal_ahead WHERE is_breaking OR action <> 'post' ORDER BY seq DESC LIMIT 1`,
  );
  const last = select<{ action: JournalEntry['action'] }>(
    db,
    'SELECT action FROM journal WHERE key = :key ORDER BY seq DESC LIMIT 1',
  );
  const action = select<{ action: JournalEntry['action'] }>(
    db,
    'SELECT action FROM journal WHERE seq = :seq',
  );
  const entries = (which: string) => {
    const rows = select<EntryRow>(
      db,
      `SELECT j.seq, j.action, j.key, j.post_type, n.id AS current,
         n.id IS NULL OR EXISTS (
           SELECT 1 FROM journal AS k WHERE k.key = j.key AND k.seq > j.seq AND k.action = 'delete'
         ) AS undone
       FROM journal AS j ${which} ORDER BY j.seq LIMIT :limit`,
    );
    return (position: number, limit: number): readonly EntryState[] =>
      rows.all({ position, limit }).map(toEntry);
  };

  return {
    head: (): number => head.get()?.seq ?? 0,
    appendPost(key: string, postType: PostType, isBreaking: boolean): void {
      append({ action: 'post', key, postType, isBreaking: isBreaking ? 1 : 0 });
      dailyStats.count('posts');
    },
    /** Appends a replacement or deletion of a note that the journal has; does nothing for other notes. */
    appendChange(action: 'replace' | 'delete', key: string): void {
      const before = last.get({ key });
      if (before && before.action !== 'delete') append({ action, key, postType: null, isBreaking: 0 });
    },
    isPost: (seq: number): boolean => action.get({ seq })?.action === 'post',
    /** The entries after a position, in order. */
    after: entries('LEFT JOIN note AS n ON n.key = j.key WHERE j.seq > :position'),
    /** Entries that may be delivered ahead of their turn: breaking news, and changes to delivered notes. */
    priorityAfter: entries(
      `INDEXED BY journal_ahead LEFT JOIN note AS n ON n.key = j.key
       WHERE j.seq > :position AND (j.is_breaking OR j.action <> 'post')`,
    ),
    lastPriority: (): number => lastPriority.get()?.seq ?? 0,
  };
}

const toEntry = ({ seq, action, key, post_type, current, undone }: EntryRow): EntryState => ({
  seq,
  action,
  key,
  ...(post_type !== null && { postType: post_type }),
  ...(current !== null && { currentId: current }),
  isUndone: undone === 1,
});
