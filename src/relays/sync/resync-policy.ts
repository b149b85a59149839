import type { SyncDepth, SyncProgress } from '../relay-stream.ts';
import type { Timeouts } from '../timeouts.ts';

/** Whether a relay takes part in NIP-77; `undefined`: not tried yet, or too long ago. */
export type NegentropySupport = 'yes' | 'no' | undefined;

/** Says which audit of a relay is to be made now, if any. */
export interface ResyncPolicy {
  due(progress: SyncProgress, support: NegentropySupport): Exclude<SyncDepth, 'cursor'> | undefined;
  /** What was due came to nothing: a relay that can't stand it is not to be kept busy with it. */
  failed(): void;
}

/** Each relay has its own pace, ± 20 %, so that audits don't all come at once. */
export function createResyncPolicy(timeouts: Timeouts, now: () => number, random: () => number): ResyncPolicy {
  const pace = 0.8 + 0.4 * random();
  let failedMs: number | undefined;
  const isOver = (lastMs: number | undefined, periodMs: number): boolean =>
    lastMs === undefined || now() >= lastMs + periodMs * pace || lastMs > now() + periodMs;
  return {
    due({ recentMs, wholeMs }, support) {
      if (failedMs !== undefined && !isOver(failedMs, timeouts.auditRetryMs)) return undefined;
      if (isOver(wholeMs, timeouts.wholeAuditMs)) return 'whole';
      const lastMs = Math.max(recentMs ?? 0, wholeMs ?? 0);
      // A relay that was not asked yet is asked once it is live: comparing finds what pages can't show.
      return support === undefined || isOver(lastMs, timeouts.auditMs) ? 'recent' : undefined;
    },
    failed() {
      failedMs = now();
    },
  };
}
