import type { Log } from '../../lib/log.ts';
import type { Termination } from '../relay-errors.ts';
import type { SyncDepth, SyncProgress } from '../relay-stream.ts';
import type { Timeouts } from '../timeouts.ts';
import { backfill, type Checkpoint, type SaturatedSecond } from './backfill.ts';
import type { CapabilityTracker } from './capability-tracker.ts';
import type { NegentropySync } from './negentropy-support.ts';
import type { NegentropySyncOptions, NegentropySyncResult } from './negentropy-sync.ts';
import { NO_EOSE } from './page-reader.ts';
import { pageFilter } from './relay-capabilities.ts';
import type { VerifiedStream } from './verified-stream.ts';

export interface CatchUpOptions extends Pick<NegentropySyncOptions, 'ours' | 'unknown' | 'slowDown'> {
  readonly author: string;
  readonly terms: CapabilityTracker;
  /** The relay refused a request for these kinds. True where less is asked for now. */
  readonly refused: (kinds: readonly number[], ending: Termination) => Promise<boolean>;
  readonly comparing: NegentropySync;
  /** Whether the relay is known to take part in NIP-77. */
  readonly supportsNegentropy: () => Promise<boolean>;
  /** How far pagings had got when a connection was lost. */
  readonly checkpoints: Map<string, Checkpoint>;
  /** A second has more events than can be had. */
  readonly overfilled: () => void;
  readonly timeouts: Timeouts;
  readonly now: () => number;
  readonly log: Log;
}

/** How far ahead of our clock events are taken in, in seconds. */
const MAX_CLOCK_SKEW_S = 900;

/**
 * One catch-up or audit on a connection: by NIP-77 where the relay takes part, else page by page. It says how far back
 * all has been sent, each answer complete; or what it ended with.
 */
export async function catchUp(
  source: VerifiedStream,
  reach: SyncDepth,
  progress: SyncProgress,
  parts: CatchUpOptions,
): Promise<{ readonly reach: SyncDepth } | Termination> {
  const { comparing, terms, timeouts, log } = parts;
  const startedMs = parts.now();
  let isUnanswered = false;

  async function compared(sinceS: number, untilS: number): Promise<NegentropySyncResult> {
    const [kinds = [], ...others] = terms.current().groups;
    // What we have is not known by kind: few kinds at a time can't be compared.
    if (others.length > 0) await comparing.disable();
    if (isUnanswered) return { status: 'unanswered', reason: 'no answer before' };
    const filter = { authors: [parts.author], kinds: [...kinds] };
    const synced = await comparing.run(source, { ...parts, filter, sinceS, untilS });
    isUnanswered = synced.status === 'unanswered';
    return synced;
  }

  async function paged(sinceS: number): Promise<Termination | undefined> {
    let complete = true;
    const done = new Set<number>();
    for (;;) {
      const kinds = terms.current().groups.find((group) => !group.every((kind) => done.has(kind)));
      if (!kinds && terms.retryDoubtful()) continue;
      if (!kinds) break;
      const key = `${reach} ${kinds.join()}`;
      const result = await backfill(source, {
        ...parts,
        filter: pageFilter(parts.author, kinds, terms.current()),
        answered: () => terms.answered(kinds),
        sinceS,
        settledS: secondsAgo(timeouts.overlapMs),
        checkpoint: parts.checkpoints.get(key),
        reached(frontier) {
          if (frontier) parts.checkpoints.set(key, frontier);
          else parts.checkpoints.delete(key);
        },
      });
      if ('remedy' in result) {
        if (await parts.refused(result.kinds ?? kinds, result)) continue;
        return result;
      }
      for (const kind of kinds) done.add(kind);
      complete &&= result.complete;
      const ending = await uncovered(result.saturated);
      if (ending) return ending;
    }
    // It answers requests, and not this.
    if (complete && isUnanswered) await comparing.disable();
    return complete ? undefined : NO_EOSE;
  }

  /** What pages can't show of seconds that are too full. */
  async function uncovered(seconds: readonly SaturatedSecond[]): Promise<Termination | undefined> {
    for (const { second, count } of seconds) {
      const synced = await compared(second, second);
      if (synced.status === 'ended') return synced.ending;
      if (synced.status === 'complete') continue;
      log.warn('page.saturated', { second, count });
      parts.overfilled();
    }
    return undefined;
  }

  const secondsAgo = (ms: number): number => Math.max(0, Math.floor((startedMs - ms) / 1000));
  const fromCursorS = catchUpStart(progress.cursorMs, startedMs, timeouts.overlapMs);
  const sinceS = { cursor: fromCursorS, recent: secondsAgo(timeouts.recentMs), whole: 0 }[reach];

  // Comparing is never trusted alone: once a week all is asked for page by page.
  if (reach === 'recent' || (reach === 'cursor' && (await parts.supportsNegentropy()))) {
    const untilS = Math.floor(startedMs / 1000) + MAX_CLOCK_SKEW_S;
    const synced = await compared(reach === 'recent' ? 0 : sinceS, untilS);
    if (synced.status === 'ended') return synced.ending;
    if (synced.status === 'complete') return { reach: sinceS === 0 ? 'recent' : reach };
    // It was due only because nobody knew whether the relay would compare.
    const isFresh = (progress.wholeMs ?? 0) > startedMs - timeouts.auditMs;
    if (reach === 'recent' && isFresh && !isUnanswered) return { reach };
  }
  const ending = await paged(sinceS);
  return ending ?? { reach: sinceS === 0 ? 'whole' : reach };
}

/** Where a catch-up begins, in seconds. A cursor from the future was saved by a wrong clock: it means nothing. */
function catchUpStart(cursorMs: number | undefined, nowMs: number, overlapMs: number): number {
  if (cursorMs === undefined || cursorMs > nowMs + overlapMs / 2) return 0;
  return Math.max(0, Math.floor((cursorMs - overlapMs) / 1000));
}
