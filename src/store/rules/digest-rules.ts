import type { Note } from '../../note/note.ts';
import { type Digest, MAX_LINES } from '../../note/present/digest.ts';
import type { CatchUpThreshold } from '../delivery-task.ts';
import type { InFlight } from './in-flight.ts';

/** A post that waits for a destination. */
export interface WaitingPost {
  readonly key: string;
  readonly noteId: string;
  readonly createdAt: number;
}

/** Where a destination is in the journal. */
interface JournalPlace {
  readonly position: number;
  /** `seq` of the entry after its position. */
  readonly nextSeq: number;
  readonly head: number;
  /** Work beyond its position. */
  readonly inFlight?: InFlight;
}

/**
 * The entry up to which a destination may get one digest instead of single posts; `undefined` if it may not. Work that has
 * begun decides: a digest ends where it was begun to end, and a post is finished as a post. Otherwise it takes more
 * entries than the threshold; `isFarBehind` then looks at the posts among them.
 */
export function digestEnd(
  { position, nextSeq, head, inFlight }: JournalPlace,
  threshold: CatchUpThreshold | undefined,
): number | undefined {
  if (inFlight) return inFlight.seq > nextSeq ? inFlight.seq : undefined;
  return threshold && head - position > threshold.count ? head : undefined;
}

/** Whether so much waits, for so long, that a digest is better than post after post. */
export function isFarBehind(
  newestFirst: readonly Pick<WaitingPost, 'createdAt'>[],
  { count, beforeS, flood }: CatchUpThreshold,
): boolean {
  const oldestAt = newestFirst.at(-1)?.createdAt ?? Number.POSITIVE_INFINITY;
  return newestFirst.length > flood || (newestFirst.length > count && oldestAt < beforeS);
}

/** The digest of these notes: the newest are shown, the others counted. */
export function digestOf(
  newestFirst: readonly string[],
  noteByKey: (key: string) => Note | undefined,
): Digest {
  const notes = newestFirst.slice(0, MAX_LINES).flatMap((key) => noteByKey(key) ?? []);
  return { notes, more: newestFirst.length - notes.length };
}
