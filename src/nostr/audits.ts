import type { Progress, Reach } from './from-relay.ts';
import type { Timers } from './timers.ts';

/** Whether a relay takes part in NIP-77; `undefined`: not tried yet, or too long ago. */
export type Support = 'yes' | 'no' | undefined;

/** Says which audit of a relay is due. Each relay has its own pace, ± 20 %, so that they don't all come at once. */
export function createAudits(timers: Timers, now: () => number, random: () => number) {
  const pace = 0.8 + 0.4 * random();
  const isOver = (lastMs: number | undefined, periodMs: number): boolean =>
    lastMs === undefined || now() >= lastMs + periodMs * pace || lastMs > now() + periodMs;
  return {
    due({ recentMs, wholeMs }: Progress, support: Support): Exclude<Reach, 'cursor'> | undefined {
      if (isOver(wholeMs, timers.wholeAuditMs)) return 'whole';
      const lastMs = Math.max(recentMs ?? 0, wholeMs ?? 0);
      // A relay that was not asked yet is asked once it is live: comparing finds what pages can't show.
      return support === undefined || isOver(lastMs, timers.auditMs) ? 'recent' : undefined;
    },
  };
}
