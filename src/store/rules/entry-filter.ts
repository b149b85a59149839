import type { Note } from '../../note/note.ts';
import type { PostType } from '../../note/post-types.ts';
import { candidateTypes, filtersByTypeOnly, matches } from '../../preferences/filter.ts';
import type { Preferences } from '../../preferences/preferences.ts';
import type { Receipt } from '../delivery-task.ts';
import type { JournalEntry } from '../journal.ts';

/** A journal entry with what has become of its note since. */
export interface EntryState extends JournalEntry {
  /** Post type of the version that was posted; only posts have one. */
  readonly postType?: PostType;
  /** Id of the newest version; absent if the note is not archived any more. */
  readonly currentId?: string;
  /** A later entry deletes the note. */
  readonly isUndone: boolean;
}

/** What is known about a destination and one entry. Fetched only when asked for. */
export interface EntryFacts {
  readonly entry: EntryState;
  readonly preferences: Preferences;
  /** The destination has begun this entry. */
  readonly hasBegun: boolean;
  /** What the destination has of the entry's note. */
  receipts(): readonly Pick<Receipt, 'noteId'>[];
  /** The newest version of the entry's note. */
  note(): Note | undefined;
}

/**
 * Whether a destination wants an entry. `excluded`: its post types, its receipts and the journal say no, so an engine can
 * decide it for many destinations in one statement; `filtered`: its followed and muted terms do, which takes the note.
 */
export type EntryVerdict = 'wanted' | 'excluded' | 'filtered';

export function judgeEntry(facts: EntryFacts): EntryVerdict {
  const { entry, preferences, hasBegun, note } = facts;
  switch (entry.action) {
    case 'post':
      if (entry.isUndone || !candidateTypes(preferences).some((type) => type === entry.postType))
        return 'excluded';
      return passesFilter(preferences, note) ? 'wanted' : 'filtered';
    case 'replace':
      return !entry.isUndone && isOutdated(facts.receipts(), entry.currentId, hasBegun)
        ? 'wanted'
        : 'excluded';
    case 'delete':
      return facts.receipts().length > 0 ? 'wanted' : 'excluded';
  }
}

/**
 * Whether a destination that is deferred gets the entry all the same: changes of what it has, and breaking news if its
 * preferences allow that.
 */
export function hasPriority(facts: EntryFacts): boolean {
  const { entry, preferences, note } = facts;
  if (entry.action !== 'post') return judgeEntry(facts) === 'wanted';
  return (
    !entry.isUndone && preferences.breaking && facts.receipts().length === 0 && isMatch(preferences, note)
  );
}

/** Whether followed and muted terms let a post of a wanted type through. */
export const passesFilter = (preferences: Preferences, note: () => Note | undefined): boolean =>
  filtersByTypeOnly(preferences) || isMatch(preferences, note);

function isMatch(preferences: Preferences, note: () => Note | undefined): boolean {
  const found = note();
  return found !== undefined && matches(found, preferences);
}

/** A replacement that has begun goes on even if every part so far shows the newest version: there may be more parts. */
const isOutdated = (
  receipts: readonly Pick<Receipt, 'noteId'>[],
  currentId: string | undefined,
  hasBegun: boolean,
): boolean => receipts.length > 0 && (hasBegun || receipts.some(({ noteId }) => noteId !== currentId));
