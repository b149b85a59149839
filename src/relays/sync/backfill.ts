import type { Filter } from 'nostr-tools/filter';
import { refusalCause, type Termination, terminationFor } from '../relay-errors.ts';
import type { Timeouts } from '../timeouts.ts';
import { NO_EOSE, readPage } from './page-reader.ts';
import type { VerifiedStream } from './verified-stream.ts';

/** Seconds that a catch-up has been through, both included: after a lost connection the next one goes on there. */
export interface Checkpoint {
  readonly fromS: number;
  readonly downToS: number;
  /** Whether each page of it ended with EOSE. */
  readonly complete: boolean;
}

export interface BackfillOptions {
  /** Whose events, of which kinds; `limit` where a page is to ask for a number. */
  readonly filter: Filter;
  /** Called with each page. */
  readonly answered: () => void;
  /** Seconds since 1970; 0 is the very beginning. */
  readonly sinceS: number;
  /** What is dated later may still be on its way: it is asked for again by every catch-up. */
  readonly settledS: number;
  readonly checkpoint: Checkpoint | undefined;
  /** How far it got; `undefined` where the next catch-up has to begin anew. */
  readonly reached: (frontier: Checkpoint | undefined) => void;
  /** Waits as a relay that limits the rate wants it; an `Ending` where that did not help. */
  readonly slowDown: (ending: Termination) => Promise<Termination | undefined>;
  readonly timeouts: Timeouts;
}

/** What came of it: whether every page ended with its EOSE, and seconds that may hold more than a page can show. */
export interface BackfillResult {
  readonly complete: boolean;
  readonly saturated: readonly SaturatedSecond[];
}

export interface SaturatedSecond {
  readonly second: number;
  readonly count: number;
}

const MAX_PAGES = 10_000;
const MAX_SATURATED = 100;
/** How often it is put down to the rate that a request is refused whose like was answered just now. */
const MAX_WAITS = 3;

/**
 * Pages backwards from now to `sinceS`, each page taken in before the next is asked for; also past pages without EOSE,
 * so that nothing is lost at a relay that sends none. An `Ending` where it came to no end.
 */
export async function backfill(
  source: VerifiedStream,
  options: BackfillOptions,
): Promise<BackfillResult | Termination> {
  const { filter, sinceS, settledS, checkpoint, reached, timeouts } = options;
  const saturated: SaturatedSecond[] = [];
  /** What these pages say, and what those before them said of the rest. */
  let isComplete = true;
  let wasComplete = true;
  let untilS = Number.POSITIVE_INFINITY;
  let largest = 0;
  /** Where no number may be named and the relay sorts oldest first, it is gone forward from here before anything else. */
  let forwardS: number | undefined;
  let forwardFromS: number | undefined;
  let waits = 0;
  let hasPages = false;

  /** A refusal without a cause behind pages of the same sort can only be about how fast they were asked for. */
  function asPace(ending: Termination): Termination {
    const isOurs = !ending.kinds || ending.kinds.join() === filter.kinds?.join();
    if (ending.remedy !== 'simplify' || !isOurs || !hasPages || refusalCause(ending.reason) === 'number')
      return ending;
    waits += 1;
    return waits > MAX_WAITS ? ending : terminationFor('rate-limited', ending.reason);
  }

  /** Nothing but one second. A full page may hide more of it, and no filter reaches behind it. */
  function noteFull(second: number, count: number): void {
    if (count > 1 && count >= largest && saturated.length < MAX_SATURATED) saturated.push({ second, count });
  }

  function ended(): BackfillResult {
    if (isComplete) reached(undefined);
    return { complete: isComplete && wasComplete, saturated };
  }

  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await readPage(
      source,
      {
        ...filter,
        ...((forwardS ?? sinceS) > 0 && { since: forwardS ?? sinceS }),
        // No upper end at first: a note may be dated some minutes ahead.
        ...(untilS < Number.POSITIVE_INFINITY && { until: untilS }),
      },
      timeouts,
    );
    if ('remedy' in page) {
      if (page === NO_EOSE && !isComplete) return ended();
      const ending = asPace(page);
      const worse = ending.remedy === 'slow-down' ? await options.slowDown(ending) : ending;
      if (worse) return worse;
      continue;
    }
    options.answered();
    hasPages = true;
    waits = 0;
    isComplete &&= page.complete;
    if (filter.limit === undefined && page.ascendingToS !== undefined && forwardFromS === undefined)
      forwardFromS = forwardS = page.oldestS;
    if (forwardS !== undefined) {
      if (page.ascendingToS === undefined) noteFull(forwardS, page.count);
      largest = Math.max(largest, page.count);
      const nextS: number = Math.max(page.ascendingToS ?? 0, forwardS + 1);
      forwardS = page.oldestS === undefined ? undefined : nextS;
      // Whoever does not sort at all may have older ones.
      if (forwardS === undefined) untilS = forwardFromS ?? untilS;
      continue;
    }
    // Neither a short page nor one without new ids is the end: caps are lower than limits, others were faster.
    if (page.oldestS === undefined) return ended();
    if (page.oldestS < untilS) untilS = page.oldestS;
    else {
      noteFull(untilS, page.count);
      untilS -= 1;
    }
    largest = Math.max(largest, page.count);
    // Before it is said how far this got: what was reached once is not to be lost by a connection that ends here.
    if (checkpoint && untilS <= checkpoint.fromS && untilS > checkpoint.downToS) {
      untilS = checkpoint.downToS;
      wasComplete = checkpoint.complete;
    }
    if (untilS < sinceS) return ended();
    if (untilS <= Math.min(settledS, checkpoint?.fromS ?? settledS))
      reached({ fromS: settledS, downToS: untilS, complete: isComplete && wasComplete });
  }
  return terminationFor('misbehaves', 'endless history');
}
