import type { Pool } from 'pg';
import type { CatchUpThreshold, DeliveryTask } from '../../delivery-task.ts';
import { newInFlight } from '../../rules/in-flight.ts';
import {
  stepAfterDeferral,
  stepInTurn,
  stepWhileDeferred,
  type TaskFacts,
  type TaskStep,
} from '../../rules/next-task.ts';
import type { NoteReader } from '../archive/note-reader.ts';
import type { JournalTable } from '../journal-table.ts';
import { snapshot } from '../snapshot.ts';
import { type Connection, change, select, together } from '../sql.ts';
import type { WriteQueue } from '../write-queue.ts';
import { type DestinationRow, toRecipient, type WorkRow } from './destination-rows.ts';
import { type ClockTimes, dueDestinations } from './due-destinations.ts';
import { putInFlight } from './in-flight-table.ts';
import { BATCH_SIZE, type EntrySkipper } from './skip-unwanted.ts';
import { createTaskFacts } from './task-facts.ts';

/** See `Deliveries.nextTasks`. */
interface TaskRequest extends ClockTimes {
  readonly platform: string;
  readonly limit: number;
  readonly busy: ReadonlySet<string>;
  readonly threshold?: CatchUpThreshold | undefined;
}

interface Parts {
  readonly readers: Pool;
  readonly queue: WriteQueue;
  readonly journal: JournalTable;
  readonly reader: NoteReader;
  readonly skipper: EntrySkipper;
}

/** The columns of a destination that a look at it may change. */
type Place = Pick<DestinationRow, 'position' | 'held_ms' | 'ahead_seq'>;

/** What was decided for a destination: its task, if it gets one, and where it stands afterwards. */
interface Decision {
  readonly row: WorkRow;
  readonly place: Place;
  readonly task?: DeliveryTask;
  /** The entry that it gets ahead of its turn. */
  readonly beginSeq?: number;
  /** The next entry is excluded for all destinations like it. */
  readonly isExcluded: boolean;
}

/** Entries that are passed over at one look. */
const MAX_STEPS = 20;
/** Most destinations looked at together, if many in a row get no task. */
const MAX_ROWS = 1_000;

const NONE: ReadonlySet<number> = new Set();

/** As the decision saw it: otherwise a command or another process was faster, and the next look decides again. */
const lockRows = select<Pick<DestinationRow, 'ref' | 'state' | 'choices'> & Place>(
  `SELECT ref, state, choices, position, held_ms, ahead_seq FROM destination
   WHERE ref = ANY (:refs::bigint[]) ORDER BY ref FOR NO KEY UPDATE`,
);
const setPlaces = change(
  `UPDATE destination AS d SET position = new.position, held_ms = new.held_ms, ahead_seq = new.ahead_seq
   FROM unnest(:refs::bigint[], :positions::bigint[], :held::bigint[], :ahead::bigint[])
     AS new (ref, position, held_ms, ahead_seq)
   WHERE d.ref = new.ref`,
);

/**
 * Finds the next tasks. `src/store/rules/` decides what they are, from a snapshot that a reader takes, so that results
 * are recorded meanwhile; what the decisions change is written afterwards, where nothing else has changed it since.
 */
export function createTaskFinder({ readers, queue, journal, reader, skipper }: Parts) {
  async function decide(
    on: Connection,
    request: TaskRequest,
    without: ReadonlySet<string>,
    limit: number,
  ): Promise<readonly Decision[]> {
    const head = await journal.head(on);
    const lastPriority = await journal.lastPriority(on);
    const due = await dueDestinations(on, { ...request, without, limit }, { head, lastPriority });
    const { facts, decideAll } = createTaskFacts(journal, reader, head);
    const looks = [
      ...due.deferred.map((row) => () => decided(row, stepWhileDeferred(toRecipient(row), facts))),
      ...due.deferralOver.map((row) => () => decided(row, stepAfterDeferral(toRecipient(row), facts))),
      ...due.inTurn.map((row) => () => walk(row, facts, request)),
    ];
    const decisions = await decideAll(on, looks, (look) => look());
    // Some have passed others. Those that are deferred stand where they stood.
    const behind = decisions.slice(looks.length - due.inTurn.length);
    return [
      ...decisions.slice(0, looks.length - due.inTurn.length),
      ...behind.toSorted((a, b) => a.place.position - b.place.position),
    ];
  }

  /** Writes what the decisions change; returns the refs of the destinations that it holds for. */
  async function write(on: Connection, decisions: readonly Decision[]): Promise<ReadonlySet<number>> {
    const locked = await lockRows.all(on, { refs: decisions.map(({ row }) => row.ref) });
    const now = new Map(locked.map((row) => [row.ref, row]));
    const valid = decisions.filter(({ row }) => {
      const found = now.get(row.ref);
      return found?.state === 'active' && found.choices === row.choices && isSame(found, row);
    });
    const moved = valid.filter((one) => !isSame(one.place, one.row));
    const places = {
      refs: moved.map(({ row }) => row.ref),
      positions: moved.map((one) => one.place.position),
      held: moved.map((one) => one.place.held_ms),
      ahead: moved.map((one) => one.place.ahead_seq),
    };
    await together([
      moved.length > 0 && setPlaces(on, places),
      putInFlight(
        on,
        valid.flatMap(({ row, beginSeq }) =>
          beginSeq === undefined ? [] : { ref: row.ref, work: newInFlight(beginSeq, true) },
        ),
      ),
    ]);
    return new Set(valid.map(({ row }) => row.ref));
  }

  /** See `Deliveries.nextTasks`. */
  return async function nextTasks(request: TaskRequest): Promise<readonly DeliveryTask[]> {
    const { platform, limit, busy } = request;
    const taken = new Set(busy);
    const tasks: DeliveryTask[] = [];
    let moved = 0;
    for (let rows = limit; tasks.length < limit; rows = Math.min(rows * 2, MAX_ROWS)) {
      const room = limit - tasks.length;
      const size = Math.max(room, rows);
      const decisions = upToTasks(await snapshot(readers, (on) => decide(on, request, taken, size)), room);
      const changing = decisions.filter((one) => one.beginSeq !== undefined || !isSame(one.place, one.row));
      const written = changing.length > 0 ? await queue.write((on) => write(on, changing)) : NONE;
      const outdated = new Set(changing.filter(({ row }) => !written.has(row.ref)));
      for (const { row, task } of decisions.filter((one) => !outdated.has(one))) {
        if (!task) continue;
        tasks.push(task);
        taken.add(row.id);
      }
      const passed =
        changing.filter(({ task }) => !task).length +
        (decisions.length < size ? 0 : await skipOthers(platform, decisions, taken));
      moved += passed;
      if (passed + outdated.size === 0 || (tasks.length > 0 && moved >= BATCH_SIZE)) break;
    }
    return tasks;
  };

  /** Only at the last position may there be more than those that were looked at, since they are in order. */
  async function skipOthers(
    platform: string,
    decisions: readonly Decision[],
    taken: ReadonlySet<string>,
  ): Promise<number> {
    const position = Math.max(...decisions.map(({ row }) => (row.held_ms === null ? row.position : 0)));
    const last = decisions.filter(({ row }) => row.held_ms === null && row.position === position);
    const after = Math.max(...last.map(({ row }) => row.ref));
    const are = last.some(({ isExcluded }) => isExcluded);
    return are ? queue.write((on) => skipper.skip(on, platform, position, taken, after)) : 0;
  }
}

/** The decisions until so many have a task. */
function upToTasks(decisions: readonly Decision[], limit: number): readonly Decision[] {
  let tasks = 0;
  const end = decisions.findIndex(({ task }) => task !== undefined && (tasks += 1) > limit);
  return end < 0 ? decisions : decisions.slice(0, end);
}

const isSame = (a: Place, b: Place): boolean =>
  a.position === b.position && a.held_ms === b.held_ms && a.ahead_seq === b.ahead_seq;

/** Passes over entries that the destination doesn't want, up to the first that it does. */
function walk(row: WorkRow, facts: TaskFacts, request: TaskRequest): Decision {
  let isExcluded = false;
  for (let position = row.position; ; position += 1) {
    const at = { ...row, position };
    const entry = facts.entryAt(position + 1);
    if (!entry || position >= row.position + MAX_STEPS) return { row, place: at, isExcluded };
    const step = stepInTurn(toRecipient(at), entry, facts, request);
    if (step.do !== 'skip') return { ...decided(at, step), row, isExcluded };
    if (position === row.position) isExcluded = step.together;
  }
}

/** A step that isn't `skip`, for a destination that stands there. */
function decided(row: WorkRow, step: TaskStep): Decision {
  const { position, held_ms, ahead_seq } = row;
  const stays = { position, held_ms, ahead_seq };
  const decision = { row, place: stays, isExcluded: false };
  switch (step.do) {
    case 'deliver':
      return { ...decision, task: step.task };
    case 'begin':
      return { ...decision, task: step.task, beginSeq: step.seq };
    case 'considered':
      return { ...decision, place: { ...stays, ahead_seq: step.seq } };
    case 'defer':
      return {
        ...decision,
        place: { ...stays, held_ms: step.untilMs, ahead_seq: Math.max(ahead_seq, position) },
      };
    case 'release':
      return { ...decision, place: { ...stays, held_ms: null } };
    case 'skip':
      return decision;
  }
}
