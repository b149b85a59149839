import type { SyncDepth, SyncProgress } from '../relay-stream.ts';
import type { Timeouts } from '../timeouts.ts';

/** Whether a relay supports NIP-77; undefined if that wasn't tried yet, or too long ago. */
export type NegentropySupport = 'yes' | 'no' | undefined;

/** Decides when a relay's history is synced again, to find what came late or was left out despite an EOSE. */
export interface ResyncPolicy {
  due(progress: SyncProgress, support: NegentropySupport): Exclude<SyncDepth, 'cursor'> | undefined;
  /** What was due failed: a relay that can't cope isn't to be kept busy with it. */
  failed(): void;
}

/** Each relay has its own pace, ± 20 %, so that they don't all resync at once. */
export function createResyncPolicy(
  timeouts: Timeouts,
  now: () => number,
  random: () => number,
): ResyncPolicy {
  const pace = 0.8 + 0.4 * random();
  let failedMs: number | undefined;
  const isOver = (lastMs: number | undefined, periodMs: number): boolean =>
    lastMs === undefined || now() >= lastMs + periodMs * pace || lastMs > now() + periodMs;
  return {
    due({ recentMs, wholeMs }, support) {
      if (failedMs !== undefined && !isOver(failedMs, timeouts.resyncRetryMs)) return undefined;
      if (isOver(wholeMs, timeouts.fullResyncMs)) return 'whole';
      const lastMs = Math.max(recentMs ?? 0, wholeMs ?? 0);
      // If support is unknown, try as soon as the relay is live: negentropy finds what pages can't show.
      return support === undefined || isOver(lastMs, timeouts.resyncMs) ? 'recent' : undefined;
    },
    failed() {
      failedMs = now();
    },
  };
}
