import type { Note } from '../note/note.ts';

/** What is to happen at every destination that wants the note, in order of `seq`. */
export interface JournalEntry {
  readonly seq: number;
  readonly action: 'post' | 'replace' | 'delete';
  /** The note's key (see `Note.key`). */
  readonly key: string;
}

/**
 * A note to be archived. `news`: readers are to get it, so it also gets a journal entry. A newer version of a note that
 * readers were to get is journaled as `replace`, whether it is news or not; of a note that was only archived, never.
 */
export interface IncomingNote {
  readonly note: Note;
  readonly news: boolean;
  /** Delivered ahead of its turn where `Preferences.breaking` allows it. */
  readonly breaking?: boolean;
  /** URL of the relay that sent it. */
  readonly relay?: string;
}

/**
 * What became of an incoming note: `added`; `replaced` an older version at the same address; `known` already; `outdated`
 * by a newer version (NIP-01: the newest `created_at` wins, ties go to the lowest id); `deleted` by its author earlier.
 */
export type AcceptOutcome = 'added' | 'replaced' | 'known' | 'outdated' | 'deleted';

/**
 * The author's NIP-09 deletion request: note ids, for good, and addresses, for versions up to `createdAt` (seconds). An
 * id of one version of an address deletes the address up to that version.
 */
export interface Deletion {
  readonly id: string;
  readonly createdAt: number;
  readonly ids: readonly string[];
  readonly addresses: readonly string[];
}

/** Changes to what readers see: each writes the archive and appends to the journal in one transaction. */
export interface Journal {
  /**
   * Archives notes and journals the news among them, in the given order; returns their outcomes in that order. The final
   * archive does not depend on the order in which versions and deletions arrive. `onVisible` is called as soon as
   * readers of the store see the notes, before they are durable; no later write is durable without them.
   */
  accept(notes: readonly IncomingNote[], onVisible?: () => void): Promise<readonly AcceptOutcome[]>;
  /**
   * Removes notes from the archive, journals a delete for those readers were to get, and remembers the request so that
   * late copies stay out. Returns how many notes were removed. Idempotent.
   */
  delete(deletion: Deletion): Promise<number>;
  /** Deletes notes that expired (NIP-40) at or before `nowMs`, as if their author had; returns how many. */
  deleteExpired(nowMs: number): Promise<number>;
  /** When the next note expires, in milliseconds since 1970; `undefined` if none does. */
  nextExpiryMs(): Promise<number | undefined>;
}
