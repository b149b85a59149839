/** Work on one journal entry at one destination: begun or postponed, and not settled yet. */
export interface InFlight {
  readonly seq: number;
  /** The part that was about to be sent and has no receipt yet, so it may have been sent. */
  readonly part?: number;
  /** An attempt before the latest one may have sent that part. */
  readonly isUncertain: boolean;
  /** The entry is delivered ahead of its turn: settling it leaves the position where it is. */
  readonly isPriority: boolean;
  /** Failed attempts since the last success. */
  readonly attempts: number;
  /** Not to be tried before then, in milliseconds on the clock of `Deliveries.postpone`. */
  readonly dueMs?: number;
}

/** How far a destination has got. */
export interface Progress {
  /** All entries up to here are settled. */
  readonly position: number;
  /** Entries up to here were considered for delivery ahead of their turn. */
  readonly prioritySeq: number;
}

/** Work on an entry that has not begun. */
export const newInFlight = (seq: number, isPriority = false): InFlight => ({
  seq,
  isUncertain: false,
  isPriority,
  attempts: 0,
});

const sameEntry = (before: InFlight | undefined, seq: number): InFlight =>
  before?.seq === seq ? before : newInFlight(seq);

/** A part is about to be sent. If it was before and got no receipt, the earlier attempt may have sent it. */
export function withIntent(before: InFlight | undefined, seq: number, part: number): InFlight {
  const work = sameEntry(before, seq);
  return { ...work, part, isUncertain: work.part === part };
}

/** A part was delivered, and the entry has more. */
export const withReceipt = (before: InFlight | undefined, seq: number): InFlight =>
  newInFlight(seq, sameEntry(before, seq).isPriority);

/** An attempt failed. Unless it, or one before, may have sent the part all the same, nothing was sent. */
export function postponed(
  before: InFlight | undefined,
  seq: number,
  dueMs: number,
  mayHaveSent: boolean,
): InFlight {
  const { part, ...work } = sameEntry(before, seq);
  const isUncertain = work.isUncertain || mayHaveSent;
  return {
    ...work,
    ...(isUncertain && part !== undefined && { part }),
    isUncertain,
    attempts: work.attempts + 1,
    dueMs,
  };
}

/** Where a destination is once the entry is settled. An entry ahead of its turn leaves the position for the others. */
export function settled(before: Progress, work: InFlight | undefined, seq: number): Progress {
  return sameEntry(work, seq).isPriority
    ? { ...before, prioritySeq: Math.max(before.prioritySeq, seq) }
    : { ...before, position: seq };
}
