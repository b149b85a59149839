import type { Note } from '../../note/note.ts';
import type { CatchUp, CatchUpThreshold, DeliveryTask, Receipt } from '../delivery-task.ts';
import type { Destination } from '../destinations.ts';
import { digestEnd, digestOf, isFarBehind, type WaitingPost } from './digest-rules.ts';
import { type EntryFacts, type EntryState, hasPriority, passesFilter } from './entry-filter.ts';
import type { InFlight } from './in-flight.ts';
import { afterDeferral, nextStep } from './next-step.ts';
import { type DeliveredFacts, noteChange } from './note-change.ts';

/** A destination and where it stands. */
export interface Recipient {
  readonly ref: number;
  readonly destination: Destination;
  /** Work beyond its position. */
  readonly inFlight?: InFlight | undefined;
  /** Entries up to here were considered for delivery ahead of their turn. */
  readonly prioritySeq: number;
}

/** What tasks are made of. Fetched only when asked for. */
export interface TaskFacts extends Pick<DeliveredFacts, 'keyOf' | 'noteByKey'> {
  /** `seq` of the last entry. */
  head(): number;
  entryAt(seq: number): EntryState | undefined;
  /** Some entries that may be delivered ahead of their turn, from the first after `seq` on. */
  priorityAfter(seq: number): readonly EntryState[];
  receipts(ref: number, key: string): readonly Receipt[];
  notesOnDigest(ref: number, receipt: string): readonly string[];
  /** Posts up to an entry that the destination may want by their types and doesn't have, newest first. */
  waitingPosts(recipient: Recipient, end: number): readonly WaitingPost[];
  /** Keys of notes that the destination has and that changed up to an entry. */
  changedNotes(recipient: Recipient, end: number): readonly string[];
}

/**
 * What a look at one destination leads to. `begin`: the task is ahead of its turn; record that first. `considered`: no
 * entry up to `seq` is delivered ahead of its turn. `release`: it isn't deferred any more. The others as in `NextStep`.
 */
export type TaskStep =
  | { readonly do: 'deliver'; readonly task: DeliveryTask }
  | { readonly do: 'begin'; readonly seq: number; readonly task: DeliveryTask }
  | { readonly do: 'considered'; readonly seq: number }
  | { readonly do: 'defer'; readonly untilMs: number }
  | { readonly do: 'release' }
  | { readonly do: 'skip'; readonly together: boolean };

/** For a destination that waits for a chosen time: the next entry that it gets all the same. */
export function stepWhileDeferred(recipient: Recipient, facts: TaskFacts): TaskStep {
  const begun = begunPriority(recipient, facts);
  if (begun) return deliver(taskOf(recipient, begun, facts));
  let seen = Math.max(recipient.destination.position, recipient.prioritySeq);
  for (const entry of facts.priorityAfter(seen)) {
    if (hasPriority(entryFacts(recipient, entry, facts)))
      return { do: 'begin', seq: entry.seq, task: taskOf(recipient, entry, facts) };
    seen = entry.seq;
  }
  return { do: 'considered', seq: seen };
}

/** For a destination whose chosen time has come. */
export function stepAfterDeferral(recipient: Recipient, facts: TaskFacts): TaskStep {
  const begun = begunPriority(recipient, facts);
  if (begun) return deliver(taskOf(recipient, begun, facts));
  if (afterDeferral(recipient.destination.preferences) === 'post by post') return { do: 'release' };
  const end = recipient.inFlight?.seq ?? facts.head();
  return deliver(digestTask(recipient, end, waitingFor(recipient, end, facts), facts));
}

/** For any other destination: what to do about the entry after its position. */
export function stepInTurn(
  recipient: Recipient,
  entry: EntryState,
  facts: TaskFacts,
  { wallMs, threshold }: { readonly wallMs: number; readonly threshold?: CatchUpThreshold | undefined },
): TaskStep {
  const begun = begunPriority(recipient, facts);
  if (begun) return deliver(taskOf(recipient, begun, facts));
  const step = nextStep(entryFacts(recipient, entry, facts), recipient.inFlight, wallMs);
  if (step.do !== 'deliver') return step;
  return deliver(catchUpTask(recipient, entry.seq, facts, threshold) ?? taskOf(recipient, entry, facts));
}

const deliver = (task: DeliveryTask): TaskStep => ({ do: 'deliver', task });

/** The entry that was begun ahead of its turn. It is finished that way, whatever the preferences are now. */
const begunPriority = ({ inFlight }: Recipient, facts: TaskFacts): EntryState | undefined =>
  inFlight?.isPriority ? facts.entryAt(inFlight.seq) : undefined;

const entryFacts = (
  { ref, destination, inFlight }: Recipient,
  entry: EntryState,
  facts: TaskFacts,
): EntryFacts => ({
  entry,
  preferences: destination.preferences,
  hasBegun: inFlight?.seq === entry.seq,
  receipts: () => facts.receipts(ref, entry.key),
  note: () => facts.noteByKey(entry.key),
});

function taskOf(
  recipient: Recipient,
  { seq, action, key, isUndone }: EntryState,
  facts: TaskFacts,
): DeliveryTask {
  const note = action !== 'delete' && !isUndone ? facts.noteByKey(key) : undefined;
  const { key: _key, ...change } = changeOf(recipient, key, note, facts);
  return { ...attemptOf(recipient, seq), entry: { seq, action, key }, ...change };
}

/** The digest for a destination that is far behind; `undefined` if it gets its posts one by one. */
function catchUpTask(
  recipient: Recipient,
  nextSeq: number,
  facts: TaskFacts,
  threshold: CatchUpThreshold | undefined,
): DeliveryTask | undefined {
  const { inFlight, destination } = recipient;
  const place = {
    position: destination.position,
    nextSeq,
    head: facts.head(),
    ...(inFlight && { inFlight }),
  };
  const end = digestEnd(place, threshold);
  if (end === undefined) return undefined;
  const posts = waitingFor(recipient, end, facts);
  if (!inFlight && threshold && !isFarBehind(posts, threshold)) return undefined;
  return digestTask(recipient, end, posts, facts);
}

/** The posts up to an entry that the destination wants and does not have, newest first. */
function waitingFor(recipient: Recipient, end: number, facts: TaskFacts): readonly WaitingPost[] {
  const { preferences } = recipient.destination;
  return facts
    .waitingPosts(recipient, end)
    .filter(({ key }) => passesFilter(preferences, () => facts.noteByKey(key)));
}

/** One digest in place of these posts and of everything else up to the entry `seq`; it may be empty. */
function digestTask(
  recipient: Recipient,
  seq: number,
  posts: readonly WaitingPost[],
  facts: TaskFacts,
): DeliveryTask {
  const keys = posts.map(({ key }) => key);
  const catchUp: CatchUp = {
    digest: digestOf(keys, facts.noteByKey),
    notes: posts.map(({ key, noteId }) => ({ key, noteId })),
    changes: facts
      .changedNotes(recipient, seq)
      .map((key) => changeOf(recipient, key, facts.noteByKey(key), facts)),
  };
  const entry = { seq, action: 'catch-up', key: keys[0] ?? '' } as const;
  return { ...attemptOf(recipient, seq), entry, receipts: [], catchUp };
}

const changeOf = ({ ref }: Recipient, key: string, note: Note | undefined, facts: TaskFacts) =>
  noteChange(key, note, {
    receipts: (of) => facts.receipts(ref, of),
    keyOf: facts.keyOf,
    notesOnDigest: (receipt) => facts.notesOnDigest(ref, receipt),
    noteByKey: facts.noteByKey,
  });

/** The fields of every task about its destination and earlier attempts. */
function attemptOf({ destination, inFlight }: Recipient, seq: number) {
  const { part, attempts } = inFlight?.seq === seq ? inFlight : { part: undefined, attempts: 0 };
  return { destination, ...(part !== undefined && { uncertainPart: part }), attempts };
}
