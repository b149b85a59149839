import type { Pool } from 'pg';
import { DEFAULT_PREFERENCES } from '../../../preferences/preferences.ts';
import type { DestinationFilter, Destinations } from '../../destinations.ts';
import { preferenceColumns, preferencesFromColumn } from '../../preference-columns.ts';
import { GONE_KEPT_MS, platformOf } from '../../rules/membership.ts';
import type { DailyStats } from '../daily-stats.ts';
import { type Connection, change, select } from '../sql.ts';
import type { WriteQueue } from '../write-queue.ts';
import { type DestinationRow, toDestination } from './destination-rows.ts';
import { inFlightTable } from './in-flight-table.ts';

interface Parts {
  readonly readers: Pool;
  readonly queue: WriteQueue;
  readonly dailyStats: DailyStats;
  readonly now: () => number;
}

/** `Destinations` with what other ports of the store need of them; these methods run in the caller's transaction. */
export interface DestinationTable extends Destinations {
  /** Deletes those that have been gone for too long; returns how many. */
  removeGone(on: Connection, nowMs: number): Promise<number>;
  /** Deletes the destinations with these ids, and their topics; returns the ids of those that existed. */
  forget(on: Connection, ids: readonly string[]): Promise<readonly string[]>;
}

const byId = select<DestinationRow>('SELECT * FROM destination WHERE id = :id');
const locked = select<DestinationRow>('SELECT * FROM destination WHERE id = :id FOR NO KEY UPDATE');
const bothLocked = select<DestinationRow>(
  'SELECT * FROM destination WHERE id = ANY (:ids::text[]) ORDER BY ref FOR UPDATE',
);

/** A filter's conditions, each where it is given. Readers plan each query anew, so those that aren't vanish. */
const MATCHES = `(:source::text IS NULL OR source = :source::text) AND (:state::text IS NULL OR state = :state::text)
  AND (:platform::text IS NULL OR platform = :platform::text)`;
const listed = (which: string) =>
  select<DestinationRow>(
    `SELECT * FROM destination WHERE ${which} AND ${MATCHES} ORDER BY ref LIMIT :limit::bigint`,
  );
const all = listed('true');
// A partial index is used only if the query says so in all cases.
const ofConfig = listed("source = 'config'");
const atRest = listed("state <> 'active'");
// '0' follows '/' in ASCII, so this is the range of a chat's topics.
const within = listed("(id = :id OR (id > :id || '/' AND id < :id || '0'))");

const add = change(
  `INSERT INTO destination (id, platform, source, choices, post_types, position)
   SELECT :id, :platform, :source, :choices, :postTypes, seq FROM head ON CONFLICT (id) DO NOTHING`,
);
const activate = change(
  `UPDATE destination SET source = :source, choices = :choices, post_types = :postTypes, state = 'active', reason = NULL,
     gone_ms = NULL, held_ms = NULL, position = CASE WHEN :isBehind THEN position ELSE (SELECT seq FROM head) END
   WHERE ref = :ref`,
);
const setPreferences = change(
  'UPDATE destination SET choices = :choices, post_types = :postTypes, held_ms = NULL WHERE id = :id',
);
const remove = select<Pick<DestinationRow, 'id' | 'state'>>(
  'DELETE FROM destination WHERE id = ANY (:ids::text[]) RETURNING id, state',
);
const suspend = change(
  'UPDATE destination SET state = :state, reason = :reason, gone_ms = :goneMs WHERE ref = :ref',
);
const resume = change(
  `UPDATE destination SET state = 'active', reason = NULL, gone_ms = NULL WHERE ref = :ref`,
);
const removeGone = change(
  `DELETE FROM destination
   WHERE state <> 'active' AND state = 'gone' AND source <> 'config' AND gone_ms <= :before::bigint`,
);
const withTopics = select<{ id: string }>(
  `SELECT found.id FROM unnest(:ids::text[]) WITH ORDINALITY AS asked (id, nth) CROSS JOIN LATERAL (
     SELECT id, ref FROM destination AS d WHERE d.id = asked.id
     UNION ALL SELECT id, ref FROM destination AS d WHERE d.id > asked.id || '/' AND d.id < asked.id || '0') AS found
   ORDER BY asked.nth, found.ref`,
);
const rename = change('UPDATE destination SET id = :to, platform = :platform WHERE ref = :ref');
const takeReceipts = change(
  `UPDATE receipt AS r SET destination = :to::bigint
   WHERE r.destination = :from::bigint AND NOT EXISTS (
     SELECT 1 FROM receipt AS o WHERE o.destination = :to::bigint AND o.key = r.key AND o.part = r.part)`,
);
const takePlace = change(
  `UPDATE destination SET position = greatest(position, :position::bigint), state = 'active', reason = NULL, gone_ms = NULL
   WHERE ref = :ref`,
);

/** The destinations that receive notes. */
export function createDestinations({ readers, queue, dailyStats, now }: Parts): DestinationTable {
  /** Deletes them; one that is gone was counted when it left. */
  async function unsubscribe(on: Connection, ids: readonly string[]): Promise<number> {
    const removed = await remove.all(on, { ids });
    for (const { id, state } of removed) if (state !== 'gone') await dailyStats.count(on, 'left', id);
    return removed.length;
  }

  async function activateOrAdd(
    on: Connection,
    { id, source, preferences }: Parameters<Destinations['subscribe']>[0],
  ): Promise<'added' | 'resumed' | 'already'> {
    const before = await locked.get(on, { id });
    if (before?.state === 'active') return 'already';
    const kept = before ? preferencesFromColumn(before.choices) : DEFAULT_PREFERENCES;
    const row = { source, ...preferenceColumns(preferences ?? kept) };
    if (before) {
      await activate(on, { ...row, ref: before.ref, isBehind: before.state === 'suspended' });
      await inFlightTable.retry(on, before.ref);
    } else if ((await add(on, { ...row, id, platform: platformOf(id) })) === 0) {
      // Another process has just added it, and has committed that by now.
      return activateOrAdd(on, { id, source, ...(preferences && { preferences }) });
    }
    if (before?.state !== 'suspended') await dailyStats.count(on, 'joined', id);
    return before ? 'resumed' : 'added';
  }

  return {
    subscribe: (subscription) => queue.write((on) => activateOrAdd(on, subscription), subscription.id),
    setPreferences: (id, preferences) =>
      queue.write(
        async (on) => (await setPreferences(on, { id, ...preferenceColumns(preferences) })) > 0,
        id,
      ),
    unsubscribe: (id) => queue.write(async (on) => (await unsubscribe(on, [id])) > 0, id),
    async get(id) {
      const row = await byId.get(readers, { id });
      return row && toDestination(row);
    },
    list: async (filter = {}) => (await candidates(readers, filter)).map(toDestination),
    suspend: (id, reason, gone) =>
      queue.write(async (on) => {
        const before = await locked.get(on, { id });
        if (!before || (before.state === 'gone' && !gone)) return;
        const state = gone ? 'gone' : 'suspended';
        const goneMs = gone ? (before.gone_ms ?? now()) : null;
        await suspend(on, { ref: before.ref, reason, state, goneMs });
        if (gone && before.state !== 'gone') await dailyStats.count(on, 'left', id);
      }, id),
    resume: (id) =>
      queue.write(async (on) => {
        const before = await locked.get(on, { id });
        if (!before || before.state === 'active') return false;
        await resume(on, { ref: before.ref });
        await inFlightTable.retry(on, before.ref);
        if (before.state === 'gone') await dailyStats.count(on, 'joined', id);
        return true;
      }, id),
    move: (from, to) =>
      queue.write(async (on) => {
        const both = await bothLocked.all(on, { ids: [from, to] });
        const old = both.find(({ id }) => id === from);
        const there = both.find(({ id }) => id === to);
        if (!old || from === to) return;
        if (!there) {
          await rename(on, { ref: old.ref, to, platform: platformOf(to) });
          return;
        }
        // Both ids are the same chat now, which has everything that either received.
        await takeReceipts(on, { from: old.ref, to: there.ref });
        if (old.state === 'active') await takePlace(on, { ref: there.ref, position: old.position });
        await remove.all(on, { ids: [from] });
      }),
    removeGone: (on, nowMs) => removeGone(on, { before: nowMs - GONE_KEPT_MS }),
    async forget(on, ids) {
      const found = (await withTopics.all(on, { ids })).map(({ id }) => id);
      await unsubscribe(on, found);
      return found;
    },
  };
}

/** Those that match, by the index that narrows them down the most. */
function candidates(
  on: Connection,
  { source, state, platform, within: id, limit }: DestinationFilter,
): Promise<readonly DestinationRow[]> {
  const values = {
    source: source ?? null,
    state: state ?? null,
    platform: platform ?? null,
    limit: limit ?? null,
  };
  if (id !== undefined) return within.all(on, { ...values, id });
  if (source === 'config') return ofConfig.all(on, values);
  if (state !== undefined && state !== 'active') return atRest.all(on, values);
  return all.all(on, values);
}
