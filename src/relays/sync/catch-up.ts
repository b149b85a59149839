import type { Log } from '../../lib/log.ts';
import { isTermination, type Termination } from '../relay-errors.ts';
import type { SyncDepth, SyncProgress } from '../relay-stream.ts';
import type { Timeouts } from '../timeouts.ts';
import { backfill, type Checkpoint, type SaturatedSecond } from './backfill.ts';
import type { CapabilityTracker } from './capability-tracker.ts';
import type { NegentropySync } from './negentropy-support.ts';
import type { NegentropySyncOptions, NegentropySyncResult } from './negentropy-sync.ts';
import { NO_EOSE } from './page-reader.ts';
import { pageFilter } from './relay-capabilities.ts';
import type { VerifiedStream } from './verified-stream.ts';

export interface CatchUpOptions extends Pick<NegentropySyncOptions, 'localIds' | 'unknown' | 'slowDown'> {
  readonly author: string;
  readonly capabilities: CapabilityTracker;
  /** Called when the relay refuses a request for these kinds. True if we ask for less from now on. */
  readonly refused: (kinds: readonly number[], termination: Termination) => Promise<boolean>;
  readonly negentropy: NegentropySync;
  /** Whether the relay is known to support NIP-77. */
  readonly supportsNegentropy: () => Promise<boolean>;
  /** How far backfills got before a connection was lost. */
  readonly checkpoints: Map<string, Checkpoint>;
  /** Called for each second that holds more events than can be fetched. */
  readonly saturated: () => void;
  readonly timeouts: Timeouts;
  readonly now: () => number;
  readonly log: Log;
}

/** How far ahead of our clock events may be dated, in seconds. */
const MAX_CLOCK_SKEW_S = 900;

/**
 * One catch-up: by negentropy (NIP-77) if the relay supports it, otherwise page by page. Returns how far back the relay
 * has sent everything, every answer complete, or what stopped it.
 */
export async function catchUp(
  stream: VerifiedStream,
  depth: SyncDepth,
  progress: SyncProgress,
  options: CatchUpOptions,
): Promise<{ readonly depth: SyncDepth } | Termination> {
  const { author, capabilities, negentropy, checkpoints, timeouts, log } = options;
  const startedMs = options.now();
  let isUnanswered = false;

  async function reconcile(sinceS: number, untilS: number): Promise<NegentropySyncResult> {
    const [kinds = [], ...others] = capabilities.current().groups;
    // We can't list our ids by kind, so a relay that takes only a few kinds at a time can't be reconciled with.
    if (others.length > 0) await negentropy.disable();
    if (isUnanswered) return { status: 'unanswered', reason: 'no answer before' };
    const filter = { authors: [author], kinds: [...kinds] };
    const result = await negentropy.run(stream, { ...options, filter, sinceS, untilS });
    isUnanswered = result.status === 'unanswered';
    return result;
  }

  async function page(sinceS: number): Promise<Termination | undefined> {
    let complete = true;
    const done = new Set<number>();
    for (;;) {
      const kinds = capabilities.current().groups.find((group) => !group.every((kind) => done.has(kind)));
      if (!kinds && capabilities.retryDoubtful()) continue;
      if (!kinds) break;
      const key = `${depth} ${kinds.join()}`;
      const result = await backfill(stream, {
        ...options,
        filter: pageFilter({ authors: [author] }, kinds, capabilities.current()),
        onPage: () => capabilities.answered(kinds),
        sinceS,
        settledS: secondsAgo(timeouts.overlapMs),
        checkpoint: checkpoints.get(key),
        onCheckpoint(checkpoint) {
          if (checkpoint) checkpoints.set(key, checkpoint);
          else checkpoints.delete(key);
        },
      });
      if (isTermination(result)) {
        if (await options.refused(result.kinds ?? kinds, result)) continue;
        return result;
      }
      for (const kind of kinds) done.add(kind);
      complete &&= result.complete;
      const termination = await fetchSaturated(result.saturated);
      if (termination) return termination;
    }
    // It answers requests, just not these.
    if (complete && isUnanswered) await negentropy.disable();
    return complete ? undefined : NO_EOSE;
  }

  /** Fetches by negentropy what pages can't show of seconds that hold too many events. */
  async function fetchSaturated(seconds: readonly SaturatedSecond[]): Promise<Termination | undefined> {
    for (const { second, count } of seconds) {
      const result = await reconcile(second, second);
      if (result.status === 'terminated') return result.termination;
      if (result.status === 'complete') continue;
      log.warn('page.saturated', { second, count });
      options.saturated();
    }
    return undefined;
  }

  const secondsAgo = (ms: number): number => Math.max(0, Math.floor((startedMs - ms) / 1000));
  const fromCursorS = catchUpStart(progress.cursorMs, startedMs, timeouts.overlapMs);
  const sinceS = { cursor: fromCursorS, recent: secondsAgo(timeouts.recentMs), whole: 0 }[depth];

  // Negentropy alone is never trusted: once a week the whole history is paged.
  if (depth === 'recent' || (depth === 'cursor' && (await options.supportsNegentropy()))) {
    const untilS = Math.floor(startedMs / 1000) + MAX_CLOCK_SKEW_S;
    const result = await reconcile(depth === 'recent' ? 0 : sinceS, untilS);
    if (result.status === 'terminated') return result.termination;
    if (result.status === 'complete') return { depth: sinceS === 0 ? 'recent' : depth };
    // It was due only to find out whether the relay supports negentropy.
    const isFresh = (progress.wholeMs ?? 0) > startedMs - timeouts.resyncMs;
    if (depth === 'recent' && isFresh && !isUnanswered) return { depth };
  }
  return (await page(sinceS)) ?? { depth: sinceS === 0 ? 'whole' : depth };
}

/** Where a catch-up starts, in seconds. A cursor from the future was saved by a wrong clock and is ignored. */
function catchUpStart(cursorMs: number | undefined, nowMs: number, overlapMs: number): number {
  if (cursorMs === undefined || cursorMs > nowMs + overlapMs / 2) return 0;
  return Math.max(0, Math.floor((cursorMs - overlapMs) / 1000));
}
