import type { Clock } from '../lib/clock.ts';
import type { Body, DeliveryOptions, Platform, SendResult } from '../platform/platform.ts';
import { languageOf } from '../preferences/preferences.ts';
import { isSilentAt } from '../preferences/schedule.ts';
import { type DeliveryTask, DIGEST_PART, type NoteChange, type Receipt } from '../store/delivery-task.ts';
import type { Store } from '../store/store.ts';
import type { RenderCache } from './render-cache.ts';
import { routingFor } from './routing.ts';

/**
 * The version that a part shows which was in doubt and sent again: where a platform dropped the repeat, it shows the
 * version of the earlier try. A later edit then finds it out of date in any case.
 */
const UNKNOWN_VERSION = '';

/** One API call of a task, and what the store is to be told once it is done. */
export interface Step {
  readonly part: number;
  /** What is recorded as begun before the call: the part, or that it is taken away. */
  readonly intent: number;
  readonly cost: number;
  /** A new message that may be published where that is chosen; whether it is a missive's. */
  readonly publishes?: { readonly isMissive: boolean };
  /** The task goes on without it where the platform refuses it for good. */
  readonly optional?: true;
  call(): Promise<SendResult>;
  /** `last`: with it the entry is settled. */
  done(receipt: string, last: boolean): Promise<void>;
}

export interface PlannerParts {
  readonly store: Pick<Store, 'deliveries'>;
  readonly platform: Platform;
  readonly renderCache: RenderCache;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * The intent to take a part away. It has a number of its own: if it is in doubt, the part counts as gone, whatever a
 * newer version says, since an edit would find nothing to change.
 */
const removalIntent = (part: number): number => DIGEST_PART - 1 - part;

/** What is to be done for one change, and by which entry. */
interface PlanContext {
  readonly destination: DeliveryTask['destination'];
  readonly seq: number;
  readonly change: NoteChange;
  readonly inDoubt: number | undefined;
  /** Names a part for good, so that a platform with idempotency keys drops a repeat. */
  keyOf(part: number): string;
}

/**
 * The calls that carry a task out, in order; none where everything stands as it should. What is in doubt comes first:
 * once another part is begun, nobody would know of the doubt any more.
 */
export async function planTask(task: DeliveryTask, parts: PlannerParts): Promise<readonly Step[]> {
  const moves = await planAllSteps(task, parts);
  const inDoubt = moves.find(({ intent }) => intent === task.uncertainPart);
  return inDoubt ? [inDoubt, ...moves.filter((move) => move !== inDoubt)] : moves;
}

async function planAllSteps(task: DeliveryTask, parts: PlannerParts): Promise<readonly Step[]> {
  const { destination, entry, catchUp, uncertainPart } = task;
  const { seq } = entry;
  const key = `${destination.id}|${seq}`;
  if (!catchUp) {
    const change = { ...task, key: entry.key };
    return changeSteps(
      { destination, seq, change, inDoubt: uncertainPart, keyOf: (part) => `${key}|${part}` },
      parts,
    );
  }
  const asides: Step[] = [];
  // Of which of them a part was being taken away is not known: each has parts with the same numbers.
  const begun = uncertainPart !== undefined && uncertainPart >= 0 ? uncertainPart : undefined;
  for (const change of catchUp.changes) {
    const keyOf = (part: number) => `${key}|${change.key}|${part}`;
    const aim = { destination, seq, change, inDoubt: begun, keyOf };
    for (const move of await changeSteps(aim, parts)) asides.push({ ...move, optional: true });
  }
  if (catchUp.notes.length === 0) return asides;
  const body = await parts.renderCache.renderDigest(catchUp.digest, destination.preferences);
  const notes =
    uncertainPart === DIGEST_PART
      ? catchUp.notes.map(({ key }) => ({ key, noteId: UNKNOWN_VERSION }))
      : catchUp.notes;
  const digest: Step = {
    part: DIGEST_PART,
    intent: DIGEST_PART,
    cost: body.cost,
    publishes: { isMissive: false },
    // The post that the entry is about may have gone out ahead of its turn, by the number of its part.
    call: () => send(destination, body, `${key}|digest`, { inDoubt: uncertainPart === DIGEST_PART }, parts),
    done: (receipt) => parts.store.deliveries.recordDigest(destination.id, seq, notes, receipt),
  };
  return [...asides, digest];
}

async function changeSteps(aim: PlanContext, parts: PlannerParts): Promise<readonly Step[]> {
  const { destination, seq, change } = aim;
  if (change.outdatedDigest) return [await digestStep(aim, change.outdatedDigest, parts)];
  const bodies = change.note ? await parts.renderCache.renderNote(change.note, destination.preferences) : [];
  const standing = [...change.receipts].sort((a, b) => a.part - b.part);
  const isGoing = ({ part }: Receipt): boolean =>
    part >= bodies.length || removalIntent(part) === aim.inDoubt;
  const surplus = standing.filter(isGoing).reverse();
  const removals = surplus.map(
    ({ part, receipt }): Step => ({
      part,
      intent: removalIntent(part),
      cost: 1,
      call: () => parts.platform.remove(destination.id, receipt, languageOf(destination.preferences)),
      done: (_receipt, last) =>
        parts.store.deliveries.recordRemoval(destination.id, seq, change.key, part, last),
    }),
  );
  const staying = standing.filter((receipt) => !isGoing(receipt));
  return [...sendSteps(aim, bodies, staying, parts), ...removals];
}

/** Makes a sound unless something else was chosen for the moment at which it goes out. */
function send(
  { id, preferences }: DeliveryTask['destination'],
  body: Body,
  key: string,
  sending: DeliveryOptions,
  { platform, clock }: PlannerParts,
): Promise<SendResult> {
  return platform.send(id, body, key, { ...sending, silent: isSilentAt(preferences, clock.now()) });
}

function sendSteps(
  { destination, seq, change, inDoubt, keyOf }: PlanContext,
  bodies: readonly Body[],
  standing: readonly Receipt[],
  parts: PlannerParts,
): readonly Step[] {
  const { id, preferences } = destination;
  const { note } = change;
  if (!note) return [];
  const shown = new Map(standing.map((receipt) => [receipt.part, receipt]));
  let first = shown.get(0)?.receipt;
  return bodies.flatMap((body, part): Step[] => {
    const old = shown.get(part);
    // A part that shows this version already was delivered before a crash.
    if (old?.noteId === note.id) return [];
    const replyTo = part === 0 ? change.replyTo : undefined;
    const noteId = !old && part === inDoubt ? UNKNOWN_VERSION : note.id;
    return [
      {
        part,
        intent: part,
        cost: body.cost,
        ...(!old && { publishes: { isMissive: note.postType === 'missive' } }),
        call: () =>
          old
            ? parts.platform.edit(id, old.receipt, body, languageOf(preferences))
            : send(
                destination,
                body,
                keyOf(part),
                {
                  ...(replyTo !== undefined && { replyTo }),
                  ...(part > 0 && first !== undefined && { first }),
                  ...routingFor(note, preferences, part),
                  inDoubt: part === inDoubt,
                },
                parts,
              ),
        done(receipt, last) {
          if (part === 0) first = receipt;
          return parts.store.deliveries.recordReceipt(id, seq, change.key, { noteId, part, receipt }, last);
        },
      },
    ];
  });
}

/** A digest says what is left of it, and goes with the last of its notes. */
async function digestStep(
  { destination, seq, change: { key, note } }: PlanContext,
  { receipt: was, digest }: NonNullable<NoteChange['outdatedDigest']>,
  { platform, store, renderCache }: PlannerParts,
): Promise<Step> {
  const { id, preferences } = destination;
  const part = 0;
  if (digest.notes.length === 0)
    return {
      part,
      intent: part,
      cost: 1,
      call: () => platform.remove(id, was, languageOf(preferences)),
      done: (receipt, last) => store.deliveries.recordDigestEdit(id, seq, key, { was, receipt }, last),
    };
  const body = await renderCache.renderDigest(digest, preferences);
  return {
    part,
    intent: part,
    cost: body.cost,
    call: () => platform.edit(id, was, body, languageOf(preferences)),
    done: (receipt, last) =>
      store.deliveries.recordDigestEdit(
        id,
        seq,
        key,
        { was, receipt, ...(note && { noteId: note.id }) },
        last,
      ),
  };
}
