import type { AppParts } from '../../src/app.ts';

type Clock = NonNullable<AppParts['clock']>;

/** The machine's time, plus what was skipped. */
export interface DemoClock extends Clock {
  /** Calls back at once and after each skip, with the total skipped so far in milliseconds. */
  follow(listener: (skippedMs: number) => void): void;
  /** Skips that many milliseconds: everybody waiting for less is woken. */
  skip(ms: number): void;
}

const MAX_TIMER_MS = 2 ** 31 - 1;

export function createDemoClock(): DemoClock {
  let skippedMs = 0;
  const listeners: ((skippedMs: number) => void)[] = [];
  const waiting = new Map<() => void, number>();
  const steady = (): number => Math.round(performance.timeOrigin + performance.now()) + skippedMs;
  return {
    follow(listener) {
      listeners.push(listener);
      listener(skippedMs);
    },
    now: () => Date.now() + skippedMs,
    steady,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const done = (): void => {
          clearTimeout(timer);
          waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, Math.min(ms, MAX_TIMER_MS));
        waiting.set(done, steady() + ms);
        signal.addEventListener('abort', done);
      }),
    skip(ms) {
      skippedMs += ms;
      for (const listener of listeners) listener(skippedMs);
      for (const [wake, atMs] of waiting) if (atMs <= steady()) wake();
    },
  };
}
