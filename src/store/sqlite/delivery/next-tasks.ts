import type { DatabaseSync } from 'node:sqlite';
import type { Note } from '../../../note/note.ts';
import type { CatchUpThreshold, DeliveryTask } from '../../delivery-task.ts';
import type { EntryFacts, EntryState } from '../../rules/entry-filter.ts';
import { afterDeferral, nextStep } from '../../rules/next-step.ts';
import type { NoteReader } from '../archive/note-reader.ts';
import { select, transaction } from '../sql.ts';
import type { ClockTimes, Deferred } from './deferred.ts';
import type { DeliveredState } from './delivered-state.ts';
import { IS_DUE, inFlightOf, selectWork, toDestination, type WorkRow } from './destination-rows.ts';
import type { Digests, PendingDigest } from './digests.ts';
import type { JournalTable } from './journal-table.ts';
import { preferencesFromColumn } from './preference-columns.ts';
import { BATCH_SIZE, type EntrySkipper } from './skip-unwanted.ts';

/** Maximum number of positions at which destinations are moved in one transaction. */
const MAX_ROUNDS = 50;

/** See `Deliveries.nextTasks`. */
interface TaskRequest extends ClockTimes {
  readonly platform: string;
  readonly limit: number;
  readonly busy: ReadonlySet<string>;
  readonly threshold?: CatchUpThreshold | undefined;
}

/** What one transaction found. */
interface TaskBatch {
  readonly tasks: readonly DeliveryTask[];
  /** Destinations were skipped ahead, deferred or released, and there may be more tasks behind them. */
  readonly hasMoved: boolean;
}

interface Parts {
  readonly journal: JournalTable;
  readonly skipper: EntrySkipper;
  readonly reader: NoteReader;
  readonly delivered: DeliveredState;
  readonly digests: Digests;
  readonly deferred: Deferred;
}

/**
 * Finds the next tasks. `src/store/rules/` decides what they are; this reads the rules' inputs and writes their
 * results.
 */
export function createTaskFinder(
  db: DatabaseSync,
  { journal, skipper, reader, delivered, digests, deferred }: Parts,
) {
  const behind = select<WorkRow>(
    db,
    `${selectWork('destination_behind')}
     WHERE d.state = 'active' AND d.held_ms IS NULL AND d.platform = :platform AND d.position < :head
       AND ${IS_DUE} AND d.id NOT IN (SELECT value FROM json_each(:taken))
     ORDER BY d.position LIMIT :limit`,
  );

  function find(request: TaskRequest): TaskBatch {
    const { platform, limit, threshold } = request;
    const taken = new Set(request.busy);
    const tasks: DeliveryTask[] = [];
    let moved = 0;
    // Most destinations are at the same position.
    const entryAfter = memoized((position: number) => journal.after(position, 1)[0]);
    const noteByKey = memoized(reader.noteByKey);
    const takenNow = (): string => JSON.stringify([...taken]);
    const hasRoom = (): boolean => moved < BATCH_SIZE && tasks.length < limit;

    function add(row: WorkRow, task: DeliveryTask): void {
      tasks.push(task);
      taken.add(row.id);
    }

    const factsOf = (row: WorkRow, entry: EntryState): EntryFacts => ({
      entry,
      preferences: preferencesFromColumn(row.choices),
      hasBegun: inFlightOf(row)?.seq === entry.seq,
      receipts: () => delivered.receipts(row.ref, entry.key),
      note: () => noteByKey(entry.key),
    });

    /** The entry that was begun ahead of its turn. It is finished that way, whatever the preferences are now. */
    function begunPriority(row: WorkRow): EntryState | undefined {
      const inFlight = inFlightOf(row);
      return inFlight?.isPriority ? journal.after(inFlight.seq - 1, 1)[0] : undefined;
    }

    /** Adds entries that deferred destinations get ahead of their turn. */
    function addPriority(): void {
      for (const row of deferred.waiting(platform, request, takenNow(), limit)) {
        const entry =
          begunPriority(row) ?? deferred.beginPriority(row, (candidate) => factsOf(row, candidate));
        if (entry) add(row, taskOf(row, entry, noteByKey));
        else moved += 1;
      }
    }

    /** Adds tasks for destinations whose deferral is over. */
    function addDeferred(): void {
      for (const row of deferred.over(platform, request, takenNow(), limit - tasks.length)) {
        const begun = begunPriority(row);
        if (begun) add(row, taskOf(row, begun, noteByKey));
        else if (afterDeferral(preferencesFromColumn(row.choices)) === 'digest')
          add(row, digestTask(row, digests.scheduled(row, noteByKey)));
        else {
          deferred.release(row.ref);
          moved += 1;
        }
      }
    }

    /** One round over all other destinations: each gets a task, is deferred or is moved. */
    function addRegular(): void {
      const rows = behind.all({
        platform,
        head: journal.head(),
        now: request.nowMs,
        taken: takenNow(),
        limit: limit - tasks.length,
      });
      for (const row of rows) {
        const entry = entryAfter(row.position);
        if (!entry) continue;
        const begun = begunPriority(row);
        if (begun) {
          add(row, taskOf(row, begun, noteByKey));
          continue;
        }
        const step = nextStep(factsOf(row, entry), inFlightOf(row), request.wallMs);
        if (step.do === 'deliver') add(row, nextTask(row, entry));
        else if (step.do === 'defer') {
          deferred.defer(row.ref, step.untilMs);
          moved += 1;
        } else {
          const together = step.together ? skipper.skip(platform, row.position, taken) : 0;
          moved += together || 1;
          // The other rows may be out of date now.
          if (together > 0) return;
          skipper.skipOne(row.ref);
        }
      }
    }

    function nextTask(row: WorkRow, entry: EntryState): DeliveryTask {
      const digest = digests.catchUp(row, entry.seq, noteByKey, threshold);
      return digest ? digestTask(row, digest) : taskOf(row, entry, noteByKey);
    }

    addPriority();
    addDeferred();
    for (let rounds = 0; rounds < MAX_ROUNDS && hasRoom(); rounds += 1) {
      const before = moved;
      addRegular();
      if (moved === before) break;
    }
    return { tasks, hasMoved: moved > 0 };
  }

  function taskOf(
    row: WorkRow,
    { seq, action, key, isUndone }: EntryState,
    noteByKey: (key: string) => Note | undefined,
  ): DeliveryTask {
    const note = action !== 'delete' && !isUndone ? noteByKey(key) : undefined;
    const { key: _key, ...change } = delivered.changeOf(row.ref, key, note);
    return { ...attemptOf(row, seq), entry: { seq, action, key }, ...change };
  }

  return (request: TaskRequest): TaskBatch => transaction(db, () => find(request));
}

function digestTask(row: WorkRow, { seq, catchUp }: PendingDigest): DeliveryTask {
  const entry = { seq, action: 'catch-up', key: catchUp.notes[0]?.key ?? '' } as const;
  return { ...attemptOf(row, seq), entry, receipts: [], catchUp };
}

/** The fields of every task about its destination and earlier attempts. */
function attemptOf(row: WorkRow, seq: number) {
  const inFlight = inFlightOf(row);
  const { part, attempts } = inFlight?.seq === seq ? inFlight : { part: undefined, attempts: 0 };
  return {
    destination: toDestination(row),
    ...(part !== undefined && { uncertainPart: part }),
    attempts,
  };
}

function memoized<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.has(key) ? (known.get(key) as Value) : find(key);
    known.set(key, value);
    return value;
  };
}
