import type { AppParts } from '../../src/app.ts';

type Clock = NonNullable<AppParts['clock']>;

/** The machine's time, of which a good deal can be left out. */
export interface DemoClock extends Clock {
  /** Calls back at once, and whenever more is left out, with how much that is by now, in milliseconds. */
  follow(listener: (skippedMs: number) => void): void;
  /** So many milliseconds pass at once: whoever waits for less is woken. */
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
