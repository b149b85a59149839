import type { DatabaseSync } from 'node:sqlite';
import type { CatchUpThreshold, DeliveryTask } from '../../delivery-task.ts';
import type { EntryState } from '../../rules/entry-filter.ts';
import {
  stepAfterDeferral,
  stepInTurn,
  stepWhileDeferred,
  type TaskFacts,
  type TaskStep,
} from '../../rules/next-task.ts';
import type { NoteReader } from '../archive/note-reader.ts';
import { select, transaction } from '../sql.ts';
import type { ClockTimes, Deferred } from './deferred.ts';
import type { DeliveredState } from './delivered-state.ts';
import { IS_DUE, selectWork, toRecipient, type WorkRow } from './destination-rows.ts';
import type { Digests } from './digests.ts';
import type { JournalTable } from './journal-table.ts';
import { BATCH_SIZE, type EntrySkipper } from './skip-unwanted.ts';

/** Maximum number of positions at which destinations are moved in one transaction. */
const MAX_ROUNDS = 50;
/** Priority entries considered for one destination at a time. */
const MAX_RUN = 200;

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
    const { platform, limit } = request;
    const taken = new Set(request.busy);
    const tasks: DeliveryTask[] = [];
    let moved = 0;
    // Most destinations are at the same position.
    const entryAfter = memoized((position: number) => journal.after(position, 1)[0]);
    const takenNow = (): string => JSON.stringify([...taken]);
    const hasRoom = (): boolean => moved < BATCH_SIZE && tasks.length < limit;
    const facts: TaskFacts = {
      head: journal.head,
      entryAt: (seq) => entryAfter(seq - 1),
      priorityAfter: (seq) => journal.priorityAfter(seq, MAX_RUN),
      receipts: delivered.receipts,
      notesOnDigest: delivered.notesOnDigest,
      keyOf: reader.keyOf,
      noteByKey: memoized(reader.noteByKey),
      waitingPosts: digests.waitingPosts,
      changedNotes: digests.changedNotes,
    };

    /** Does what was decided for a destination. True if other rows that were read may be out of date now. */
    function take({ ref, position }: WorkRow, step: TaskStep): boolean {
      if ('task' in step) {
        tasks.push(step.task);
        taken.add(step.task.destination.id);
        if (step.do === 'begin') deferred.begin(ref, step.seq);
        return false;
      }
      const together =
        step.do === 'skip' && step.together ? skipper.skip(platform, position, taken, ref - 1) : 0;
      moved += together || 1;
      if (step.do === 'considered') deferred.considered(ref, step.seq);
      else if (step.do === 'defer') deferred.defer(ref, step.untilMs);
      else if (step.do === 'release') deferred.release(ref);
      else if (together === 0) skipper.skipOne(ref);
      return together > 0;
    }

    /** Adds entries that deferred destinations get ahead of their turn. */
    function addPriority(): void {
      for (const row of deferred.waiting(platform, request, takenNow(), limit))
        take(row, stepWhileDeferred(toRecipient(row), facts));
    }

    /** Adds tasks for destinations whose deferral is over. */
    function addDeferred(): void {
      for (const row of deferred.over(platform, request, takenNow(), limit - tasks.length))
        take(row, stepAfterDeferral(toRecipient(row), facts));
    }

    /** One round over all other destinations: each gets a task, is deferred or is moved. */
    function addInTurn(): void {
      const rows = behind.all({
        platform,
        head: journal.head(),
        now: request.nowMs,
        taken: takenNow(),
        limit: limit - tasks.length,
      });
      for (const row of rows) {
        const entry: EntryState | undefined = entryAfter(row.position);
        if (entry && take(row, stepInTurn(toRecipient(row), entry, facts, request))) return;
      }
    }

    addPriority();
    addDeferred();
    for (let rounds = 0; rounds < MAX_ROUNDS && hasRoom(); rounds += 1) {
      const before = moved;
      addInTurn();
      if (moved === before) break;
    }
    return { tasks, hasMoved: moved > 0 };
  }

  return (request: TaskRequest): TaskBatch => transaction(db, () => find(request));
}

function memoized<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.has(key) ? (known.get(key) as Value) : find(key);
    known.set(key, value);
    return value;
  };
}
