import type { Note } from '../../note/note.ts';
import { DIGEST_PART, type NoteChange, type Receipt } from '../delivery-task.ts';
import { digestOf } from './digest-rules.ts';

/** What one destination has received, and the archive. */
export interface DeliveredFacts {
  /** What the destination has of the note with that key, by part. */
  receipts(key: string): readonly Receipt[];
  /** The key of the note with that id, or with that older version. */
  keyOf(id: string): string;
  /** Keys of the archived notes that the digest with that receipt stands for, newest first. */
  notesOnDigest(receipt: string): readonly string[];
  noteByKey(key: string): Note | undefined;
}

/** One note at one destination; `note` is its newest version, absent if it was deleted. */
export function noteChange(key: string, note: Note | undefined, facts: DeliveredFacts): NoteChange {
  const all = facts.receipts(key);
  const parent = note?.replyTo === undefined ? [] : facts.receipts(facts.keyOf(note.replyTo));
  const replyTo = parent.find(({ part }) => part === 0)?.receipt;
  const onDigest = all.find(({ part }) => part === DIGEST_PART);
  return {
    key,
    ...(note && { note }),
    receipts: all.filter(({ part }) => part !== DIGEST_PART),
    ...(replyTo !== undefined && { replyTo }),
    // A digest that shows the newest version stays as it is.
    ...(onDigest &&
      onDigest.noteId !== note?.id && { outdatedDigest: outdatedDigest(onDigest.receipt, key, note, facts) }),
  };
}

/** A deleted note leaves the digest, even if another note has its address by now. */
function outdatedDigest(
  receipt: string,
  key: string,
  note: Note | undefined,
  { notesOnDigest, noteByKey }: DeliveredFacts,
): NonNullable<NoteChange['outdatedDigest']> {
  const keys = notesOnDigest(receipt).filter((one) => note !== undefined || one !== key);
  return { receipt, digest: digestOf(keys, noteByKey) };
}
