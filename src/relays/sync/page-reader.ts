import type { Filter } from 'nostr-tools/filter';
import { classifyReason, type Termination, terminationFor } from '../relay-errors.ts';
import type { Timeouts } from '../timeouts.ts';
import type { VerifiedStream } from './verified-stream.ts';
import type { CheckedEvent, CheckedFrame } from './verify-and-dedupe.ts';

/** Stored events that a relay sent in answer to one request. */
export interface Page {
  /** How many genuine events of the author it holds. */
  readonly count: number;
  readonly ids: ReadonlySet<string>;
  /** The date of the oldest event, in seconds; absent if the page is empty. */
  readonly oldestS?: number;
  /** The date of the newest event, in seconds, if they came oldest first. */
  readonly ascendingToS?: number;
  /** Whether it ended with EOSE. */
  readonly complete: boolean;
}

/** More than even a relay that ignores `limit` sends of a lifetime's notes. */
const MAX_PAGE_EVENTS = 100_000;
/** A sloppy relay may send an event a few times. One that keeps sending the same events would never finish. */
const MAX_REPEATS = 1_000;
const MAX_COPIES = 4;

/**
 * Sends one request and reads up to EOSE. If the relay falls silent before that, what came is an incomplete page. A
 * `Termination` if there is nothing to continue with.
 */
export async function readPage(
  stream: VerifiedStream,
  filter: Filter,
  timeouts: Timeouts,
): Promise<Page | Termination> {
  const subscription = stream.subscribe(filter);
  const tally = createPageTally(filter);
  const noticesBefore = stream.notices().count;
  let silentMs = 0;
  let waitedMs = 0;
  try {
    for (;;) {
      const next = await stream.next(Math.min(timeouts.pageSilenceMs - silentMs, timeouts.pageMs - waitedMs));
      const ours = next.frames.filter(
        (frame) => 'subscription' in frame && frame.subscription === subscription,
      );
      waitedMs += next.waitedMs;
      silentMs = ours.length > 0 ? 0 : silentMs + next.waitedMs;
      let page: Page | undefined;
      for (const frame of next.frames) {
        const termination = terminationIn(frame);
        // Even with an EOSE in the same batch: a CLOSED isn't repeated.
        if (termination) return termination;
        if (!('subscription' in frame) || frame.subscription !== subscription) continue;
        if (frame.type === 'eose') page = tally.page(true);
        if (frame.type === 'event') tally.add(frame);
      }
      if (page) return page;
      if (tally.isEndless()) return terminationFor('misbehaves', 'endless page');
      if (silentMs >= timeouts.pageSilenceMs || waitedMs >= timeouts.pageMs) {
        const incomplete = tally.page(false);
        if (incomplete.count > 0) return incomplete;
        const { count, text } = stream.notices();
        return count > noticesBefore ? terminationFromNotice(text) : NO_EOSE;
      }
    }
  } finally {
    stream.unsubscribe(subscription);
  }
}

export const NO_EOSE = terminationFor('silent', 'no EOSE');

/** What a frame ends, and why; undefined if it ends nothing. */
export function terminationIn(frame: CheckedFrame): Termination | undefined {
  if (frame.type === 'disconnected') return terminationFor(frame.error, frame.reason);
  if (frame.type !== 'closed') return undefined;
  const { kinds } = frame.subscription.filter;
  return { ...classifyReason(frame.reason), ...(kinds && { kinds }) };
}

/** A NOTICE in place of an answer: some relays refuse in no other way. */
export function terminationFromNotice(text: string): Termination {
  const termination = classifyReason(text);
  return termination.error === 'lost' ? terminationFor('refuses-filter', termination.reason) : termination;
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
    add({ id, createdAt }: CheckedEvent): void {
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
      // A forged date must not lead past genuine events, and a page of nothing but forgeries isn't the end.
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
