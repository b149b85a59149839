import type { DatabaseSync } from 'node:sqlite';
import { DEFAULT_PREFERENCES, type Preferences } from '../../../preferences/preferences.ts';
import type { Destination, DestinationFilter, Subscription } from '../../destinations.ts';
import type { DailyStats } from '../daily-stats.ts';
import { change, select } from '../sql.ts';
import type { JournalTable } from './journal-table.ts';
import { preferenceColumns, preferencesFromColumn } from './preference-columns.ts';

/** A destination as it is stored: see the schema for the columns that `Destination` does not show. */
export interface DestinationRow {
  readonly ref: number;
  readonly id: string;
  readonly platform: string;
  readonly source: Destination['source'];
  /** Names between spaces of the post types that may be wanted. */
  readonly post_types: string;
  /** As text; empty: as where nobody chose. */
  readonly choices: string;
  readonly state: Destination['state'];
  readonly reason: string | null;
  readonly position: number;
  readonly attempts: number;
  readonly begun_seq: number | null;
  readonly begun_part: number | null;
  readonly held_ms: number | null;
  readonly ahead_seq: number;
  readonly begun_ahead: 0 | 1;
}

/** Whether an entry beyond the position is in progress. */
export const hasBegun = (row: DestinationRow): row is DestinationRow & { readonly begun_seq: number } =>
  row.begun_seq !== null && row.begun_seq > row.position;

export const toDestination = (row: DestinationRow): Destination => ({
  id: row.id,
  source: row.source,
  preferences: preferencesFromColumn(row.choices),
  state: row.state,
  ...(row.reason === null ? {} : { reason: row.reason }),
  position: row.position,
});

/** So long the choices and the position of a place are kept that is gone: many are left by mistake. */
const GONE_KEPT_MS = 30 * 86_400_000;

/** Who receives notes. What changes runs inside the caller's transaction. */
export function createDestinations(
  db: DatabaseSync,
  journal: JournalTable,
  figures: DailyStats,
  now: () => number,
) {
  const byId = select<DestinationRow>(db, 'SELECT * FROM destination WHERE id = :id');
  const all = select<DestinationRow>(db, 'SELECT * FROM destination ORDER BY ref');
  // What an index is limited to has to stand in the query word for word.
  const ofConfig = select<DestinationRow>(
    db,
    `SELECT * FROM destination WHERE source = 'config' ORDER BY ref`,
  );
  const atRest = select<DestinationRow>(
    db,
    `SELECT * FROM destination WHERE state <> 'active' AND state = :state ORDER BY ref`,
  );
  // The character after the slash ends the range of a chat's topics.
  const within = select<DestinationRow>(
    db,
    `SELECT * FROM destination WHERE id = :id OR (id > :id || '/' AND id < :id || '0') ORDER BY ref`,
  );
  const add = change(
    db,
    `INSERT INTO destination (id, platform, source, choices, post_types, position)
     VALUES (:id, :platform, :source, :choices, :postTypes, :position)`,
  );
  const activate = change(
    db,
    `UPDATE destination SET source = :source, choices = :choices, post_types = :postTypes, position = :position,
       state = 'active', reason = NULL, gone_ms = NULL, held_ms = NULL, due_ms = NULL, attempts = 0 WHERE id = :id`,
  );
  const choose = change(
    db,
    'UPDATE destination SET choices = :choices, post_types = :postTypes, held_ms = NULL WHERE id = :id',
  );
  const remove = change(db, 'DELETE FROM destination WHERE id = :id');
  const suspend = change(
    db,
    `UPDATE destination SET state = :state, reason = :reason, gone_ms = iif(:state = 'gone', coalesce(gone_ms, :now), NULL)
     WHERE id = :id AND NOT (state = 'gone' AND :state <> 'gone')`,
  );
  const resume = change(
    db,
    `UPDATE destination SET state = 'active', reason = NULL, gone_ms = NULL, due_ms = NULL, attempts = 0
     WHERE id = :id AND state <> 'active'`,
  );
  const clear = change(
    db,
    `DELETE FROM destination
     WHERE state <> 'active' AND state = 'gone' AND source <> 'config' AND gone_ms <= :before`,
  );
  const rename = change(db, 'UPDATE destination SET id = :to, platform = :platform WHERE id = :from');
  const takeReceipts = change(db, 'UPDATE OR IGNORE receipt SET destination = :to WHERE destination = :from');
  const takePlace = change(
    db,
    `UPDATE destination SET position = max(position, :position), state = 'active', reason = NULL, gone_ms = NULL
     WHERE ref = :ref`,
  );

  /** All that fit, and others, in as few as an index can tell. */
  function candidates({ source, state, within: id }: DestinationFilter): readonly DestinationRow[] {
    if (id !== undefined) return within.all({ id });
    if (source === 'config') return ofConfig.all();
    if (state !== undefined && state !== 'active') return atRest.all({ state });
    return all.all();
  }

  function unsubscribe(id: string): boolean {
    const before = byId.get({ id });
    // What is gone has left before.
    if (before && before.state !== 'gone') figures.count('left', id);
    return remove({ id }) > 0;
  }

  return {
    subscribe({ id, source, preferences }: Subscription): 'added' | 'resumed' | 'already' {
      const before = byId.get({ id });
      if (before?.state === 'active') return 'already';
      const position = before?.state === 'suspended' ? before.position : journal.head();
      const kept = before ? preferencesFromColumn(before.choices) : DEFAULT_PREFERENCES;
      const wish = { id, source, ...preferenceColumns(preferences ?? kept), position };
      if (before) activate(wish);
      else add({ ...wish, platform: platformOf(id) });
      if (before?.state !== 'suspended') figures.count('joined', id);
      return before ? 'resumed' : 'added';
    },
    choose: (id: string, choices: Preferences): boolean => choose({ id, ...preferenceColumns(choices) }) > 0,
    unsubscribe,
    destination(id: string): Destination | undefined {
      const row = byId.get({ id });
      return row && toDestination(row);
    },
    destinations(filter: DestinationFilter): readonly Destination[] {
      const { source, state } = filter;
      return candidates(filter)
        .filter((row) => (source ?? row.source) === row.source && (state ?? row.state) === row.state)
        .map(toDestination);
    },
    suspend(id: string, reason: string, gone: boolean): void {
      const before = gone ? byId.get({ id }) : undefined;
      if (before && before.state !== 'gone') figures.count('left', id);
      suspend({ id, reason, state: gone ? 'gone' : 'suspended', now: now() });
    },
    resume(id: string): boolean {
      if (byId.get({ id })?.state === 'gone') figures.count('joined', id);
      return resume({ id }) > 0;
    },
    /** Forgets what has been gone for too long; says how many. */
    clear: (nowMs: number): number => clear({ before: nowMs - GONE_KEPT_MS }),
    /** Forgets those of these ids, and their topics; says which there were. */
    forget(ids: readonly string[]): readonly string[] {
      const gone = ids.flatMap((id) => within.all({ id })).map(({ id }) => id);
      gone.forEach(unsubscribe);
      return gone;
    },
    move(from: string, to: string): void {
      const old = byId.get({ id: from });
      const there = byId.get({ id: to });
      if (!old || from === to) return;
      if (!there) {
        rename({ from, to, platform: platformOf(to) });
        return;
      }
      // Both names stand for one chat now: what either has got, it has got.
      takeReceipts({ from: old.ref, to: there.ref });
      if (old.state === 'active') takePlace({ ref: there.ref, position: old.position });
      remove({ id: from });
    },
  };
}

const platformOf = (id: string): string => id.slice(0, id.indexOf(':'));
