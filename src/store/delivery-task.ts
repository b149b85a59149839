import type { Note } from '../note/note.ts';
import type { Digest } from '../note/present/digest.ts';
import type { Preferences } from '../preferences/preferences.ts';

/** What is to happen at every destination that wants the note, in order of `seq`. */
export interface JournalEntry {
  readonly seq: number;
  readonly action: 'post' | 'replace' | 'delete';
  /** The note's key (see `Note.key`). */
  readonly key: string;
}

export interface Destination {
  /** `discord:<channel id>`, `telegram:<chat id>` or `telegram:<chat id>/<topic id>`. */
  readonly id: string;
  /** `config` where the operator named it, `command` where somebody subscribed. */
  readonly source: 'config' | 'command';
  readonly preferences: Preferences;
  /** `suspended` until somebody acts; `gone`, as it seems for good, but kept for 30 days in case it comes back. */
  readonly state: 'active' | 'suspended' | 'gone';
  /** Why it is not active, for people. */
  readonly reason?: string;
  /** `seq` of the last journal entry that is settled here. */
  readonly position: number;
}

/** The part of a receipt, or of an intent, that is about a digest: the note stands on it with others. */
export const DIGEST_PART = -1;

/** One delivered part: which messages stand at the destination for it. */
export interface Receipt {
  /** Id of the event that was shown (a version of the note); empty where it is not known which. */
  readonly noteId: string;
  /** From 0. */
  readonly part: number;
  readonly receipt: string;
}

/** One note at one destination: how it should stand there, and how it does. */
export interface NoteChange {
  /** The note's key. */
  readonly key: string;
  /** The newest version; absent where it was taken back. */
  readonly note?: Note;
  /** What stands there for this note, by part. */
  readonly receipts: readonly Receipt[];
  /** Receipt of the first part of the note that this one answers, where that stands there. */
  readonly replyTo?: string;
  /** The digest on which it stands there, where that no longer shows how things are, and what it is to show. */
  readonly outdatedDigest?: { readonly receipt: string; readonly digest: Digest };
}

/** One digest in place of all posts up to the task's entry, for a destination that is far behind. */
export interface CatchUp {
  readonly digest: Digest;
  /** All that it stands for, in the version it shows. */
  readonly notes: readonly { readonly key: string; readonly noteId: string }[];
  /** What becomes of notes that stand there from before; these come first. */
  readonly changes: readonly NoteChange[];
}

/**
 * When a destination counts as far behind: more than `count` posts wait and the oldest is dated before `beforeS`
 * (seconds since 1970), or more than `flood` wait, however new.
 */
export interface CatchUpThreshold {
  readonly count: number;
  readonly beforeS: number;
  readonly flood: number;
}

/** The next thing to do for one destination: a change on account of one entry, or one digest up to that entry. */
export interface DeliveryTask extends Omit<NoteChange, 'key'> {
  readonly destination: Destination;
  readonly entry: Omit<JournalEntry, 'action'> & { readonly action: JournalEntry['action'] | 'catch-up' };
  /** What there is to do where the action says `catch-up`. */
  readonly catchUp?: CatchUp;
  /** The part that was begun and never settled: a crash, a lost answer or a suspension lies between. */
  readonly uncertainPart?: number;
  /** Failed tries of this task so far. */
  readonly attempts: number;
}
