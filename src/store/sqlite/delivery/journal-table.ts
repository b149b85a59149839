import type { DatabaseSync } from 'node:sqlite';
import type { PostType } from '../../../note/note.ts';
import type { JournalEntry } from '../../journal.ts';
import type { DailyStats } from '../daily-stats.ts';
import { change, select } from '../sql.ts';

/** An entry with what decides who still wants it. */
export interface JournalRow extends JournalEntry {
  /** What readers choose by, of the version that was posted. */
  readonly post_type: PostType | null;
  /** Id of the newest version; null where there is none. */
  readonly current: string | null;
  /** 1 where a later entry takes it back. */
  readonly undone: 0 | 1;
}

export type JournalTable = ReturnType<typeof createJournalTable>;

/** The append-only list of what is to reach readers. Its methods run inside the caller's transaction. */
export function createJournalTable(db: DatabaseSync, figures: DailyStats) {
  const head = select<{ seq: number }>(db, 'SELECT coalesce(max(seq), 0) AS seq FROM journal');
  const append = change(
    db,
    'INSERT INTO journal (action, key, post_type, is_breaking) VALUES (:action, :key, :postType, :isBreaking)',
  );
  const lastAhead = select<{ seq: number }>(
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
  const rows = (which: string) =>
    select<JournalRow>(
      db,
      `SELECT j.seq, j.action, j.key, j.post_type, n.id AS current,
       n.id IS NULL OR EXISTS (
         SELECT 1 FROM journal AS k WHERE k.key = j.key AND k.seq > j.seq AND k.action = 'delete'
       ) AS undone
     FROM journal AS j ${which} ORDER BY j.seq LIMIT :limit`,
    );
  const after = rows('LEFT JOIN note AS n ON n.key = j.key WHERE j.seq > :position');
  const aheadAfter = rows(
    `INDEXED BY journal_ahead LEFT JOIN note AS n ON n.key = j.key
     WHERE j.seq > :position AND (j.is_breaking OR j.action <> 'post')`,
  );

  return {
    head: (): number => head.get()?.seq ?? 0,
    post(key: string, postType: PostType, isBreaking: boolean): void {
      append({ action: 'post', key, postType, isBreaking: isBreaking ? 1 : 0 });
      figures.count('posts');
    },
    /** Replaces or deletes what readers were to get; nothing where they were not. */
    follow(action: 'replace' | 'delete', key: string): void {
      const before = last.get({ key });
      if (before && before.action !== 'delete') append({ action, key, postType: null, isBreaking: 0 });
    },
    isPost: (seq: number): boolean => action.get({ seq })?.action === 'post',
    /** Entries after a position, in order. */
    after: (position: number, limit: number): readonly JournalRow[] => after.all({ position, limit }),
    /** Those that may be ahead of their turn: breaking news, and changes of what stands somewhere. */
    aheadAfter: (position: number, limit: number): readonly JournalRow[] =>
      aheadAfter.all({ position, limit }),
    lastAhead: (): number => lastAhead.get()?.seq ?? 0,
  };
}
