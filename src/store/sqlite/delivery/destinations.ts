import type { DatabaseSync } from 'node:sqlite';
import { DEFAULT_PREFERENCES, type Preferences } from '../../../preferences/preferences.ts';
import type { Destination, DestinationFilter, Subscription } from '../../destinations.ts';
import { preferenceColumns, preferencesFromColumn } from '../../preference-columns.ts';
import { GONE_KEPT_MS, platformOf } from '../../rules/membership.ts';
import type { DailyStats } from '../daily-stats.ts';
import { change, select } from '../sql.ts';
import { type DestinationRow, toDestination } from './destination-rows.ts';
import type { InFlightTable } from './in-flight-table.ts';
import type { JournalTable } from './journal-table.ts';

interface Parts {
  readonly journal: JournalTable;
  readonly inFlight: InFlightTable;
  readonly dailyStats: DailyStats;
  readonly now: () => number;
}

/** The destinations that receive notes. Its methods run inside the caller's transaction. */
export function createDestinations(db: DatabaseSync, { journal, inFlight, dailyStats, now }: Parts) {
  const byId = select<DestinationRow>(db, 'SELECT * FROM destination WHERE id = :id');
  const all = select<DestinationRow>(db, 'SELECT * FROM destination ORDER BY ref');
  // A partial index is used only if its condition is in the query word for word.
  const ofConfig = select<DestinationRow>(
    db,
    `SELECT * FROM destination WHERE source = 'config' ORDER BY ref`,
  );
  const inactive = select<DestinationRow>(
    db,
    `SELECT * FROM destination WHERE state <> 'active' AND state = :state AND :platform IN ('', platform) ORDER BY ref LIMIT :limit`,
  );
  // '0' follows '/' in ASCII, so this is the range of a chat's topics.
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
       state = 'active', reason = NULL, gone_ms = NULL, held_ms = NULL WHERE id = :id`,
  );
  const setPreferences = change(
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
    `UPDATE destination SET state = 'active', reason = NULL, gone_ms = NULL WHERE id = :id`,
  );
  const removeGone = change(
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

  /** All that match and possibly others, narrowed down as far as an index allows. */
  function candidates({
    source,
    state,
    platform = '',
    within: id,
    limit,
  }: DestinationFilter): readonly DestinationRow[] {
    if (id !== undefined) return within.all({ id });
    if (source === 'config') return ofConfig.all();
    if (state !== undefined && state !== 'active')
      return inactive.all({ state, platform, limit: limit ?? -1 });
    return all.all();
  }

  function unsubscribe(id: string): boolean {
    const before = byId.get({ id });
    // A gone destination was counted when it left.
    if (before && before.state !== 'gone') dailyStats.count('left', id);
    return remove({ id }) > 0;
  }

  return {
    subscribe({ id, source, preferences }: Subscription): 'added' | 'resumed' | 'already' {
      const before = byId.get({ id });
      if (before?.state === 'active') return 'already';
      const position = before?.state === 'suspended' ? before.position : journal.head();
      const kept = before ? preferencesFromColumn(before.choices) : DEFAULT_PREFERENCES;
      const row = { id, source, ...preferenceColumns(preferences ?? kept), position };
      if (before) {
        activate(row);
        inFlight.retry(before.ref);
      } else add({ ...row, platform: platformOf(id) });
      if (before?.state !== 'suspended') dailyStats.count('joined', id);
      return before ? 'resumed' : 'added';
    },
    setPreferences: (id: string, preferences: Preferences): boolean =>
      setPreferences({ id, ...preferenceColumns(preferences) }) > 0,
    unsubscribe,
    get(id: string): Destination | undefined {
      const row = byId.get({ id });
      return row && toDestination(row);
    },
    list(filter: DestinationFilter): readonly Destination[] {
      const { source, state, platform, limit } = filter;
      return candidates(filter)
        .filter(
          (row) =>
            (source ?? row.source) === row.source &&
            (state ?? row.state) === row.state &&
            (platform ?? row.platform) === row.platform,
        )
        .slice(0, limit)
        .map(toDestination);
    },
    suspend(id: string, reason: string, gone: boolean): void {
      const before = gone ? byId.get({ id }) : undefined;
      if (before && before.state !== 'gone') dailyStats.count('left', id);
      suspend({ id, reason, state: gone ? 'gone' : 'suspended', now: now() });
    },
    resume(id: string): boolean {
      const before = byId.get({ id });
      if (!before || before.state === 'active') return false;
      if (before.state === 'gone') dailyStats.count('joined', id);
      resume({ id });
      inFlight.retry(before.ref);
      return true;
    },
    /** Deletes those that have been gone for too long; returns how many. */
    removeGone: (nowMs: number): number => removeGone({ before: nowMs - GONE_KEPT_MS }),
    /** Deletes the destinations with these ids, and their topics; returns the ids of those that existed. */
    forget(ids: readonly string[]): readonly string[] {
      const found = ids.flatMap((id) => within.all({ id })).map(({ id }) => id);
      found.forEach(unsubscribe);
      return found;
    },
    move(from: string, to: string): void {
      const old = byId.get({ id: from });
      const there = byId.get({ id: to });
      if (!old || from === to) return;
      if (!there) {
        rename({ from, to, platform: platformOf(to) });
        return;
      }
      // Both ids are the same chat now, which has everything that either received.
      takeReceipts({ from: old.ref, to: there.ref });
      if (old.state === 'active') takePlace({ ref: there.ref, position: old.position });
      remove({ id: from });
    },
  };
}
