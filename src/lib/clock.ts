import { abortableDelay } from './delay.ts';

/** Time as the program sees it; tests pass their own. */
export interface Clock {
  /** Milliseconds since 1970 by the system clock, for dates. Jumps when somebody sets that clock. */
  now(): number;
  /** Milliseconds that pass evenly even if the system clock is set, for waits and limits. Starts at `now`. */
  steady(): number;
  /** Resolves after `ms` milliseconds, or at once when the signal aborts. Never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  steady: () => Math.round(performance.timeOrigin + performance.now()),
  wait: abortableDelay,
};
