import type { Filter } from 'nostr-tools/filter';
import type { Log } from '../log.ts';
import { type Ending, endingOf } from './backoff.ts';
import type { Seen } from './intake.ts';
import type { Source } from './source.ts';
import type { Timers } from './timers.ts';

export interface CatchUpOptions {
  /** Whose events, of which kinds; `limit` where a page is to ask for a number. */
  readonly filter: Filter;
  /** Seconds since 1970; 0 is the very beginning. */
  readonly sinceS: number;
  readonly timers: Timers;
  readonly log: Log;
}

/** Not even a relay that ignores `limit` and holds a long life's notes sends so many at once. */
const MAX_PAGE_EVENTS = 100_000;
const MAX_PAGES = 10_000;

/**
 * Pages backwards from now to `sinceS`, each page taken in before the next is asked for. `undefined`: the relay has
 * sent all it has, each page ended with its EOSE. Otherwise why it ended before.
 */
export async function catchUp(source: Source, options: CatchUpOptions): Promise<Ending | undefined> {
  const { filter, sinceS, log } = options;
  let untilS = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await readPage(source, options, {
      ...filter,
      ...(sinceS > 0 && { since: sinceS }),
      // No upper end at first: a note may be dated some minutes ahead.
      ...(untilS < Number.POSITIVE_INFINITY && { until: untilS }),
    });
    if ('reason' in page) return page;
    // Neither a short page nor one without new ids is the end: caps are lower than limits, others were faster.
    if (page.oldestS === undefined) return undefined;
    if (page.oldestS < untilS) untilS = page.oldestS;
    else {
      // Nothing but one second. A full page may hide more of it, and no filter reaches behind it.
      if (page.count > 1 && page.count >= largest)
        log.warn('page.overfilled', { second: untilS, count: page.count });
      untilS -= 1;
    }
    largest = Math.max(largest, page.count);
    if (untilS < sinceS) return undefined;
  }
  return { reason: 'endless history', remedy: 'reconnect' };
}

interface Page {
  readonly count: number;
  readonly oldestS?: number;
}

async function readPage(source: Source, { timers }: CatchUpOptions, filter: Filter): Promise<Page | Ending> {
  const subscription = source.subscribe(filter);
  const { since = 0, until = Number.POSITIVE_INFINITY } = filter;
  const genuine = createTally();
  const claimed = createTally();
  let silentMs = 0;
  let waitedMs = 0;
  try {
    for (;;) {
      const next = await source.next(Math.min(timers.pageSilenceMs - silentMs, timers.pageMs - waitedMs));
      waitedMs += next.waitedMs;
      silentMs = next.seen.some((one) => 'subscription' in one && one.subscription === subscription)
        ? 0
        : silentMs + next.waitedMs;
      let page: Page | undefined;
      for (const one of next.seen) {
        const ending = endingIn(one);
        // A connection lost after EOSE is lost for the next page as well; a CLOSED is said only once.
        if (ending) return one.type === 'gone' && page ? page : ending;
        if (one.type === 'gone' || one.subscription !== subscription) continue;
        // A forged date must not lead past what is genuine, and a page of forgeries must not pass for the end.
        if (one.type === 'eose') page = { ...claimed.result(), ...genuine.result() };
        if (one.type !== 'event' || one.createdAt === undefined) continue;
        if (one.createdAt < since || one.createdAt > until) continue;
        claimed.add(one.createdAt);
        if (one.status !== 'rejected') genuine.add(one.createdAt);
      }
      if (page) return page;
      if (claimed.result().count > MAX_PAGE_EVENTS) return { reason: 'endless page', remedy: 'reconnect' };
      if (silentMs >= timers.pageSilenceMs || waitedMs >= timers.pageMs)
        return { reason: 'no EOSE', remedy: 'reconnect' };
    }
  } finally {
    source.unsubscribe(subscription);
  }
}

/** Takes in what comes live for `forMs`; returns before only with why it has to end. */
export async function listen(source: Source, forMs: number): Promise<Ending | undefined> {
  const endMs = performance.now() + forMs;
  for (let leftMs = forMs; leftMs > 0; leftMs = endMs - performance.now()) {
    const { seen } = await source.next(leftMs);
    for (const one of seen) {
      const ending = endingIn(one);
      if (ending) return ending;
    }
  }
  return undefined;
}

function endingIn(seen: Seen): Ending | undefined {
  if (seen.type === 'gone') return { reason: seen.reason, remedy: 'reconnect' };
  return seen.type === 'closed' ? endingOf(seen.reason) : undefined;
}

function createTally() {
  let count = 0;
  let oldestS = Number.POSITIVE_INFINITY;
  return {
    add(createdAt: number): void {
      count += 1;
      oldestS = Math.min(oldestS, createdAt);
    },
    result: (): Page => (count === 0 ? { count } : { count, oldestS }),
  };
}
