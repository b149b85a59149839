import type { DatabaseSync } from 'node:sqlite';
import type { Note } from '../../note/note.ts';
import type { Store } from '../store.ts';
import type { CatchUp, FarBehind, Receipt, Task } from '../task.ts';
import { type DestinationRow, destinationOf } from './destinations.ts';
import type { Digests } from './digests.ts';
import type { Journal, JournalRow } from './journal.ts';
import { type PassOver, SOME } from './pass-over.ts';
import type { Reading } from './reading.ts';
import { change, select, transaction } from './sql.ts';
import type { Standing } from './standing.ts';

/** Positions at which destinations are moved on in one transaction. */
const MAX_ROUNDS = 50;

/** What was found in one transaction. */
interface Turn {
  readonly tasks: readonly Task[];
  /** Some were moved on, and there may be more behind them. */
  readonly hasMoved: boolean;
}

/** What is to be sent next, and what became of it. */
export function createDelivery(
  db: DatabaseSync,
  journal: Journal,
  passOver: PassOver,
  reading: Reading,
  standing: Standing,
  digests: Digests,
) {
  // The indexes are named because either would do, and the wrong one looks at everybody.
  const behind = select<DestinationRow>(
    db,
    `SELECT * FROM destination INDEXED BY destination_behind
     WHERE state = 'active' AND platform = :platform AND position < :head AND coalesce(due_ms, 0) <= :now
       AND id NOT IN (SELECT value FROM json_each(:taken))
     ORDER BY position LIMIT :limit`,
  );
  const nextDue = select<{ due_ms: number }>(
    db,
    `SELECT due_ms FROM destination INDEXED BY destination_postponed
     WHERE state = 'active' AND platform = :platform AND due_ms > :now AND position < :head
     ORDER BY due_ms LIMIT 1`,
  );
  const begin = change(
    db,
    `UPDATE destination SET in_doubt = begun_seq IS :seq AND begun_part IS :part, begun_seq = :seq, begun_part = :part
     WHERE id = :id`,
  );
  const putReceipt = change(
    db,
    `INSERT OR REPLACE INTO receipt (destination, key, part, note_id, receipt)
     SELECT ref, :key, :part, nullif(:noteId, :key), :receipt FROM destination WHERE id = :id`,
  );
  const dropReceipts = change(
    db,
    `DELETE FROM receipt WHERE key = :key AND part >= :fromPart
     AND destination = (SELECT ref FROM destination WHERE id = :id)`,
  );
  const advance = change(
    db,
    `UPDATE destination SET begun_seq = :seq, begun_part = NULL, in_doubt = 0, attempts = 0, due_ms = NULL
     WHERE id = :id AND position < :seq`,
  );
  const settle = change(
    db,
    `UPDATE destination SET position = :seq, begun_seq = NULL, begun_part = NULL, in_doubt = 0, attempts = 0, due_ms = NULL
     WHERE id = :id AND position < :seq`,
  );
  const postpone = change(
    db,
    `UPDATE destination SET due_ms = :until, attempts = attempts + 1, in_doubt = in_doubt OR :uncertain,
       begun_part = iif(in_doubt OR :uncertain, begun_part, NULL) WHERE id = :id`,
  );

  const hasten = change(
    db,
    `UPDATE destination INDEXED BY destination_postponed SET due_ms = :latest
     WHERE state = 'active' AND platform = :platform AND due_ms > :latest`,
  );

  function due(
    platform: string,
    now: number,
    limit: number,
    busy: ReadonlySet<string>,
    far?: FarBehind,
  ): Turn {
    const taken = new Set(busy);
    const tasks: Task[] = [];
    const notes = new Map<string, Note | undefined>();
    const noteOfKey = (key: string): Note | undefined => {
      if (!notes.has(key)) notes.set(key, reading.noteOfKey(key));
      return notes.get(key);
    };
    // Most destinations stand at the same position.
    const entries = new Map<number, JournalRow | undefined>();
    const entryAfter = (position: number): JournalRow | undefined => {
      if (!entries.has(position)) entries.set(position, journal.after(position, 1)[0]);
      return entries.get(position);
    };
    let moved = 0;
    // Each round either finds work for a destination or moves it on, and others with it.
    for (let rounds = 0; rounds < MAX_ROUNDS && moved < SOME && tasks.length < limit; rounds += 1) {
      const before = moved;
      const rows = behind.all({
        platform,
        head: journal.head(),
        now,
        taken: JSON.stringify([...taken]),
        limit: limit - tasks.length,
      });
      for (const row of rows) {
        const entry = entryAfter(row.position);
        if (!entry) continue;
        // A post that was taken back while a part of it was in doubt is not passed over in silence.
        if (!isInDoubt(row, entry.seq) && !passOver.wants(row, entry)) {
          moved += passOver.pass(platform, row.position, taken);
          break;
        }
        tasks.push(
          catchUpTask(row, entry.seq, noteOfKey, far) ??
            taskOf(row, entry, isToStand(entry) ? noteOfKey(entry.key) : undefined),
        );
        taken.add(row.id);
      }
      if (moved === before) break;
    }
    return { tasks, hasMoved: moved > 0 };
  }

  function taskOf(row: DestinationRow, { seq, action, key }: JournalRow, note: Note | undefined): Task {
    const { key: _key, ...change } = standing.changeOf(row.ref, key, note);
    return { ...turnOf(row, seq), entry: { seq, action, key }, ...change };
  }

  function catchUpTask(...asked: Parameters<Digests['catchUpOf']>): Task | undefined {
    const [row] = asked;
    const found = digests.catchUpOf(...asked);
    if (!found) return undefined;
    const { seq, catchUp } = found;
    const entry = { seq, action: 'catch-up', key: catchUp.notes[0]?.key ?? '' } as const;
    return { ...turnOf(row, seq), entry, receipts: [], catchUp };
  }

  return {
    due: (...asked: Parameters<typeof due>): Turn => transaction(db, () => due(...asked)),
    nextDueMs: (platform: string, now: number): number | undefined =>
      nextDue.get({ platform, now, head: journal.head() })?.due_ms,
    hasten(platform: string, latest: number): void {
      hasten({ platform, latest });
    },
    begin(id: string, seq: number, part: number): void {
      begin({ id, seq, part });
    },
    delivered(id: string, seq: number, key: string, receipt: Receipt, last: boolean): void {
      putReceipt({ id, key, part: receipt.part, noteId: receipt.noteId, receipt: receipt.receipt });
      (last ? settle : advance)({ id, seq });
    },
    removed(id: string, seq: number, key: string, fromPart: number, last: boolean): void {
      dropReceipts({ id, key, fromPart });
      (last ? settle : advance)({ id, seq });
    },
    digested(id: string, seq: number, notes: CatchUp['notes'], receipt: string): void {
      digests.put(id, notes, receipt);
      settle({ id, seq });
    },
    digestEdited(...[id, seq, key, edit, last]: Parameters<Store['digestEdited']>): void {
      digests.edit(id, key, edit);
      (last ? settle : advance)({ id, seq });
    },
    skip(id: string, seq: number): void {
      settle({ id, seq });
    },
    postpone(id: string, untilMs: number, uncertain: boolean): void {
      postpone({ id, until: untilMs, uncertain: uncertain ? 1 : 0 });
    },
  };
}

const isToStand = ({ action, undone }: JournalRow): boolean => action !== 'delete' && !undone;

const isInDoubt = (
  row: DestinationRow,
  seq: number,
): row is DestinationRow & { readonly begun_part: number } =>
  row.begun_seq === seq && row.begun_part !== null;

/** What a task says of the destination's turn, whatever there is to do. */
const turnOf = (row: DestinationRow, seq: number) => ({
  destination: destinationOf(row),
  ...(isInDoubt(row, seq) ? { inDoubt: row.begun_part } : {}),
  attempts: row.attempts,
});
