import type { DatabaseSync } from 'node:sqlite';
import { matches } from '../../../preferences/filter.ts';
import { deferUntilMs } from '../../../preferences/schedule.ts';
import type { NoteReader } from '../archive/note-reader.ts';
import { change, select } from '../sql.ts';
import { type DestinationRow, hasBegun } from './destinations.ts';
import type { JournalRow, JournalTable } from './journal-table.ts';
import { matchesBeyondType, preferencesFromColumn } from './preference-columns.ts';
import type { EntrySkipper } from './skip-unwanted.ts';

/** Entries that are looked at for one place in one go. */
const MAX_RUN = 200;

/** When it is: by a clock that runs evenly, which postponing goes by, and by the calendar. In milliseconds. */
export interface ClockTimes {
  readonly nowMs: number;
  readonly wallMs: number;
}

type NoteOfKey = NoteReader['noteOfKey'];

export type Deferred = ReturnType<typeof createDeferred>;

/** Places that wait for an hour that was chosen there, and what goes out to them meanwhile. Runs inside the caller's transaction. */
export function createDeferred(db: DatabaseSync, journal: JournalTable, passOver: EntrySkipper) {
  // The indexes are named because either would do, and the wrong one looks at everybody.
  const rows = (index: string, which: string, order: string) =>
    select<DestinationRow>(
      db,
      `SELECT * FROM destination INDEXED BY ${index}
       WHERE state = 'active' AND held_ms IS NOT NULL AND platform = :platform AND ${which}
         AND position < :head AND coalesce(due_ms, 0) <= :now AND id NOT IN (SELECT value FROM json_each(:taken))
       ORDER BY ${order} LIMIT :limit`,
    );
  const over = rows('destination_held', 'held_ms <= :wall', 'held_ms');
  const passed = rows('destination_ahead', 'held_ms > :wall AND ahead_seq < :last', 'ahead_seq');
  const nextOver = select<{ held_ms: number }>(
    db,
    `SELECT held_ms FROM destination INDEXED BY destination_held
     WHERE state = 'active' AND held_ms IS NOT NULL AND platform = :platform AND held_ms > :wall
     ORDER BY held_ms LIMIT 1`,
  );
  const hold = change(
    db,
    'UPDATE destination SET held_ms = :until, ahead_seq = max(ahead_seq, position) WHERE ref = :ref',
  );
  const release = change(db, 'UPDATE destination SET held_ms = NULL WHERE ref = :ref');
  const lookedAt = change(db, 'UPDATE destination SET ahead_seq = :seq WHERE ref = :ref');
  const beginAhead = change(
    db,
    `UPDATE destination SET begun_ahead = 1, begun_seq = :seq, begun_part = NULL, in_doubt = 0, attempts = 0
     WHERE ref = :ref`,
  );
  const stands = select<{ key: string }>(
    db,
    'SELECT key FROM receipt WHERE destination = :ref AND key = :key LIMIT 1',
  );

  /** Whether an entry concerns a place before its turn. */
  function isAhead(row: DestinationRow, entry: JournalRow, noteOfKey: NoteOfKey): boolean {
    if (entry.action !== 'post') return passOver.wants(row, entry);
    if (entry.undone || stands.get({ ref: row.ref, key: entry.key })) return false;
    const choices = preferencesFromColumn(row.choices);
    const note = noteOfKey(entry.key);
    return choices.breaking && note !== undefined && matches(note, choices);
  }

  return {
    /** Whether a destination wants the post, as far as its post type does not tell. */
    isWanted(row: DestinationRow, { action, key }: JournalRow, noteOfKey: NoteOfKey): boolean {
      return action !== 'post' || matchesBeyondType(preferencesFromColumn(row.choices), () => noteOfKey(key));
    },
    /** Holds what waits where it is not yet time for a post. False where it is. */
    holds(row: DestinationRow, { action }: JournalRow, wallMs: number): boolean {
      const until = action === 'post' ? deferUntilMs(preferencesFromColumn(row.choices), wallMs) : undefined;
      if (until === undefined) return false;
      hold({ ref: row.ref, until });
      return true;
    },
    release: (row: DestinationRow): void => {
      release({ ref: row.ref });
    },
    /** Places whose time has come, those first that have waited for it longest. */
    over: (platform: string, { nowMs, wallMs }: ClockTimes, taken: string, limit: number) =>
      over.all({ platform, head: journal.head(), now: nowMs, wall: wallMs, taken, limit }),
    /** The next such time. */
    nextOverMs: (platform: string, wallMs: number): number | undefined =>
      nextOver.get({ platform, wall: wallMs })?.held_ms,
    /** Places that still wait, which entries that might be ahead have not been looked at for. */
    passed: (platform: string, { nowMs, wallMs }: ClockTimes, taken: string, limit: number) =>
      passed.all({
        platform,
        head: journal.head(),
        last: journal.lastAhead(),
        now: nowMs,
        wall: wallMs,
        taken,
        limit,
      }),
    /** The next entry that concerns such a place before its turn, begun so. Without one it has been looked at for. */
    begin(row: DestinationRow, noteOfKey: NoteOfKey): JournalRow | undefined {
      let seen = Math.max(row.position, row.ahead_seq);
      for (const entry of journal.aheadAfter(seen, MAX_RUN)) {
        if (isAhead(row, entry, noteOfKey)) {
          beginAhead({ ref: row.ref, seq: entry.seq });
          return entry;
        }
        seen = entry.seq;
      }
      lookedAt({ ref: row.ref, seq: seen });
      return undefined;
    },
    /** The entry that is begun ahead of its turn: it is finished so, whatever was chosen since. */
    begun: (row: DestinationRow): JournalRow | undefined =>
      row.begun_ahead && hasBegun(row) ? journal.after(row.begun_seq - 1, 1)[0] : undefined,
  };
}
