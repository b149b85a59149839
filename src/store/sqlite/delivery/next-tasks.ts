import type { DatabaseSync } from 'node:sqlite';
import type { Note } from '../../../note/note.ts';
import type { CatchUpThreshold, DeliveryTask } from '../../delivery-task.ts';
import type { NoteReader } from '../archive/note-reader.ts';
import { select, transaction } from '../sql.ts';
import type { ClockTimes, Deferred } from './deferred.ts';
import type { DeliveredState } from './delivered-state.ts';
import { type DestinationRow, hasBegun, toDestination } from './destinations.ts';
import type { Digests, PendingDigest } from './digests.ts';
import type { JournalRow, JournalTable } from './journal-table.ts';
import { BATCH_SIZE, type EntrySkipper } from './skip-unwanted.ts';

/** Positions at which destinations are moved on in one transaction. */
const MAX_ROUNDS = 50;

/** What is asked for: see `Store.due`. */
interface TaskRequest extends ClockTimes {
  readonly platform: string;
  readonly limit: number;
  readonly busy: ReadonlySet<string>;
  readonly far?: CatchUpThreshold | undefined;
}

/** What was found in one transaction. */
interface TaskBatch {
  readonly tasks: readonly DeliveryTask[];
  /** Some were moved on, held or released, and there may be more behind them. */
  readonly hasMoved: boolean;
}

interface Parts {
  readonly journal: JournalTable;
  readonly passOver: EntrySkipper;
  readonly reading: NoteReader;
  readonly standing: DeliveredState;
  readonly digests: Digests;
  readonly held: Deferred;
}

/** Who is next, and with what. */
export function createTaskFinder(
  db: DatabaseSync,
  { journal, passOver, reading, standing, digests, held }: Parts,
) {
  // The index is named because another would do, and look at everybody.
  const behind = select<DestinationRow>(
    db,
    `SELECT * FROM destination INDEXED BY destination_behind
     WHERE state = 'active' AND held_ms IS NULL AND platform = :platform AND position < :head
       AND coalesce(due_ms, 0) <= :now AND id NOT IN (SELECT value FROM json_each(:taken))
     ORDER BY position LIMIT :limit`,
  );

  function due(asked: TaskRequest): TaskBatch {
    const { platform, limit, far } = asked;
    const taken = new Set(asked.busy);
    const tasks: DeliveryTask[] = [];
    let moved = 0;
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
    const add = (row: DestinationRow, task: DeliveryTask): void => {
      tasks.push(task);
      taken.add(row.id);
    };
    const takenNow = (): string => JSON.stringify([...taken]);
    const hasRoom = (): boolean => moved < BATCH_SIZE && tasks.length < limit;

    /** What is ahead of its turn at places that wait. */
    function ahead(): void {
      for (const row of held.passed(platform, asked, takenNow(), limit)) {
        const entry = held.begun(row) ?? held.begin(row, noteOfKey);
        if (entry) add(row, taskOf(row, entry, noteOfKey));
        else moved += 1;
      }
    }

    /** What places wait for whose time has come: one digest, or post by post what quiet hours held. */
    function over(): void {
      for (const row of held.over(platform, asked, takenNow(), limit - tasks.length)) {
        const begun = held.begun(row);
        const digest = begun ? undefined : digests.rhythmic(row, noteOfKey);
        if (begun) add(row, taskOf(row, begun, noteOfKey));
        else if (digest) add(row, digestTask(row, digest));
        else {
          held.release(row);
          moved += 1;
        }
      }
    }

    /** One round: each place has something to do, is held, or is moved on. */
    function inTurn(): void {
      const rows = behind.all({
        platform,
        head: journal.head(),
        now: asked.nowMs,
        taken: takenNow(),
        limit: limit - tasks.length,
      });
      for (const row of rows) {
        const entry = entryAfter(row.position);
        if (!entry) continue;
        const begun = held.begun(row);
        // A post that was taken back while a part of it was in doubt is not passed over in silence.
        if (!begun && !isInDoubt(row, entry.seq) && !passOver.wants(row, entry)) {
          moved += passOver.pass(platform, row.position, taken);
          return;
        }
        if (begun) add(row, taskOf(row, begun, noteOfKey));
        else if (hasBegun(row)) add(row, nextTask(row, entry));
        else if (!held.isWanted(row, entry, noteOfKey)) {
          passOver.passOne(row.ref);
          moved += 1;
        } else if (held.holds(row, entry, asked.wallMs)) moved += 1;
        else add(row, nextTask(row, entry));
      }
    }

    function nextTask(row: DestinationRow, entry: JournalRow): DeliveryTask {
      const digest = digests.catchUpOf(row, entry.seq, noteOfKey, far);
      return digest ? digestTask(row, digest) : taskOf(row, entry, noteOfKey);
    }

    ahead();
    over();
    for (let rounds = 0; rounds < MAX_ROUNDS && hasRoom(); rounds += 1) {
      const before = moved;
      inTurn();
      if (moved === before) break;
    }
    return { tasks, hasMoved: moved > 0 };
  }

  function taskOf(row: DestinationRow, entry: JournalRow, noteOfKey: NoteReader['noteOfKey']): DeliveryTask {
    const { seq, action, key } = entry;
    const note = action !== 'delete' && !entry.undone ? noteOfKey(key) : undefined;
    const { key: _key, ...change } = standing.changeOf(row.ref, key, note);
    return { ...turnOf(row, seq), entry: { seq, action, key }, ...change };
  }

  return {
    due: (asked: TaskRequest): TaskBatch => transaction(db, () => due(asked)),
  };
}

function digestTask(row: DestinationRow, { seq, catchUp }: PendingDigest): DeliveryTask {
  const entry = { seq, action: 'catch-up', key: catchUp.notes[0]?.key ?? '' } as const;
  return { ...turnOf(row, seq), entry, receipts: [], catchUp };
}

const isInDoubt = (
  row: DestinationRow,
  seq: number,
): row is DestinationRow & { readonly begun_part: number } =>
  row.begun_seq === seq && row.begun_part !== null;

/** What a task says of the destination's turn, whatever there is to do. */
const turnOf = (row: DestinationRow, seq: number) => ({
  destination: toDestination(row),
  ...(isInDoubt(row, seq) ? { uncertainPart: row.begun_part } : {}),
  attempts: row.attempts,
});
