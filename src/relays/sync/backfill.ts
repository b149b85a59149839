import type { Filter } from 'nostr-tools/filter';
import { isTermination, refusalCause, type Termination, terminationFor } from '../relay-errors.ts';
import type { Timeouts } from '../timeouts.ts';
import { NO_EOSE, readPage } from './page-reader.ts';
import type { VerifiedStream } from './verified-stream.ts';

/** The seconds a backfill has covered, inclusive. After a lost connection the next one skips them. */
export interface Checkpoint {
  readonly fromS: number;
  readonly downToS: number;
  /** Whether every page of it ended with EOSE. */
  readonly complete: boolean;
}

export interface BackfillOptions {
  /** Authors and kinds; a `limit` if pages are to have one. */
  readonly filter: Filter;
  /** In seconds since 1970; 0 is the very beginning. */
  readonly sinceS: number;
  /** Later events may still be on their way, so every catch-up asks for them again. */
  readonly settledS: number;
  readonly checkpoint: Checkpoint | undefined;
  /** Called with each page. */
  readonly onPage: () => void;
  /** Called with how far it got; with `undefined` once the next backfill has to start afresh. */
  readonly onCheckpoint: (checkpoint: Checkpoint | undefined) => void;
  /** Waits for a relay's rate limit. A `Termination` if that didn't help. */
  readonly slowDown: (termination: Termination) => Promise<Termination | undefined>;
  readonly timeouts: Timeouts;
}

export interface BackfillResult {
  /** Whether every page ended with EOSE. */
  readonly complete: boolean;
  readonly saturated: readonly SaturatedSecond[];
}

/** A second that may hold more events than a page can show. */
export interface SaturatedSecond {
  readonly second: number;
  readonly count: number;
}

const MAX_PAGES = 10_000;
const MAX_SATURATED = 100;
/** How often in a row a refusal without a cause is put down to the rate. */
const MAX_WAITS = 3;

/**
 * Pages backwards from now to `sinceS`, processing each page before requesting the next. It continues past pages without
 * EOSE, so that nothing is lost at a relay that never sends one. A `Termination` if it couldn't finish.
 */
export async function backfill(
  stream: VerifiedStream,
  options: BackfillOptions,
): Promise<BackfillResult | Termination> {
  const { filter, sinceS, settledS, checkpoint, onCheckpoint, timeouts } = options;
  const saturated: SaturatedSecond[] = [];
  /** Of these pages, and of those that the checkpoint stands for. */
  let isComplete = true;
  let wasComplete = true;
  let untilS = Number.POSITIVE_INFINITY;
  let largest = 0;
  /** If no limit may be named and the relay sorts oldest first, everything from here on is paged forwards first. */
  let forwardS: number | undefined;
  let forwardFromS: number | undefined;
  let waits = 0;
  let hasPages = false;

  /** If similar pages were answered before, a refusal without a cause can only be about the rate. */
  function asRateLimit(termination: Termination): Termination {
    const { kinds, recovery, reason } = termination;
    const isOurs = !kinds || kinds.join() === filter.kinds?.join();
    if (recovery !== 'simplify' || !isOurs || !hasPages || refusalCause(reason) === 'number')
      return termination;
    waits += 1;
    return waits > MAX_WAITS ? termination : terminationFor('rate-limited', reason);
  }

  /** A page within one second. If it is full it may hide more, and no filter reaches behind it. */
  function noteSaturated(second: number, count: number): void {
    if (count > 1 && count >= largest && saturated.length < MAX_SATURATED) saturated.push({ second, count });
  }

  function finished(): BackfillResult {
    if (isComplete) onCheckpoint(undefined);
    return { complete: isComplete && wasComplete, saturated };
  }

  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const fromS: number = forwardS ?? sinceS;
    const page = await readPage(
      stream,
      {
        ...filter,
        ...(fromS > 0 && { since: fromS }),
        // Open-ended at first: a note may be dated a few minutes ahead.
        ...(untilS < Number.POSITIVE_INFINITY && { until: untilS }),
      },
      timeouts,
    );
    if (isTermination(page)) {
      if (page === NO_EOSE && !isComplete) return finished();
      const termination = asRateLimit(page);
      const worse = termination.recovery === 'slow-down' ? await options.slowDown(termination) : termination;
      if (worse) return worse;
      continue;
    }
    options.onPage();
    hasPages = true;
    waits = 0;
    isComplete &&= page.complete;
    if (filter.limit === undefined && page.ascendingToS !== undefined && forwardFromS === undefined)
      forwardFromS = forwardS = page.oldestS;
    if (forwardS !== undefined) {
      if (page.ascendingToS === undefined) noteSaturated(forwardS, page.count);
      largest = Math.max(largest, page.count);
      const nextS: number = Math.max(page.ascendingToS ?? 0, forwardS + 1);
      forwardS = page.oldestS === undefined ? undefined : nextS;
      // A relay that doesn't sort at all may have older ones.
      if (forwardS === undefined) untilS = forwardFromS ?? untilS;
      continue;
    }
    // Only an empty page is the end: caps can be below our limit, and other relays may have sent everything first.
    if (page.oldestS === undefined) return finished();
    if (page.oldestS < untilS) untilS = page.oldestS;
    else {
      noteSaturated(untilS, page.count);
      untilS -= 1;
    }
    largest = Math.max(largest, page.count);
    // Before `reached` is called: what the checkpoint covers must survive a connection that ends here.
    if (checkpoint && untilS <= checkpoint.fromS && untilS > checkpoint.downToS) {
      untilS = checkpoint.downToS;
      wasComplete = checkpoint.complete;
    }
    if (untilS < sinceS) return finished();
    if (untilS <= Math.min(settledS, checkpoint?.fromS ?? settledS))
      onCheckpoint({ fromS: settledS, downToS: untilS, complete: isComplete && wasComplete });
  }
  return terminationFor('misbehaves', 'endless history');
}
