import type { Timeouts } from './timeouts.ts';

/**
 * Calls `jumped` when the wall clock and the monotonic clock drift apart: the machine slept, or its clock was set. Sockets
 * that seemed alive may be dead by then. Watches until the signal aborts.
 */
export function watchForClockJumps(options: {
  readonly timeouts: Timeouts;
  /** In milliseconds: since 1970, and since any fixed moment. */
  readonly now: () => number;
  readonly monotonic: () => number;
  readonly signal: AbortSignal;
  readonly jumped: (byMs: number) => void;
}): void {
  const { timeouts, now, monotonic, signal, jumped } = options;
  let offsetMs = now() - monotonic();
  const tick = setInterval(() => {
    const byMs = now() - monotonic() - offsetMs;
    offsetMs += byMs;
    if (Math.abs(byMs) > timeouts.clockJumpMs) jumped(byMs);
  }, timeouts.clockTickMs);
  signal.addEventListener('abort', () => clearInterval(tick), { once: true });
  if (signal.aborted) clearInterval(tick);
}
