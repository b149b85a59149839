import { ROWIDS_PER_SECOND } from '../archive/note-rowid.ts';

/**
 * Entries of the full-text index that stand for no note, some thousand notes apart. FTS5 comes back only with the next
 * match, however far that is; a query that matches milestones as well comes back at each of them, and whoever reads on
 * can look at the clock. A milestone stands at the very beginning of a second, behind all notes of that second and
 * before all older ones.
 */
export const CHECKPOINT_TOKEN = '·milestone';

/** One note in so many, as its id will have it, has a milestone behind it. */
const NOTES_PER_CHECKPOINT = 1_024;

/** Whether a note of that moment has a milestone behind it. */
export const hasCheckpoint = (moment: number): boolean => moment % NOTES_PER_CHECKPOINT === 0;

/** The milestone behind a moment. */
export const checkpointBelow = (moment: number): number => moment - (moment % ROWIDS_PER_SECOND);

/** No note that is taken in stands at such a moment. */
export const isCheckpoint = (moment: number): boolean => moment % ROWIDS_PER_SECOND === 0;
