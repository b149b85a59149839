import type { Body, DeliveryOptions } from '../platform/platform.ts';
import type { Preferences } from '../preferences/preferences.ts';
import {
  type CatchUp,
  type DeliveryTask,
  DIGEST_PART,
  type NoteChange,
  type Receipt,
} from '../store/delivery-task.ts';
import { routingFor } from './routing.ts';

/**
 * Recorded as the version of a part that was uncertain and sent again: if the platform dropped the repeat, the message
 * still shows the version of the earlier try. A later edit then finds it out of date either way.
 */
const UNKNOWN_VERSION = '';

interface StepBase {
  /** The part that is sent or changed, from 0; `DIGEST_PART` for a digest. */
  readonly part: number;
  /** Recorded before the call, so that after a crash the step that is uncertain can be told from the others. */
  readonly intent: number;
  /** This step was begun before and may have succeeded. True of the first step of a plan at most. */
  readonly uncertain?: true;
  /** If the platform rejects it, the task continues without it. */
  readonly optional?: true;
}

/** Posts one part of a note. */
export interface SendStep extends StepBase {
  readonly type: 'send';
  readonly body: Body;
  /** The same for every try, so that a platform with idempotency keys drops a repeat. */
  readonly idempotencyKey: string;
  /** Without `silent`, which is decided at sending, and `first`, which may be the receipt of an earlier step. */
  readonly options: Omit<DeliveryOptions, 'silent' | 'first'>;
  /** Receipt of the note's first part, if this is a later part and the first one is there already. */
  readonly first?: string;
  readonly noteKey: string;
  readonly noteId: string;
  readonly isMissive: boolean;
}

/** Changes one part of a note. */
export interface EditStep extends StepBase {
  readonly type: 'edit';
  readonly target: 'note';
  readonly receipt: string;
  readonly body: Body;
  readonly noteKey: string;
  readonly noteId: string;
}

/** Changes a digest because of one of its notes. */
export interface EditDigestStep extends Omit<EditStep, 'target' | 'noteId'> {
  readonly target: 'digest';
  /** Absent if the note was deleted. */
  readonly noteId?: string;
}

/** Deletes a message: one part of a note, or a digest with no note left on it. */
export interface RemoveStep extends StepBase {
  readonly type: 'remove';
  readonly target: 'note' | 'digest';
  readonly receipt: string;
  readonly noteKey: string;
}

/** Posts one message in place of several notes. */
export interface DigestStep extends StepBase {
  readonly type: 'digest';
  readonly body: Body;
  readonly idempotencyKey: string;
  readonly notes: CatchUp['notes'];
}

/** One platform call, and what to record when it succeeds. */
export type Step = SendStep | EditStep | EditDigestStep | RemoveStep | DigestStep;

/** A change together with what the note should look like now, part by part; for an outdated digest, its one message. */
export interface RenderedChange {
  readonly change: NoteChange;
  readonly bodies: readonly Body[];
}

/** What a task needs rendered. */
export interface RenderedTask {
  readonly changes: readonly RenderedChange[];
  readonly digest?: Body;
}

/** What to do about a task, in order. */
export interface Plan {
  readonly steps: readonly Step[];
  /** A part that may have arrived and that no step sends again: if it did, nobody can edit or delete it any more. */
  readonly orphanedPart?: number;
}

/** Shared by the steps of one change. */
interface PlanContext {
  readonly preferences: Preferences;
  /** The intent of an earlier try that may have succeeded, if it can belong to this change. */
  readonly uncertainPart: number | undefined;
  readonly keyPrefix: string;
}

/**
 * Decides which calls bring a destination up to date; none if everything there is as it should be. The uncertain step
 * comes first: recording the intent of any other would erase the only trace of it.
 */
export function planTask(task: DeliveryTask, rendered: RenderedTask): Plan {
  const { uncertainPart } = task;
  const steps = allSteps(task, rendered);
  if (uncertainPart === undefined) return { steps };
  const index = steps.findIndex(({ intent }) => intent === uncertainPart);
  const repeated = steps[index];
  if (!repeated) return { steps, orphanedPart: uncertainPart };
  return { steps: [{ ...repeated, uncertain: true }, ...steps.toSpliced(index, 1)] };
}

function allSteps(
  { destination, entry, catchUp, uncertainPart }: DeliveryTask,
  { changes, digest }: RenderedTask,
): readonly Step[] {
  const { preferences } = destination;
  const key = `${destination.id}|${entry.seq}`;
  // Includes the note's key, because a journal restored from a backup reuses sequence numbers.
  const prefixOf = (rendered: RenderedChange): string => `${key}|${rendered.change.key}`;
  if (!catchUp)
    return changes.flatMap((rendered) =>
      changeSteps(rendered, { preferences, uncertainPart, keyPrefix: prefixOf(rendered) }),
    );
  // The parts of all these notes share their numbers, so an interrupted deletion can't be attributed to one of them.
  const begun = uncertainPart !== undefined && uncertainPart >= 0 ? uncertainPart : undefined;
  const corrections = changes.flatMap((rendered): Step[] => {
    const context = { preferences, uncertainPart: begun, keyPrefix: prefixOf(rendered) };
    return changeSteps(rendered, context).map((step) => ({ ...step, optional: true }));
  });
  return digest ? [...corrections, digestStep(digest, catchUp, `${key}|digest`, uncertainPart)] : corrections;
}

/** The key doesn't end in a part's number, because the same entry's post may have been sent ahead with that key. */
function digestStep(
  body: Body,
  { notes }: CatchUp,
  idempotencyKey: string,
  uncertainPart: number | undefined,
): DigestStep {
  const isRepeat = uncertainPart === DIGEST_PART;
  return {
    type: 'digest',
    part: DIGEST_PART,
    intent: DIGEST_PART,
    body,
    idempotencyKey,
    notes: isRepeat ? notes.map(({ key }) => ({ key, noteId: UNKNOWN_VERSION })) : notes,
  };
}

/** Writes missing and outdated parts in order, then removes surplus parts, last one first. */
function changeSteps({ change, bodies }: RenderedChange, context: PlanContext): readonly Step[] {
  if (change.outdatedDigest) return [digestChangeStep(change, change.outdatedDigest.receipt, bodies[0])];
  const delivered = change.receipts.toSorted((a, b) => a.part - b.part);
  // A part whose deletion is uncertain counts as deleted, whatever a newer version says: there may be nothing left to edit.
  const isSurplus = ({ part }: Receipt): boolean =>
    part >= bodies.length || removalIntent(part) === context.uncertainPart;
  const kept = delivered.filter((receipt) => !isSurplus(receipt));
  const removals = delivered
    .filter(isSurplus)
    .reverse()
    .map(
      ({ part, receipt }): RemoveStep => ({
        type: 'remove',
        target: 'note',
        part,
        intent: removalIntent(part),
        receipt,
        noteKey: change.key,
      }),
    );
  return [...writeSteps({ change, bodies }, kept, context), ...removals];
}

function writeSteps(
  { change, bodies }: RenderedChange,
  kept: readonly Receipt[],
  { preferences, uncertainPart, keyPrefix }: PlanContext,
): readonly Step[] {
  const { note, key: noteKey, replyTo } = change;
  if (!note) return [];
  const receipts = new Map(kept.map((receipt) => [receipt.part, receipt]));
  const first = receipts.get(0)?.receipt;
  return bodies.flatMap((body, part): Step[] => {
    const current = receipts.get(part);
    // Delivered before a crash.
    if (current?.noteId === note.id) return [];
    const step = { part, intent: part, body, noteKey };
    if (current)
      return [{ ...step, type: 'edit', target: 'note', receipt: current.receipt, noteId: note.id }];
    const uncertain = part === uncertainPart;
    return [
      {
        ...step,
        type: 'send',
        idempotencyKey: `${keyPrefix}|${part}`,
        options: {
          ...(part === 0 && replyTo !== undefined && { replyTo }),
          ...routingFor(note, preferences, part),
          uncertain,
        },
        ...(part > 0 && first !== undefined && { first }),
        noteId: uncertain ? UNKNOWN_VERSION : note.id,
        isMissive: note.postType === 'missive',
      },
    ];
  });
}

/** A digest shows what is left of it, and is deleted with the last of its notes. */
function digestChangeStep(
  { key: noteKey, note }: NoteChange,
  receipt: string,
  body: Body | undefined,
): EditDigestStep | RemoveStep {
  const step = { target: 'digest', part: 0, intent: 0, receipt, noteKey } as const;
  return body
    ? { ...step, type: 'edit', body, ...(note && { noteId: note.id }) }
    : { ...step, type: 'remove' };
}

/**
 * The intent recorded before a part is deleted. It differs from a send's, because after a crash the part counts as
 * deleted, whatever a newer version says: there may be nothing left to edit.
 */
const removalIntent = (part: number): number => DIGEST_PART - 1 - part;
