import { languageOf } from '../choices/choices.ts';
import { isSilentAt } from '../choices/rhythm.ts';
import type { Body, Platform, Sending, SendResult } from '../platform/platform.ts';
import type { Store } from '../store/store.ts';
import { type Change, DIGEST_PART, type Receipt, type Task } from '../store/task.ts';
import { placing } from './placing.ts';
import type { Rendering } from './rendering.ts';
import type { Clock } from './timing.ts';

/**
 * The version that a part shows which was in doubt and sent again: where a platform dropped the repeat, it shows the
 * version of the earlier try. A later edit then finds it out of date in any case.
 */
const UNKNOWN = '';

/** One API call of a task, and what the store is to be told once it is done. */
export interface Move {
  readonly part: number;
  /** What is recorded as begun before the call: the part, or that it is taken away. */
  readonly intent: number;
  readonly cost: number;
  /** A new message that may be published where that is chosen; whether it is a missive's. */
  readonly publishes?: { readonly isMissive: boolean };
  /** The task goes on without it where the platform refuses it for good. */
  readonly isAside?: true;
  call(): Promise<SendResult>;
  /** `last`: with it the entry is settled. */
  done(receipt: string, last: boolean): Promise<void>;
}

export interface MoveParts {
  readonly store: Store;
  readonly platform: Platform;
  readonly rendering: Rendering;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * The intent to take a part away. It has a number of its own: if it is in doubt, the part counts as gone, whatever a
 * newer version says, since an edit would find nothing to change.
 */
const removalOf = (part: number): number => DIGEST_PART - 1 - part;

/** What is to be done for one change, and by which entry. */
interface Aim {
  readonly destination: Task['destination'];
  readonly seq: number;
  readonly change: Change;
  readonly inDoubt: number | undefined;
  /** Names a part for good, so that a platform with idempotency keys drops a repeat. */
  keyOf(part: number): string;
}

/**
 * The calls that carry a task out, in order; none where everything stands as it should. What is in doubt comes first:
 * once another part is begun, nobody would know of the doubt any more.
 */
export async function movesOf(task: Task, parts: MoveParts): Promise<readonly Move[]> {
  const moves = await allMovesOf(task, parts);
  const inDoubt = moves.find(({ intent }) => intent === task.inDoubt);
  return inDoubt ? [inDoubt, ...moves.filter((move) => move !== inDoubt)] : moves;
}

async function allMovesOf(task: Task, parts: MoveParts): Promise<readonly Move[]> {
  const { destination, entry, catchUp, inDoubt } = task;
  const { seq } = entry;
  const key = `${destination.id}|${seq}`;
  if (!catchUp) {
    const change = { ...task, key: entry.key };
    return changeMoves({ destination, seq, change, inDoubt, keyOf: (part) => `${key}|${part}` }, parts);
  }
  const asides: Move[] = [];
  // Of which of them a part was being taken away is not known: each has parts with the same numbers.
  const begun = inDoubt !== undefined && inDoubt >= 0 ? inDoubt : undefined;
  for (const change of catchUp.changes) {
    const keyOf = (part: number) => `${key}|${change.key}|${part}`;
    const aim = { destination, seq, change, inDoubt: begun, keyOf };
    for (const move of await changeMoves(aim, parts)) asides.push({ ...move, isAside: true });
  }
  if (catchUp.notes.length === 0) return asides;
  const body = await parts.rendering.digest(catchUp.digest, destination.choices);
  const notes =
    inDoubt === DIGEST_PART ? catchUp.notes.map(({ key }) => ({ key, noteId: UNKNOWN })) : catchUp.notes;
  const digest: Move = {
    part: DIGEST_PART,
    intent: DIGEST_PART,
    cost: body.cost,
    publishes: { isMissive: false },
    // The post that the entry is about may have gone out ahead of its turn, by the number of its part.
    call: () => send(destination, body, `${key}|digest`, { inDoubt: inDoubt === DIGEST_PART }, parts),
    done: (receipt) => parts.store.digested(destination.id, seq, notes, receipt),
  };
  return [...asides, digest];
}

async function changeMoves(aim: Aim, parts: MoveParts): Promise<readonly Move[]> {
  const { destination, seq, change } = aim;
  if (change.digest) return [await digestMove(aim, change.digest, parts)];
  const bodies = change.note ? await parts.rendering.note(change.note, destination.choices) : [];
  const standing = [...change.receipts].sort((a, b) => a.part - b.part);
  const isGoing = ({ part }: Receipt): boolean => part >= bodies.length || removalOf(part) === aim.inDoubt;
  const surplus = standing.filter(isGoing).reverse();
  const removals = surplus.map(
    ({ part, receipt }): Move => ({
      part,
      intent: removalOf(part),
      cost: 1,
      call: () => parts.platform.remove(destination.id, receipt, languageOf(destination.choices)),
      done: (_receipt, last) => parts.store.removed(destination.id, seq, change.key, part, last),
    }),
  );
  const staying = standing.filter((receipt) => !isGoing(receipt));
  return [...writings(aim, bodies, staying, parts), ...removals];
}

/** Makes a sound unless something else was chosen for the moment at which it goes out. */
function send(
  { id, choices }: Task['destination'],
  body: Body,
  key: string,
  sending: Sending,
  { platform, clock }: MoveParts,
): Promise<SendResult> {
  return platform.send(id, body, key, { ...sending, silent: isSilentAt(choices, clock.now()) });
}

function writings(
  { destination, seq, change, inDoubt, keyOf }: Aim,
  bodies: readonly Body[],
  standing: readonly Receipt[],
  parts: MoveParts,
): readonly Move[] {
  const { id, choices } = destination;
  const { note } = change;
  if (!note) return [];
  const shown = new Map(standing.map((receipt) => [receipt.part, receipt]));
  let first = shown.get(0)?.receipt;
  return bodies.flatMap((body, part): Move[] => {
    const old = shown.get(part);
    // A part that shows this version already was delivered before a crash.
    if (old?.noteId === note.id) return [];
    const replyTo = part === 0 ? change.replyTo : undefined;
    const noteId = !old && part === inDoubt ? UNKNOWN : note.id;
    return [
      {
        part,
        intent: part,
        cost: body.cost,
        ...(!old && { publishes: { isMissive: note.postType === 'missive' } }),
        call: () =>
          old
            ? parts.platform.edit(id, old.receipt, body, languageOf(choices))
            : send(
                destination,
                body,
                keyOf(part),
                {
                  ...(replyTo !== undefined && { replyTo }),
                  ...(part > 0 && first !== undefined && { first }),
                  ...placing(note, choices, part),
                  inDoubt: part === inDoubt,
                },
                parts,
              ),
        done(receipt, last) {
          if (part === 0) first = receipt;
          return parts.store.delivered(id, seq, change.key, { noteId, part, receipt }, last);
        },
      },
    ];
  });
}

/** A digest says what is left of it, and goes with the last of its notes. */
async function digestMove(
  { destination, seq, change: { key, note } }: Aim,
  { receipt: was, digest }: NonNullable<Change['digest']>,
  { platform, store, rendering }: MoveParts,
): Promise<Move> {
  const { id, choices } = destination;
  const part = 0;
  if (digest.notes.length === 0)
    return {
      part,
      intent: part,
      cost: 1,
      call: () => platform.remove(id, was, languageOf(choices)),
      done: (receipt, last) => store.digestEdited(id, seq, key, { was, receipt }, last),
    };
  const body = await rendering.digest(digest, choices);
  return {
    part,
    intent: part,
    cost: body.cost,
    call: () => platform.edit(id, was, body, languageOf(choices)),
    done: (receipt, last) =>
      store.digestEdited(id, seq, key, { was, receipt, ...(note && { noteId: note.id }) }, last),
  };
}
