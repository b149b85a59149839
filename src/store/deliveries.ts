import type { CatchUp, CatchUpThreshold, DeliveryTask, Receipt } from './delivery-task.ts';

/**
 * What is to be delivered next, and what was. A part's intent is recorded before it is sent and its receipt afterwards, so
 * that after a crash it is known which part may have arrived. Everything from `recordIntent` on is ignored, without an
 * error, if the destination has been deleted in the meantime.
 */
export interface Deliveries {
  /**
   * At most one task per destination: for active destinations of the platform that are behind and due, the furthest
   * behind first. `busy` must name every destination whose task is in progress; otherwise its position could move past
   * the entry being sent.
   *
   * Entries that a destination does not want are skipped for good: posts its preferences exclude; deletes and replaces of
   * what it never got, or got in the newest version; posts and replaces of notes deleted since, unless a part may have
   * been sent. A destination beyond `threshold` gets one digest instead of the waiting posts. Work that has begun is
   * finished the way it began. Where a schedule or quiet hours apply, posts are deferred until `wallMs` (milliseconds
   * since 1970 by the calendar; `nowMs` by default) reaches the chosen time; changes of what was delivered, and breaking
   * news where allowed, are not.
   */
  nextTasks(
    platform: string,
    nowMs: number,
    limit: number,
    busy: ReadonlySet<string>,
    threshold?: CatchUpThreshold,
    wallMs?: number,
  ): Promise<readonly DeliveryTask[]>;
  /** When the next destination of the platform that is postponed or deferred beyond `nowMs` is due. */
  nextDueMs(platform: string, nowMs: number, wallMs?: number): Promise<number | undefined>;
  /** Tasks of the platform that are postponed beyond `latestMs` are due then. */
  clampPostponed(platform: string, latestMs: number): Promise<void>;
  /** Records that a part is about to be sent. */
  recordIntent(destination: string, seq: number, part: number): Promise<void>;
  /**
   * Stores the receipt in place of the part's previous one; `receipt.noteId` is the version shown. `last` settles the
   * entry; until then it stays due. Clears intent, attempts and postponement.
   */
  recordReceipt(
    destination: string,
    seq: number,
    key: string,
    receipt: Receipt,
    last: boolean,
  ): Promise<void>;
  /** Deletes the receipts of parts from `fromPart` on, whose messages were deleted. Otherwise as `recordReceipt`. */
  recordRemoval(
    destination: string,
    seq: number,
    key: string,
    fromPart: number,
    last: boolean,
  ): Promise<void>;
  /** A digest was sent for all these notes, which settles the entry. */
  recordDigest(destination: string, seq: number, notes: CatchUp['notes'], receipt: string): Promise<void>;
  /**
   * A digest was edited because of one of its notes: it now shows that note's version `noteId`, or the note no longer.
   * `was` and `receipt` name the digest before and after. Otherwise as `recordReceipt`.
   */
  recordDigestEdit(
    destination: string,
    seq: number,
    key: string,
    edit: { readonly was: string; readonly receipt: string; readonly noteId?: string },
    last: boolean,
  ): Promise<void>;
  /** Settles the entry without a message; `isRefused`: the platform rejected it. */
  skip(destination: string, seq: number, isRefused?: boolean): Promise<void>;
  /**
   * The task is not due before `untilMs`; counts one more attempt. `uncertain` keeps the intent, since the part may have
   * arrived. Otherwise the intent is cleared, unless an earlier attempt at that part may have arrived.
   */
  postpone(destination: string, seq: number, untilMs: number, uncertain: boolean): Promise<void>;
}
