import type { Log } from '../log.ts';
import type { Comparing } from './comparing.ts';
import type { Progress, Reach } from './from-relay.ts';
import { NO_EOSE } from './page.ts';
import { type Frontier, type Overfilled, pageBack } from './paging.ts';
import type { Source } from './source.ts';
import type { Synced, SyncOptions } from './sync.ts';
import { pageFilter } from './terms.ts';
import type { TermsKeeper } from './terms-keeper.ts';
import type { Timers } from './timers.ts';
import type { Ending } from './trouble.ts';

export interface RoundParts extends Pick<SyncOptions, 'ours' | 'unknown' | 'slowDown'> {
  readonly author: string;
  readonly terms: TermsKeeper;
  /** The relay refused a request for these kinds. True where less is asked for now. */
  readonly refused: (kinds: readonly number[], ending: Ending) => Promise<boolean>;
  readonly comparing: Comparing;
  /** Whether the relay is known to take part in NIP-77. */
  readonly compares: () => Promise<boolean>;
  /** How far pagings had got when a connection was lost. */
  readonly frontiers: Map<string, Frontier>;
  /** A second has more events than can be had. */
  readonly overfilled: () => void;
  readonly timers: Timers;
  readonly now: () => number;
  readonly log: Log;
}

/** How far ahead of our clock events are taken in, in seconds. */
const AHEAD_S = 900;

/**
 * One catch-up or audit on a connection: by NIP-77 where the relay takes part, else page by page. It says how far back
 * all has been sent, each answer complete; or what it ended with.
 */
export async function round(
  source: Source,
  reach: Reach,
  progress: Progress,
  parts: RoundParts,
): Promise<{ readonly reach: Reach } | Ending> {
  const { comparing, terms, timers, log } = parts;
  const startedMs = parts.now();
  let isUnanswered = false;

  async function compared(sinceS: number, untilS: number): Promise<Synced> {
    const [kinds = [], ...others] = terms.now().groups;
    // What we have is not known by kind: few kinds at a time can't be compared.
    if (others.length > 0) await comparing.giveUp();
    if (isUnanswered) return { status: 'unanswered', reason: 'no answer before' };
    const filter = { authors: [parts.author], kinds: [...kinds] };
    const synced = await comparing.compare(source, { ...parts, filter, sinceS, untilS });
    isUnanswered = synced.status === 'unanswered';
    return synced;
  }

  async function paged(sinceS: number): Promise<Ending | undefined> {
    let complete = true;
    const done = new Set<number>();
    for (;;) {
      const kinds = terms.now().groups.find((group) => !group.every((kind) => done.has(kind)));
      if (!kinds && terms.doubts()) continue;
      if (!kinds) break;
      const key = `${reach} ${kinds.join()}`;
      const result = await pageBack(source, {
        ...parts,
        filter: pageFilter(parts.author, kinds, terms.now()),
        answered: () => terms.answered(kinds),
        sinceS,
        settledS: secondsAgo(timers.overlapMs),
        frontier: parts.frontiers.get(key),
        reached(frontier) {
          if (frontier) parts.frontiers.set(key, frontier);
          else parts.frontiers.delete(key);
        },
      });
      if ('remedy' in result) {
        if (await parts.refused(result.kinds ?? kinds, result)) continue;
        return result;
      }
      for (const kind of kinds) done.add(kind);
      complete &&= result.complete;
      const ending = await uncovered(result.overfilled);
      if (ending) return ending;
    }
    // It answers requests, and not this.
    if (complete && isUnanswered) await comparing.giveUp();
    return complete ? undefined : NO_EOSE;
  }

  /** What pages can't show of seconds that are too full. */
  async function uncovered(seconds: readonly Overfilled[]): Promise<Ending | undefined> {
    for (const { second, count } of seconds) {
      const synced = await compared(second, second);
      if (synced.status === 'ended') return synced.ending;
      if (synced.status === 'complete') continue;
      log.warn('page.overfilled', { second, count });
      parts.overfilled();
    }
    return undefined;
  }

  const secondsAgo = (ms: number): number => Math.max(0, Math.floor((startedMs - ms) / 1000));
  const fromCursorS = beginning(progress.cursorMs, startedMs, timers.overlapMs);
  const sinceS = { cursor: fromCursorS, recent: secondsAgo(timers.recentMs), whole: 0 }[reach];

  // Comparing is never trusted alone: once a week all is asked for page by page.
  if (reach === 'recent' || (reach === 'cursor' && (await parts.compares()))) {
    const untilS = Math.floor(startedMs / 1000) + AHEAD_S;
    const synced = await compared(reach === 'recent' ? 0 : sinceS, untilS);
    if (synced.status === 'ended') return synced.ending;
    if (synced.status === 'complete') return { reach: sinceS === 0 ? 'recent' : reach };
    // It was due only because nobody knew whether the relay would compare.
    const isFresh = (progress.wholeMs ?? 0) > startedMs - timers.auditMs;
    if (reach === 'recent' && isFresh && !isUnanswered) return { reach };
  }
  const ending = await paged(sinceS);
  return ending ?? { reach: sinceS === 0 ? 'whole' : reach };
}

/** Where a catch-up begins, in seconds. A cursor from the future was saved by a wrong clock: it means nothing. */
function beginning(cursorMs: number | undefined, nowMs: number, overlapMs: number): number {
  if (cursorMs === undefined || cursorMs > nowMs + overlapMs / 2) return 0;
  return Math.max(0, Math.floor((cursorMs - overlapMs) / 1000));
}
