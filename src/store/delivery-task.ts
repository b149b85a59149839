import type { Note } from '../note/note.ts';
import type { Digest } from '../note/present/digest.ts';
import type { Destination } from './destinations.ts';
import type { JournalEntry } from './journal.ts';

/** Part number of receipts and intents of a digest, which one note shares with others. */
export const DIGEST_PART = -1;

/** One delivered part of a note and the messages that show it. */
export interface Receipt {
  /** Id of the event that is shown, a version of the note; empty if it is not known which. */
  readonly noteId: string;
  /** From 0. */
  readonly part: number;
  /** The platform's own text; names its messages. */
  readonly receipt: string;
}

/** One note at one destination: how it should be there, and how it is. */
export interface NoteChange {
  /** The note's key. */
  readonly key: string;
  /** The newest version; absent if the note was deleted. */
  readonly note?: Note;
  /** What the destination has of this note, by part. */
  readonly receipts: readonly Receipt[];
  /** Receipt of the first part of the note that this one answers, if the destination has it. */
  readonly replyTo?: string;
  /** A digest that includes this note and no longer shows it as it is, and what it is to show. */
  readonly outdatedDigest?: { readonly receipt: string; readonly digest: Digest };
}

/** One digest in place of all posts up to the task's entry. */
export interface CatchUp {
  readonly digest: Digest;
  /** Every note it stands for, in the version it shows. */
  readonly notes: readonly { readonly key: string; readonly noteId: string }[];
  /** Changes of notes that were delivered before; these come first. */
  readonly changes: readonly NoteChange[];
}

/**
 * When a destination gets one digest instead of the waiting posts: if more than `count` wait and the oldest is dated
 * before `beforeS` (seconds since 1970), or if more than `flood` wait, however new.
 */
export interface CatchUpThreshold {
  readonly count: number;
  readonly beforeS: number;
  readonly flood: number;
}

/** The next thing to do for one destination: one journal entry, or one digest up to that entry. */
export interface DeliveryTask extends Omit<NoteChange, 'key'> {
  readonly destination: Destination;
  readonly entry: Omit<JournalEntry, 'action'> & { readonly action: JournalEntry['action'] | 'catch-up' };
  /** Present if the action is `catch-up`. */
  readonly catchUp?: CatchUp;
  /** A part that was begun and has no receipt: the program crashed, or the platform's answer was lost. */
  readonly uncertainPart?: number;
  /** Failed attempts at this task. */
  readonly attempts: number;
}
