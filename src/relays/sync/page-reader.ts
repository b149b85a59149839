import type { Filter } from 'nostr-tools/filter';
import { classifyReason, type Termination, terminationFor } from '../relay-errors.ts';
import type { Timeouts } from '../timeouts.ts';
import type { VerifiedStream } from './verified-stream.ts';
import type { CheckedFrame } from './verify-and-dedupe.ts';

/** What a relay sent of its stored events in answer to one request. */
export interface Page {
  readonly count: number;
  /** The date of the oldest, in seconds; absent where nothing came. */
  readonly oldestS?: number;
  /** The date of the newest that is the author's, in seconds, where they came oldest first. */
  readonly ascendingToS?: number;
  /** Those that are the author's. */
  readonly ids: ReadonlySet<string>;
  /** Whether it ended with EOSE. */
  readonly complete: boolean;
}

/** Not even a relay that ignores `limit` and holds a long life's notes sends so many at once. */
const MAX_PAGE_EVENTS = 100_000;
/** A clumsy relay sends an event some times; one that sends the same few for ever would never come to an end. */
const MAX_REPEATS = 1_000;
const MAX_COPIES = 4;

/**
 * Asks once and takes in what comes, until EOSE. Without one, what came counts as an incomplete page when the relay
 * has been silent for too long. An `Ending` where there is nothing to go on with.
 */
export async function readPage(
  source: VerifiedStream,
  filter: Filter,
  timeouts: Timeouts,
): Promise<Page | Termination> {
  const subscription = source.subscribe(filter);
  const tally = createPageTally(filter);
  const notices = source.notices().count;
  let silentMs = 0;
  let waitedMs = 0;
  try {
    for (;;) {
      const next = await source.next(Math.min(timeouts.pageSilenceMs - silentMs, timeouts.pageMs - waitedMs));
      waitedMs += next.waitedMs;
      silentMs = next.seen.some((one) => 'subscription' in one && one.subscription === subscription)
        ? 0
        : silentMs + next.waitedMs;
      let page: Page | undefined;
      for (const one of next.seen) {
        const ending = terminationIn(one);
        // A connection lost after EOSE is lost for the next page as well; a CLOSED is said only once.
        if (ending) return one.type === 'gone' && page ? page : ending;
        if (!('subscription' in one) || one.subscription !== subscription) continue;
        if (one.type === 'eose') page = tally.page(true);
        if (one.type === 'event') tally.add(one);
      }
      if (page) return page;
      if (tally.isEndless()) return terminationFor('misbehaves', 'endless page');
      if (silentMs >= timeouts.pageSilenceMs || waitedMs >= timeouts.pageMs) {
        const incomplete = tally.page(false);
        if (incomplete.ids.size > 0) return incomplete;
        const { count, text } = source.notices();
        return count > notices ? terminationFromNotice(text) : NO_EOSE;
      }
    }
  } finally {
    source.unsubscribe(subscription);
  }
}

export const NO_EOSE = terminationFor('silent', 'no EOSE');

/** What a frame puts an end to, and how that is to be met. */
export function terminationIn(seen: CheckedFrame): Termination | undefined {
  if (seen.type === 'gone') return terminationFor(seen.trouble, seen.reason);
  if (seen.type !== 'closed') return undefined;
  const kinds = seen.subscription.filters[0]?.kinds;
  return { ...classifyReason(seen.reason), ...(kinds && { kinds }) };
}

/** What a NOTICE means that came in place of an answer, as it does from relays that refuse in no other way. */
export function terminationFromNotice(text: string): Termination {
  const ending = classifyReason(text);
  return ending.error === 'lost' ? terminationFor('refuses-filter', ending.reason) : ending;
}

function createPageTally({ since = 0, until = Number.POSITIVE_INFINITY }: Filter) {
  const ids = new Set<string>();
  let genuineOldestS = Number.POSITIVE_INFINITY;
  let lastS = Number.NEGATIVE_INFINITY;
  let isAscending = true;
  let claimed = 0;
  let claimedOldestS = Number.POSITIVE_INFINITY;
  let repeats = 0;
  return {
    add({ id, createdAt }: Extract<CheckedFrame, { readonly type: 'event' }>): void {
      if (createdAt === undefined || createdAt < since || createdAt > until) return;
      claimed += 1;
      claimedOldestS = Math.min(claimedOldestS, createdAt);
      if (id === undefined) return;
      genuineOldestS = Math.min(genuineOldestS, createdAt);
      isAscending &&= createdAt >= lastS;
      lastS = createdAt;
      if (ids.has(id)) repeats += 1;
      ids.add(id);
    },
    isEndless: () => claimed > MAX_PAGE_EVENTS || repeats > MAX_REPEATS + MAX_COPIES * ids.size,
    page(complete: boolean): Page {
      // A forged date must not lead past what is genuine, and a page of forgeries must not pass for the end.
      const oldestS = ids.size > 0 ? genuineOldestS : claimedOldestS;
      return {
        count: ids.size,
        ids,
        complete,
        ...(claimed > 0 && { oldestS }),
        ...(isAscending && lastS > genuineOldestS && { ascendingToS: lastS }),
      };
    },
  };
}
