import { MOMENTS_PER_SECOND } from '../../rules/moment.ts';

/**
 * Token of checkpoints: entries of the full-text index that stand for no note, some thousand notes apart. FTS5 returns only
 * with its next match, however far away; a query that also matches checkpoints returns at each of them, so the scan can
 * look at the clock. A checkpoint has the lowest row id of a second: below all notes of that second, above older ones.
 */
export const CHECKPOINT_TOKEN = '·milestone';

/** One note in this many has a checkpoint below it; its id decides. */
const NOTES_PER_CHECKPOINT = 1_024;

/** Whether the note with that row id has a checkpoint below it. */
export const hasCheckpoint = (moment: number): boolean => moment % NOTES_PER_CHECKPOINT === 0;

/** Row id of the checkpoint below a note. */
export const checkpointBelow = (moment: number): number => moment - (moment % MOMENTS_PER_SECOND);

/** No new note is given such a row id. */
export const isCheckpoint = (moment: number): boolean => moment % MOMENTS_PER_SECOND === 0;
