import type { PostType } from '../../note/post-types.ts';
import type { JournalEntry } from '../journal.ts';
import type { EntryState } from '../rules/entry-filter.ts';
import type { DailyStats } from './daily-stats.ts';
import { notify } from './notify.ts';
import { type Connection, change, select, together } from './sql.ts';

/** An entry to append. */
export type NewEntry =
  | {
      readonly action: 'post';
      readonly key: string;
      readonly postType: PostType;
      readonly isBreaking: boolean;
    }
  | { readonly action: 'replace' | 'delete'; readonly key: string };

interface EntryRow extends JournalEntry {
  readonly post_type: PostType | null;
  /** Id of the newest version. */
  readonly current: string | null;
  readonly undone: boolean;
}

export type JournalTable = ReturnType<typeof createJournalTable>;

const headRow = select<{ seq: number }>('SELECT seq FROM head');
const lockedHead = select<{ seq: number }>('SELECT seq FROM head FOR UPDATE');
const lastPriority = select<{ seq: number }>(
  `SELECT seq FROM journal WHERE is_breaking OR action <> 'post' ORDER BY seq DESC LIMIT 1`,
);
const lastActions = select<Pick<JournalEntry, 'key' | 'action'>>(
  `SELECT k.key, last.action FROM unnest(:keys::text[]) AS k (key), LATERAL (
     SELECT j.action FROM journal AS j WHERE j.key = k.key ORDER BY j.seq DESC LIMIT 1) AS last`,
);
// The row of `head` stays locked until the commit, so entries become visible in the order of their numbers.
const insert = change(
  `WITH moved AS (UPDATE head SET seq = seq + :count RETURNING seq)
   INSERT INTO journal (seq, action, key, post_type, is_breaking)
   SELECT moved.seq - :count + e.n, e.action, e.key, e.post_type, e.is_breaking
   FROM moved, unnest(:actions::text[], :keys::text[], :postTypes::text[], :areBreaking::boolean[])
     WITH ORDINALITY AS e (action, key, post_type, is_breaking, n)`,
);

/** Selects `EntryRow`s of the journal as `j`. */
const ENTRY = `SELECT j.seq, j.action, j.key, j.post_type, n.id AS current,
  n.id IS NULL OR EXISTS (
    SELECT 1 FROM journal AS k WHERE k.key = j.key AND k.seq > j.seq AND k.action = 'delete'
  ) AS undone`;
const NOTE = 'LEFT JOIN note AS n ON n.key = j.key';
const entriesAfter = select<EntryRow>(
  `${ENTRY} FROM journal AS j ${NOTE} WHERE j.seq > :position ORDER BY j.seq LIMIT :limit`,
);
const entriesAt = select<EntryRow>(`${ENTRY} FROM journal AS j ${NOTE} WHERE j.seq = ANY (:seqs::bigint[])`);
const priorityAfterEach = select<EntryRow & { readonly position: number }>(
  `SELECT p.position, e.* FROM unnest(:positions::bigint[]) AS p (position) CROSS JOIN LATERAL (
     ${ENTRY} FROM journal AS j ${NOTE}
     WHERE j.seq > p.position AND (j.is_breaking OR j.action <> 'post') ORDER BY j.seq LIMIT :limit) AS e
   ORDER BY e.seq`,
);

/** The append-only list of posts, replacements and deletions to deliver. */
export function createJournalTable(dailyStats: DailyStats) {
  return {
    /** Where the journal ends. */
    head: async (on: Connection): Promise<number> => (await headRow.get(on))?.seq ?? 0,
    /** The same; nobody else changes the journal or the archive until the transaction ends. */
    lockHead: async (on: Connection): Promise<number> => (await lockedHead.get(on))?.seq ?? 0,
    /**
     * Appends posts, and the replacements and deletions of notes that the journal has by then; leaves out those of other
     * notes. Runs in the transaction of `on`.
     */
    async append(on: Connection, added: readonly NewEntry[]): Promise<void> {
      const changed = added.flatMap(({ action, key }) => (action === 'post' ? [] : key));
      const before = changed.length === 0 ? [] : await lastActions.all(on, { keys: [...new Set(changed)] });
      const wanted = journaled(added, before);
      if (wanted.length === 0) return;
      const posts = wanted.filter(({ action }) => action === 'post').length;
      await together([
        insert(on, {
          count: wanted.length,
          actions: wanted.map(({ action }) => action),
          keys: wanted.map(({ key }) => key),
          postTypes: wanted.map((one) => (one.action === 'post' ? one.postType : null)),
          areBreaking: wanted.map((one) => one.action === 'post' && one.isBreaking),
        }),
        ...(posts > 0 ? [dailyStats.count(on, 'posts', undefined, posts)] : []),
        notify(on, 'journal'),
      ]);
    },
    /** The entries after a position, in order. */
    after: async (on: Connection, position: number, limit: number): Promise<readonly EntryState[]> =>
      (await entriesAfter.all(on, { position, limit })).map(toEntry),
    /** Those with these numbers, by number. */
    entriesAt: async (on: Connection, seqs: readonly number[]): Promise<ReadonlyMap<number, EntryState>> =>
      new Map((await entriesAt.all(on, { seqs })).map((row) => [row.seq, toEntry(row)])),
    /**
     * Entries that may be delivered ahead of their turn: breaking news, and changes to delivered notes. For each position,
     * some of those after it, in order.
     */
    async priorityAfter(
      on: Connection,
      positions: readonly number[],
      limit: number,
    ): Promise<ReadonlyMap<number, readonly EntryState[]>> {
      const rows = await priorityAfterEach.all(on, { positions, limit });
      return mapValues(
        Map.groupBy(rows, ({ position }) => position),
        (some) => some.map(toEntry),
      );
    },
    lastPriority: async (on: Connection): Promise<number> => (await lastPriority.get(on))?.seq ?? 0,
  };
}

/** Those that the journal takes; `before`: its last entry of each key that is to be replaced or deleted. */
function journaled(
  added: readonly NewEntry[],
  before: readonly Pick<JournalEntry, 'key' | 'action'>[],
): readonly NewEntry[] {
  const last = new Map(before.map(({ key, action }) => [key, action]));
  return added.filter(({ action, key }) => {
    if (action !== 'post' && (last.get(key) ?? 'delete') === 'delete') return false;
    last.set(key, action);
    return true;
  });
}

const mapValues = <Key, From, To>(
  map: ReadonlyMap<Key, From>,
  to: (value: From) => To,
): ReadonlyMap<Key, To> => new Map([...map].map(([key, value]) => [key, to(value)]));

const toEntry = ({ seq, action, key, post_type, current, undone }: EntryRow): EntryState => ({
  seq,
  action,
  key,
  ...(post_type !== null && { postType: post_type }),
  ...(current !== null && { currentId: current }),
  isUndone: undone,
});
